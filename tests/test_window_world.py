"""The sessions that the window begins: with whom, how long, kept or not, and what holds for one under 16."""

from __future__ import annotations

from pathlib import Path

import pytest

from biosync.commands.window_world import WindowWorld
from biosync.consent import Consent
from biosync.gui.outside import Wearer

AT = "2026-11-23T10:15:00Z"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))
    return tmp_path


def wearer(name: str, number: int, guardian: str | None = None) -> Wearer:
    """Return one who has said yes."""
    return Wearer("Polar H10", f"A0:00:00:00:00:0{number}", Consent(name, "rhythm", AT, guardian))


def test_together_is_one_group_and_alone_one_each() -> None:
    world, both = WindowWorld(), [wearer("Ana", 1), wearer("Ben", 2)]
    together, alone = world.straps(both, True)._cast, world.straps(both, False)._cast
    assert together.groups == (("Ana", "Ben"),)
    assert alone.groups == (("Ana",), ("Ben",))
    assert [one.person for one in together.consents] == ["Ana", "Ben"]
    assert [strap.address for strap in alone.straps] == ["A0:00:00:00:00:01", "A0:00:00:00:00:02"]


def test_one_under_16_is_led_within_6_to_10_for_five_minutes() -> None:
    session = WindowWorld().straps([wearer("Kim", 1, "Eva"), wearer("Ana", 2)], True)
    settings = session._cast.settings
    assert settings is not None
    assert (settings.slowest_bpm, settings.search_slowest_bpm, settings.search_fastest_bpm) == (6.0, 6.0, 10.0)
    assert session._seconds == 300.0
    grown = WindowWorld().straps([wearer("Ana", 2)], True)
    assert (grown._cast.settings, grown._seconds) == (None, None)


def test_a_session_with_straps_is_kept_unless_one_goes_on_without() -> None:
    world = WindowWorld()
    assert world.straps([wearer("Ana", 1)], True)._open_store is not None
    assert world.demo()._open_store is None
    world.ledger.go_without()
    assert world.straps([wearer("Ana", 1)], True)._open_store is None


def test_those_who_join_bring_their_consent_and_virtual_ones_differ() -> None:
    world = WindowWorld()
    coming = world.newcomer(wearer("Ida", 3))
    assert (coming.member.name, coming.address) == ("Ida", "A0:00:00:00:00:03")
    assert coming.consent == Consent("Ida", "rhythm", AT)
    assert len({world.newcomer(None).member.name for _ in range(5)}) == 5
