"""The installed command against the emulated service, in processes of their own, while links drop and time stands."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from devices.connection_words import Trouble, words
from tests.bluez.strap import Strap

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

BIOSYNC = Path(sys.executable).with_name("biosync")
PEOPLE = {name: f"A0:9E:1A:00:00:{n:02X}" for n, name in enumerate(("Ana", "Ben", "Cleo", "Dan"), 1)}
HCI1 = "/org/bluez/hci1"
PATIENCE_S = 30.0
Line = dict[str, Any]


class Running:
    """A biosync that runs; its JSON lines are read by a thread as they come."""

    def __init__(self, environment: dict[str, str], home: Path, people: list[str], *options: str) -> None:
        self.lines: list[Line] = []
        self._new: queue.Queue[Line | None] = queue.Queue()
        sources = [f"{person}=ble:{PEOPLE[person]}" for person in people]
        self.process = subprocess.Popen(
            [BIOSYNC, "run", *sources, "--json", *options],
            env={**os.environ, **environment, "BIOSYNC_HOME": str(home)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._new.put(json.loads(line))
        self._new.put(None)

    def until(self, holds: Callable[[Line], bool]) -> Line:
        """Return the next line for which ``holds`` is true."""
        while True:
            line = self._new.get(timeout=PATIENCE_S)
            assert line is not None, "it ended too early"
            self.lines.append(line)
            if holds(line):
                return line

    def until_beat(self, person: str) -> Line:
        return self.until(lambda line: line["type"] == "beat" and line["person"] == person)

    def until_link(self, person: str, state: str) -> Line:
        return self.until(lambda line: line["type"] == "link" and (line["person"], line["state"]) == (person, state))

    def end(self, sign: signal.Signals = signal.SIGTERM) -> str:
        """End it by a signal; return what it said on standard error."""
        self.process.send_signal(sign)
        self.process.wait(PATIENCE_S)
        self._reader.join(PATIENCE_S)
        while (line := self._new.get(timeout=PATIENCE_S)) is not None:
            self.lines.append(line)
        assert self.process.stderr is not None
        return self.process.stderr.read()

    def kill(self) -> None:
        """Make sure that nothing is left of it."""
        self.process.kill()
        self.process.communicate()
        self._reader.join(PATIENCE_S)


@contextlib.contextmanager
def running(bluez: FakeBluez, home: Path, *people: str) -> Iterator[Running]:
    program = Running(bluez.environment, home, list(people))
    try:
        yield program
    finally:
        program.kill()


def wear(bluez: FakeBluez, *people: str) -> None:
    """Straps that send 20 times as often as hearts beat, each packet with an interval of its own."""
    bluez.add(*(Strap(PEOPLE[person], name=f"Polar H10 {person}", period_s=0.05) for person in people))


def test_four_straps_over_two_adapters_drop_come_back_and_are_let_go(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    fake_bluez.plug(HCI1)
    wear(fake_bluez, *PEOPLE)
    for address in PEOPLE.values():
        fake_bluez.also_heard(address, HCI1)
    with running(fake_bluez, tmp_path, *PEOPLE) as program:
        for person in PEOPLE:
            program.until_beat(person)
        assert len(fake_bluez.linked(HCI1)) == 2
        for person in ("Ana", "Ben", "Ana"):
            fake_bluez.drop(PEOPLE[person])
            program.until_link(person, "lost")
            program.until_link(person, "live")
            program.until_beat(person)
        errors = program.end()
    assert program.process.returncode == 0, errors
    assert "Traceback" not in errors
    assert fake_bluez.linked() == set() and not fake_bluez.discovering()
    end = program.lines[-1]
    beats = {person: sum(x["type"] == "beat" and x["person"] == person for x in program.lines) for person in PEOPLE}
    assert end["type"] == "end" and end["beats"] == beats
    for person in PEOPLE:
        times = [line["beat_t"] for line in program.lines if line["type"] == "beat" and line["person"] == person]
        assert all(after > before for before, after in pairwise(times)), "no beat twice"


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_ended_while_it_connects_and_searches_nothing_stays_connected(
    fake_bluez: FakeBluez, tmp_path: Path, sign: signal.Signals
) -> None:
    wear(fake_bluez, "Ana")
    fake_bluez.add(Strap(PEOPLE["Ben"], hangs=True))
    with running(fake_bluez, tmp_path, "Ana", "Ben", "Cleo") as program:
        program.until_link("Ben", "connecting")
        program.end(sign)
    assert fake_bluez.linked() == set() and not fake_bluez.discovering()


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="this system can't stop a process")
def test_stopped_for_a_while_as_in_a_sleep_it_renews_its_links_and_loses_nothing(
    fake_bluez: FakeBluez, tmp_path: Path
) -> None:
    wear(fake_bluez, "Ana")
    with running(fake_bluez, tmp_path, "Ana") as program:
        program.until_beat("Ana")
        sent = fake_bluez.sent(PEOPLE["Ana"])
        program.process.send_signal(signal.SIGSTOP)
        while fake_bluez.sent(PEOPLE["Ana"]) < sent + 130:  # 6.5 seconds of packets
            threading.Event().wait(0.2)
        program.process.send_signal(signal.SIGCONT)
        lost = program.until_link("Ana", "lost")
        assert words(Trouble.SLEPT) in lost["why"]
        program.until_link("Ana", "live")
        program.until_beat("Ana")
        errors = program.end()
    assert "Traceback" not in errors
    assert fake_bluez.linked() == set()


def test_the_service_is_killed_and_started_and_the_session_goes_on(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    wear(fake_bluez, "Ana", "Ben")
    with running(fake_bluez, tmp_path, "Ana", "Ben") as program:
        program.until_beat("Ben")
        fake_bluez.crash()
        lost = program.until(lambda line: line["type"] == "link" and words(Trouble.NO_SERVICE) in line["why"])
        assert lost["state"] == "lost"
        fake_bluez.start()
        program.until_link(lost["person"], "live")
        program.until_beat(lost["person"])
        errors = program.end()
    assert program.process.returncode == 0
    assert "Traceback" not in errors
    assert fake_bluez.linked() == set()


def test_what_another_program_subscribes_to_is_counted_once(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    """The service signals every value once a subscription, to everybody."""
    ana = PEOPLE["Ana"]
    fake_bluez.add(Strap(ana))
    with running(fake_bluez, tmp_path, "Ana") as program:
        program.until_link("Ana", "connecting")
        while fake_bluez.listeners(ana) == 0:
            assert program.process.poll() is None
        fake_bluez.share(ana)
        for n in range(20):
            fake_bluez.notify(ana, bytes([0x10, 60, n, 4]))
        program.until_link("Ana", "live")
        program.end()
    assert program.lines[-1]["beats"] == {"Ana": 20}
