"""Straps whose wearers said yes: kept, found again by name and address, and nothing is believed that can't be read."""

from __future__ import annotations

import threading
from pathlib import Path

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.home import home, ledger_file, private_folder
from biosync.store.ledger.database import create
from biosync.store.ledger.kinds import Strap
from biosync.store.ledger.people import remember as remember_in
from biosync.store.ledger.people import straps as straps_in
from biosync.store.ledger.reader import Ledger
from biosync.store.ledger.straps import known_straps, remember, remember_now
from tests.store.ledger.live import demo, keep


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path / "deep" / "home"))


def person_of(name: str, address: str) -> str | None:
    return next((one.person for one in known_straps() if (one.name, one.address) == (name, address)), None)


def test_what_is_kept_is_known_again() -> None:
    remember_now("Polar H10", "A0", "Ana")
    remember_now("Polar H10", "B1", "Ben")
    assert person_of("Polar H10", "A0") == "Ana"
    assert person_of("Polar H10", "B1") == "Ben"


def test_name_and_address_both_count() -> None:
    remember_now("Polar H10", "A0", "Ana")
    assert person_of("Garmin", "A0") is None
    assert person_of("Polar H10", "A1") is None


def test_the_newest_wearer_counts_and_the_one_before_is_forgotten() -> None:
    remember_now("Polar H10", "A0", "Ana")
    remember_now("Polar H10", "A0", "Ben")
    assert person_of("Polar H10", "A0") == "Ben"
    with Ledger.open(home()) as ledger:
        assert ledger.people() == ["Ben"]


def test_it_is_kept_in_a_thread_of_its_own() -> None:
    remember("Polar H10", "A0", "Ana")
    for thread in threading.enumerate():
        if thread.name == "remember a strap":
            thread.join()
    assert person_of("Polar H10", "A0") == "Ana"


def test_a_ledger_that_can_not_be_read_knows_nobody() -> None:
    remember_now("Polar H10", "A0", "Ana")
    ledger_file(home()).write_bytes(b"something else" * 1000)
    assert known_straps() == []


def test_looking_for_straps_makes_nothing() -> None:
    assert known_straps() == []
    assert not home().exists()


def test_a_folder_that_can_not_be_written_is_no_reason_to_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    private_folder(tmp_path)
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path / "file" / "home"))
    remember_now("Polar H10", "A0", "Ana")
    assert known_straps() == []


def test_a_strap_with_a_serial_is_known_under_any_address() -> None:
    remember_now("Polar H10", "A0", "Ana", "C0FFEE01")
    remember_now("Polar H10", "A7", "Ana", "C0FFEE01")
    assert known_straps() == [Strap("Polar H10", "A7", "Ana", "C0FFEE01")], "one strap of one person, seen twice"


def test_another_serial_is_another_strap_even_at_the_same_address() -> None:
    remember_now("Polar H10", "A0", "Ana", "C0FFEE01")
    remember_now("Polar H10", "A0", "Ben", "C0FFEE02")
    assert known_straps() == [Strap("Polar H10", "A0", "Ben", "C0FFEE02")], "an address belongs to one strap"
    with Ledger.open(home()) as ledger:
        assert ledger.people() == ["Ben"]


def test_a_serial_that_is_read_later_is_added_and_one_that_is_not_read_is_kept() -> None:
    remember_now("Polar H10", "A0", "Ana")
    remember_now("Polar H10", "A0", "Ana", "C0FFEE01")
    remember_now("Polar H10", "A0", "Ana")
    assert known_straps() == [Strap("Polar H10", "A0", "Ana", "C0FFEE01")]


def test_two_straps_of_one_name_are_two() -> None:
    for address, person, serial in (("A0", "Ana", "1"), ("B1", "Ben", "2"), ("C2", "Cleo", None), ("D3", "Dan", None)):
        remember_now("HRM", address, person, serial)
    remember_now("HRM", "B9", "Ben", "2")
    assert [(one.address, one.person) for one in known_straps()] == [
        ("A0", "Ana"), ("B9", "Ben"), ("C2", "Cleo"), ("D3", "Dan")
    ]  # fmt: skip


def test_a_strap_is_a_real_persons_whoever_was_made_up_before(tmp_path: Path) -> None:
    keep(home(), demo("demo:Ana"), seconds=5)
    remember_now("Polar H10", "A0", "Ana")
    with Ledger.open(home()) as ledger:
        assert ledger.people() == ["Ana"]
        went = ledger.delete_person("Ana")
        assert (len(went.sessions), went.straps, ledger.people()) == (1, 1, [])


@given(
    seen=st.lists(
        st.tuples(*map(st.sampled_from, ("AB", "123", "PQ", [None, *"xyz"]))),
        min_size=1,
        max_size=12,
    )
)
def test_whatever_is_remembered_last_is_known_and_nothing_twice(seen: list[tuple[str, str, str, str | None]]) -> None:
    connection = apsw.Connection(":memory:")
    create(connection)
    for one in seen:
        remember_in(connection, Strap(*one))
    straps = straps_in(connection)
    name, address, person, serial = seen[-1]
    (last,) = [one for one in straps if (one.name, one.address) == (name, address)]
    assert last.person == person and serial in (None, last.serial)
    assert len({(one.name, one.address) for one in straps}) == len(straps)
    known = [(one.name, one.serial) for one in straps if one.serial is not None]
    assert len(set(known)) == len(known)
