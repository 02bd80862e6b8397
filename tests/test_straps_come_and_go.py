"""Straps that join and leave in the middle of a session, by the installed command against an emulated BlueZ."""

from __future__ import annotations

import itertools
import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from biosync.store.ledger.reader import Ledger
from biosync.store.ledger.straps import remember_now
from tests.bluez.strap import Strap
from tests.driven import BIOSYNC, driven

if TYPE_CHECKING:
    import pytest

    from tests.bluez.control import FakeBluez

ANA, BEN, CLEO = (f"A0:9E:1A:00:00:0{n}" for n in (1, 2, 3))


def straps(fake: FakeBluez) -> None:
    fake.add(Strap(ANA, period_s=0.1), Strap(BEN, name="Polar H10 00000002", period_s=0.1))


def test_a_strap_joins_is_heard_and_is_let_go_when_its_wearer_leaves(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    straps(fake_bluez)
    with driven(tmp_path, "run", f"Ana=ble:{ANA}") as program:
        program.until("link", person="Ana", state="live")
        program.ask(f'{{"join": "Ben=ble:{BEN}"}}\n{{"join": "Cleo=ble:{BEN.lower()}"}}\n')
        program.until("link", person="Ben", state="live")
        program.until("beat", person="Ben")
        program.until("cue", people=["Ana", "Ben"])
        assert fake_bluez.linked() == {ANA, BEN}
        program.ask('{"leave": "Ben"}\n')
        program.until("link", person="Ben", state="gone")
        program.until("cue", people=["Ana"])
        program.ask(f'{{"join": "Cleo=ble:{BEN}"}}\n')
        program.until("link", person="Cleo", state="live")
        program.process.terminate()
        code, err = program.end()
    assert code == 0
    assert err.splitlines() == [f"biosync: the strap {BEN.lower()} is worn by somebody here already: give another one"]
    assert fake_bluez.linked() == set()
    end = program.lines[-1]
    assert list(end["beats"]) == ["Ana", "Ben", "Cleo"]  # type: ignore[call-overload]
    with Ledger.open(tmp_path) as ledger:
        assert ledger.session(str(end["stored"])).beats == end["beats"]


def test_who_joined_lives_again_from_the_ledger_to_the_bit(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    straps(fake_bluez)
    with driven(tmp_path, "run", f"Ana=ble:{ANA}") as program:
        program.until("beat", person="Ana")
        program.ask(f'{{"join": "Ben=ble:{BEN}", "group": []}}\n')
        program.until("beat", person="Ben")
        program.ask('{"leave": "Ana"}\n')
        program.until("link", person="Ana", state="gone")
        program.until("metrics", person="Ben")
        program.ask('{"leave": "Ben"}\n')
        code, err = program.end()
    assert (code, err) == (0, "")
    with driven(tmp_path, "run", f"replay:{program.lines[-1]['stored']}", "--speed", "max") as again:
        assert again.end() == (0, "")
    assert figures(again.lines) == figures(program.lines)
    assert again.lines[-1]["beats"] == program.lines[-1]["beats"]
    assert again.lines[-1]["t"] == program.lines[-1]["t"]


def figures(lines: list[dict[str, object]]) -> list[dict[str, object]]:
    return [line for line in lines if line["type"] in ("beat", "metrics", "cue")]


def test_straps_that_join_one_after_the_other_share_one_radio(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    """While each is looked for, the strap that is there drops and comes back: nobody scans and connects at once."""
    fake_bluez.add(Strap(ANA, period_s=0.1, connect_s=0.1, again_s=0.1))
    with driven(tmp_path, "run", f"Ana=ble:{ANA}") as program:
        program.until("link", person="Ana", state="live")
        for name, address in (("Ben", BEN), ("Cleo", CLEO)):
            program.ask(f'{{"join": "{name}=ble:{address}"}}\n')
            while not fake_bluez.discovering():
                assert program.process.poll() is None
            fake_bluez.drop(ANA)
            program.until("link", person="Ana", state="lost")
            program.until("link", person="Ana", state="live")
            fake_bluez.add(Strap(address, name=name, period_s=0.1, connect_s=0.1, again_s=0.1))
            program.until("link", person=name, state="live")
        program.process.terminate()
        assert program.end() == (0, "")
    assert fake_bluez.clashes() == 0


def test_a_known_strap_is_found_and_listened_to_in_one_loop(
    fake_bluez: FakeBluez, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    straps(fake_bluez)
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))
    remember_now("Polar H10 00000002", BEN, "Ben", "12345678")
    loops = (
        "import asyncio, sys; runs, run = [], asyncio.run\n"
        "asyncio.run = lambda *a, **k: (runs.append(1), run(*a, **k))[1]\n"
        "from biosync.cli import main; code = main(sys.argv[1:]); print(len(runs), file=sys.stderr); sys.exit(code)"
    )
    command = [BIOSYNC[0], "-c", loops, "run", "ble", "--json", "--seconds", "2"]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert (done.returncode, done.stderr) == (0, "1\n")
    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert events[0]["people"] == ["Ben"]
    assert events[-1]["beats"]["Ben"] > 0


def test_a_signal_ends_the_look_for_a_strap(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    with driven(tmp_path, "run", "ble") as program:
        while not fake_bluez.discovering():
            assert program.process.poll() is None
        program.process.terminate()
        assert program.end() == (0, "")
    assert program.lines == []
    assert not fake_bluez.discovering()


def test_a_live_link_is_told_once_more_at_most_when_the_battery_is_known(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    straps(fake_bluez)
    with driven(tmp_path, "run", f"Ana=ble:{ANA}", "--seconds", "3") as program:
        assert program.end()[0] == 0
    links = [{k: v for k, v in line.items() if k != "t"} for line in program.lines if line["type"] == "link"]
    assert all(a != b for a, b in itertools.pairwise(links))
    live = [link for link in links if link["state"] == "live"]
    assert [link["battery_percent"] for link in live] in ([None, 87], [87])
