"""Straps whose wearers said yes: kept, found again by name and address, and nothing is believed that can't be read."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from biosync.home import home, ledger_file, private_folder
from biosync.store.ledger.reader import Ledger
from biosync.store.ledger.straps import known_straps, remember, remember_now, wearer


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path / "deep" / "home"))


def person_of(name: str, address: str) -> str | None:
    return wearer(known_straps(), name, address)


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
