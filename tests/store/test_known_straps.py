"""Straps whose wearers said yes: kept, found again by name and address, and nothing is believed that can't be read."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from biosync.home import home, private_folder
from biosync.store.known_straps import KnownStrap, KnownStraps, remember


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path / "deep" / "home"))


def test_what_is_kept_is_known_again() -> None:
    KnownStraps.load().add(KnownStrap("Polar H10", "A0", "Ana"))
    remember("Polar H10", "B1", "Ben")
    assert KnownStraps.load().person_of("Polar H10", "A0") == "Ana"
    assert KnownStraps.load().person_of("Polar H10", "B1") == "Ben"


def test_name_and_address_both_count() -> None:
    remember("Polar H10", "A0", "Ana")
    assert KnownStraps.load().person_of("Garmin", "A0") is None
    assert KnownStraps.load().person_of("Polar H10", "A1") is None


def test_the_newest_wearer_counts() -> None:
    remember("Polar H10", "A0", "Ana")
    remember("Polar H10", "A0", "Ben")
    assert KnownStraps.load().person_of("Polar H10", "A0") == "Ben"


@pytest.mark.parametrize("content", ["", "[{}]", "{", '[{"name": 1}]', "null"])
def test_a_damaged_list_knows_nobody(content: str) -> None:
    private_folder(home())
    (home() / "straps.json").write_text(content)
    assert KnownStraps.load().person_of("Polar H10", "A0") is None


def test_only_its_owner_may_read_it_and_the_folders_made_for_it() -> None:
    remember("Polar H10", "A0", "Ana")
    assert stat.S_IMODE((home() / "straps.json").stat().st_mode) == 0o600
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (home(), home().parent)] == [0o700, 0o700]


def test_a_folder_that_can_not_be_written_is_no_reason_to_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path / "file" / "home"))
    remember("Polar H10", "A0", "Ana")
    assert KnownStraps.load().person_of("Polar H10", "A0") is None
