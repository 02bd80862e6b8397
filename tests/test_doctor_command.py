"""``biosync doctor`` as a person runs it: a process of its own, against an emulated Bluetooth service."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from biosync.store.ledger.kinds import Strap as StoredStrap
from biosync.store.ledger.reader import Ledger
from tests.bluez.strap import Strap
from tests.running import Running, ask

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

LISTEN_S = "0.5"
A, B = "A0:9E:1A:00:00:01", "A0:9E:1A:00:00:02"

def doctor(fake: FakeBluez, home: Path) -> tuple[int, dict[str, Any]]:
    """Return the exit code and the object of ``doctor --json``, whose form is always the same."""
    done = ask(fake, home, "doctor", "--seconds", LISTEN_S, "--json")
    assert done.stderr == ""
    report = json.loads(done.stdout)
    assert list(report) == ["verdict", "findings", "straps"]
    for finding in report["findings"]:
        assert list(finding) == ["check", "state", "why", "next_step"]
        assert finding["state"] in ("ok", "problem", "unknown", "skipped")
    assert done.returncode == (0 if report["verdict"] == "ok" else 1)
    return done.returncode, report


def words(fake: FakeBluez, home: Path) -> str:
    """Return what it says to people: one cause and one next step at the end, unless all is well."""
    done = ask(fake, home, "doctor", "--seconds", LISTEN_S)
    assert done.stderr == ""
    last = done.stdout.splitlines()[-2:]
    if done.returncode:
        assert [line.split(": ")[0] for line in last] == ["Cause", "Next step"]
    else:
        assert last[-1].startswith("Nothing stands in the way")
    return done.stdout


def test_a_strap_that_is_there(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    fake_bluez.add(Strap(A))
    code, report = doctor(fake_bluez, tmp_path)
    assert code == 0 and report["straps"][0]["address"] == A
    assert fake_bluez.calls("Connect") == 0, "nobody said yes to its use"


def test_a_known_strap_is_tried_and_let_go(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    fake_bluez.add(Strap(A, period_s=0.05))
    with Ledger.open(tmp_path) as ledger:
        ledger.remember(StoredStrap("Polar H10 12345678", A, "Ana", "12345678"))
    said = words(fake_bluez, tmp_path)
    assert "Ana's, strong signal, battery 87 %, the strap is heard well" in said
    assert fake_bluez.linked() == set()


def test_bluetooth_is_off(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    fake_bluez.power(False)
    assert doctor(fake_bluez, tmp_path)[1]["verdict"] == "off"
    assert "Cause: Bluetooth is switched off." in words(fake_bluez, tmp_path)


def test_no_adapter(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    fake_bluez.unplug()
    assert "adapter" in words(fake_bluez, tmp_path).split("Cause: ")[1]


def test_no_service(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    fake_bluez.crash()
    assert "Cause: the Bluetooth service is not" in words(fake_bluez, tmp_path)


def test_no_strap(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    code, report = doctor(fake_bluez, tmp_path)
    assert (code, report["verdict"], report["straps"]) == (1, "not_seen", [])


def test_a_strap_held_by_another_program(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    fake_bluez.add(Strap(A))
    fake_bluez.hold(A)
    assert doctor(fake_bluez, tmp_path)[1]["verdict"] == "held"


def test_a_strap_in_use_by_a_running_biosync(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    fake_bluez.add(Strap(A, period_s=0.05))
    with Running(fake_bluez, tmp_path, f"Ana=ble:{A}") as session:
        session.until_link("live")
        assert doctor(fake_bluez, tmp_path)[1]["verdict"] == "in_use"


def test_right_to_left_names_do_not_reorder_the_line(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    fake_bluez.add(Strap(A, name="\u202eדופק\x1b[2J"))
    said = words(fake_bluez, tmp_path)
    assert f"strap     \u2068דופק[2J\u2069  {A}" in said
    scanned = ask(fake_bluez, tmp_path, "scan", "--seconds", "0.5").stdout
    assert scanned.startswith(f"\u2068דופק[2J\u2069  {A}  -60 dBm")
    assert "\x1b" not in said + scanned and "\u202e" not in said + scanned


def known(home: Path, *straps: StoredStrap) -> None:
    with Ledger.open(home) as ledger:
        for strap in straps:
            ledger.remember(strap)


@pytest.mark.parametrize("which", ["polar h10 12345678", A.lower()])
def test_a_forgotten_strap_is_used_no_more_until_its_wearer_is_asked(
    fake_bluez: FakeBluez, tmp_path: Path, which: str
) -> None:
    fake_bluez.add(Strap(A, period_s=0.05))
    known(tmp_path, StoredStrap("Polar H10 12345678", A, "Annabelle", "12345678"))
    assert "Annabelle's" in ask(fake_bluez, tmp_path, "scan", "--seconds", "0.5").stdout
    done = ask(fake_bluez, tmp_path, "doctor", "--forget", which)
    assert (done.returncode, done.stderr) == (0, "")
    said = f"Polar H10 12345678 at {A}, Annabelle's, is forgotten: before it is used again, its wearer is asked.\n"
    assert done.stdout == said
    run = ask(fake_bluez, tmp_path, "run", "ble", "--json", "--seconds", "1")
    assert run.returncode == 1 and f"unknown: Polar H10 12345678  {A}" in run.stderr
    assert fake_bluez.calls("Connect") == 0
    for file in (path for path in tmp_path.rglob("*") if path.is_file()):
        assert b"Annabelle" not in file.read_bytes(), f"{file.name} still names her"


def test_only_one_strap_is_forgotten_and_that_for_programs_too(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    known(tmp_path, StoredStrap("TICKR", A, "Ana", "1"), StoredStrap("TICKR", B, "נועה", "2"))
    several = ask(fake_bluez, tmp_path, "doctor", "--forget", "TICKR")
    assert (several.returncode, several.stdout) == (1, "")
    assert several.stderr == (
        f"biosync: 2 straps have this name; forget one by its address: TICKR at {A}, Ana's; TICKR at {B}, "
        "\u2068נועה\u2069's\n"
    )
    one = ask(fake_bluez, tmp_path, "doctor", "--forget", A, "--json")
    assert json.loads(one.stdout) == {"forgotten": {"name": "TICKR", "address": A, "person": "Ana"}}
    again = ask(fake_bluez, tmp_path, "doctor", "--forget", A)
    assert again.returncode == 1 and f"no strap called '{A}' is known; known are: TICKR at {B}" in again.stderr


def test_where_no_strap_is_known_none_can_be_forgotten(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    done = ask(fake_bluez, tmp_path, "doctor", "--forget", "TICKR")
    assert (done.returncode, done.stderr) == (1, "biosync: no strap is known, so there is none to forget\n")
    assert not (tmp_path / "ledger.sqlite").exists()
