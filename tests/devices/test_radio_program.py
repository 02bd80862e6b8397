"""The radio in a process of its own, as a user starts it: nothing on standard error, and a clean end by a signal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.bluez.strap import Strap

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

ANA = "A0:9E:1A:00:00:01"
PROGRAM = f"""
import asyncio, itertools, json, signal
from dataclasses import asdict
from devices.connection_words import RadioProblem
from devices.radio import Radio

def say(**line):
    print(json.dumps(line), flush=True)

async def main():
    radio, count = Radio(), itertools.count()
    try:
        say(found=[asdict(sighting) for sighting in await radio.scan(1.0)])
        listening = asyncio.create_task(radio.listen({ANA!r}, now=lambda: next(count),
            on_data=lambda uuid, payload, t: say(payload=payload.hex()),
            on_state=lambda change: say(state=change.state)))
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, listening.cancel)
        await asyncio.wait({{listening}})
    except RadioProblem as problem:
        say(problem=str(problem))

asyncio.run(main(), debug=False)
"""


def start(environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-X", "dev", "-W", "ignore::DeprecationWarning", "-c", PROGRAM],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_program_hears_a_strap_and_lets_it_go_when_it_is_ended(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.01))
    program = start(fake_bluez.environment)
    assert program.stdout is not None
    lines: list[dict[str, object]] = []
    while sum("payload" in line for line in lines) < 5:
        lines.append(json.loads(program.stdout.readline()))
    program.send_signal(signal.SIGTERM)
    rest, errors = program.communicate(timeout=10)
    assert lines[0] == {"found": [{"name": "Polar H10 12345678", "address": ANA, "rssi_dbm": -60, "worn": None}]}
    assert json.loads(rest.splitlines()[-1]) == {"state": "gone"}
    assert errors == ""
    assert fake_bluez.linked() == set()


def test_a_program_that_is_killed_leaves_the_strap_to_the_next_one(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.01))
    for _ in range(2):
        program = start(fake_bluez.environment)
        assert program.stdout is not None
        while "payload" not in program.stdout.readline():
            assert program.poll() is None
        program.kill()
        program.communicate()
        assert fake_bluez.linked() == {ANA}
    assert fake_bluez.calls("Connect") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a system bus")
def test_a_program_without_bluetooth_says_one_sentence() -> None:
    program = start({"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nonexistent/bus"})
    output, errors = program.communicate(timeout=10)
    assert [list(json.loads(line)) for line in output.splitlines()] == [["problem"]]
    assert errors == ""
