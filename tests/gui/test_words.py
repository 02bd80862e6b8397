"""The words: short, plain, and never a promise."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from biosync.events import Link
from biosync.gui import words
from biosync.gui.state import Figure
from biosync.gui.theme import Look
from biosync.gui.views.start import StartView
from biosync.preferences import Language
from devices.straps_in_range import FoundStrap
from docs.screenshots import LANGUAGES, speaking
from tests.gui import made

GUI = Path(words.__file__).parent


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0:00"), (9.99, "0:09"), (760, "12:40"), (3600, "1:00:00"), (-3, "0:00")]
)
def test_durations(seconds: float, said: str) -> None:
    assert words.duration(seconds) == said


def test_numbers_are_rounded_as_the_commands_round_them() -> None:
    for value in (3.25, 2.5, 0.05, 1234.5):
        for digits in (0, 1, 2):
            with speaking("en"):
                assert words.number(value, digits) == f"{value:,.{digits}f}"


@pytest.mark.parametrize(
    ("figure", "said"),
    [(Figure("live", 71.4), "71"), (Figure("lost"), "–"), (Figure("warming", 42.0, early=True), "42")],
)
def test_a_figure_without_a_value_is_a_dash(figure: Figure, said: str) -> None:
    assert words.whole(figure) == said


def test_paces_and_waits() -> None:
    assert words.pace(6.2) == "6.2 a minute"
    assert words.gathering(38.0) == "gathering, 38 s left"
    assert words.gathering(0.0) == "gathering"


@pytest.mark.parametrize(
    ("state", "said"),
    [("waiting", "connecting"), ("held", "poor signal"), ("live", "signal good"), ("over", "ended")],
)
def test_signals(state: str, said: str) -> None:
    person = made.states()["waiting" if state == "waiting" else "live"]
    assert words.signal(state, person) == said  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_space_stands_between_day_and_time(language: Language) -> None:
    shape = {"en": r"2\d/07/2026 \d\d:\d\d", "de": r"2\d\.07\.26 \d\d:\d\d"}[language]
    with speaking(language):
        assert re.fullmatch(shape, words.date(datetime(2026, 7, 21, 16, 30, tzinfo=UTC)))


def test_a_sensor_without_intervals_says_so() -> None:
    person = made.states()["hr_only"]
    assert words.signal("hr_only", person) == "heart rate only"
    assert "the cue can't follow" in words.why_signal("hr_only", person)


def test_why_is_told_where_it_is_known() -> None:
    states = made.states()
    assert words.why_signal("held", states["held"]) == "the strap has poor contact: wet it and tighten it"
    assert words.why_signal("live", states["live"]) == ""
    broken = replace(states["lost"], link=Link(0.0, "Ana", "lost", "out of reach"))
    assert words.why_signal("lost", broken) == "out of reach"


@pytest.mark.parametrize(
    ("rssi", "said"), [(-50, "strong signal"), (-75, "good signal"), (-95, "weak signal"), (None, "signal unknown")]
)
def test_strap_strength(rssi: int | None, said: str) -> None:
    assert words.strap_strength(rssi) == said


def test_the_welcome_says_what_it_owes(look: Look) -> None:
    async def nobody(seconds: float) -> tuple[FoundStrap, ...]:
        return ()

    view = StartView(look, nobody, made.nothing_found, made.outside(made.MadeSession).preferring)
    said = " ".join(label.text() for label in view.findChildren(QLabel))
    for owed in ("not a medical device", "never force", "Stop when you feel dizzy", "Ask a doctor first", "pacemaker",
                 "epilepsy", "pregnant", "medicines that slow the heart"):
        assert owed in said


def test_no_text_promises_closeness_or_names_an_emotion() -> None:
    said = " ".join(path.read_text(encoding="utf-8") for path in GUI.rglob("*.py")).lower()
    for never in ("in love", "stressed", "angry", "you are connected", "heals"):
        assert never not in said


def test_the_window_opens_without_scipy() -> None:
    code = "import sys, biosync.gui.app; print('scipy' in sys.modules, 'bleak' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["False", "False"]
