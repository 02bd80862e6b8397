"""``biosync doctor`` as a person runs it: a process of its own, against an emulated Bluetooth service."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from biosync.store.ledger.kinds import Strap as StoredStrap
from biosync.store.ledger.reader import Ledger
from tests.bluez.strap import Strap
from tests.running import Running, ask

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

LISTEN_S = "0.5"
A = "A0:9E:1A:00:00:01"




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
