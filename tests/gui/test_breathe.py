"""Breathe: the cue where its plan has it, the words, the reason for each pace."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from biosync.cues import disc
from biosync.gui.theme import Look
from biosync.gui.view import Moment
from biosync.gui.views.breathe import BreatheView
from biosync.gui.widgets.bar_cue import BarCue
from biosync.gui.widgets.cue_face import word_opacity
from biosync.gui.widgets.disc_cue import DiscCue
from biosync.heart.quality import CONTACT, IRREGULAR, LOSSES, NOISE, UNEVEN
from biosync.preferences import Preferences
from biosync.snapshot import PersonView
from tests.gui import made
from tests.gui.test_every_view import Actions


@pytest.fixture
def view(look: Look) -> BreatheView:
    made_view = BreatheView(look, Actions())
    made_view.resize(900, 600)
    made_view.show()
    return made_view


def play(view: BreatheView, person: PersonView, seconds: float, *, running: bool = True, since: float = 0.0) -> None:
    """Draw 20 frames a second of a session that goes on."""
    for frame in range(round(seconds * 20)):
        at = since + frame / 20
        view.advance(Moment(made.snapshot(person), made.NOW + at, at, running))


def texts(view: BreatheView) -> str:
    """Return every label's text."""
    return " | ".join(found.text() for found in view.findChildren(QLabel) if found.isVisibleTo(view))


def test_the_disc_is_where_the_plan_has_it(view: BreatheView) -> None:
    person = made.person()
    plan = person.cue
    assert plan is not None
    for at in (0.0, 1.3, 4.0, 7.7):
        now = made.NOW + at
        view.advance(Moment(made.snapshot(person), now, at, True))
        assert view._disc._level == pytest.approx(disc.level(plan.phase_at(now), 0.4))


def test_a_late_frame_shows_late_and_never_wrong(view: BreatheView) -> None:
    person = made.person()
    plan = person.cue
    assert plan is not None
    play(view, person, 1.0)
    late = made.NOW + 12.34
    view.advance(Moment(made.snapshot(person), late, 12.34, True))
    assert view._disc._level == pytest.approx(disc.level(plan.phase_at(late), 0.4))


def test_the_word_and_the_pace_follow_the_plan(view: BreatheView) -> None:
    person = replace(made.person(), cues=(made.cue(t=made.NOW, rate_bpm=6.0, phase=0.0),))
    view.advance(Moment(made.snapshot(person), made.NOW + 1.0, 0.0, True))
    assert view._disc.accessibleDescription() == "breathe in, 6.0 a minute"
    view.advance(Moment(made.snapshot(person), made.NOW + 5.0, 0.1, True))
    assert view._disc.accessibleDescription() == "breathe out, 6.0 a minute"


def test_the_reason_for_a_pace_is_said_once_and_fades(view: BreatheView) -> None:
    person = made.person()
    play(view, person, 2.0)
    assert view._why.text == "slowing a little: you are with the cue"
    assert view._why._opacity == 1.0
    play(view, person, 12.0, since=2.0)
    assert view._why._opacity == 0.0
    again = replace(person, cues=(*person.cues, made.cue(t=made.NOW + 13, why="holding here")))
    play(view, again, 1.0, since=14.0)
    assert (view._why.text, view._why._opacity) == ("holding here", 1.0)


def test_the_header_says_who_with_which_strap_and_how_long(view: BreatheView) -> None:
    play(view, made.person(), 0.5)
    said = texts(view)
    for words in ("Ana", "Polar H10", "signal good", "battery 84 %", "12:40"):
        assert words in said


def test_a_lost_signal_says_for_how_long(view: BreatheView) -> None:
    play(view, made.states()["lost"], 0.5)
    assert "signal lost 0:14" in texts(view)


def test_a_group_is_named_and_its_troubles_are(view: BreatheView) -> None:
    people = [made.person("Ana", 0), made.person("Ben", 1, silent_s=20.0)]
    view.advance(Moment(made.snapshot(*people), made.NOW, 0.0, True))
    QApplication.processEvents()
    assert "Ana, Ben" in texts(view)
    assert "Ben: signal lost 0:20" in texts(view)


def test_the_cue_fades_after_a_stop_and_asks_for_nothing(view: BreatheView) -> None:
    play(view, made.person(), 3.0)
    assert view._presence == pytest.approx(1.0)
    play(view, made.person(), 0.5, running=False, since=3.0)
    assert 0.0 < view._presence < 1.0
    play(view, made.person(), 3.0, running=False, since=3.5)
    assert view._presence == 0.0
    assert "breathe" not in view._disc.accessibleDescription()


def test_reduced_motion_puts_a_bar_in_the_discs_place(view: BreatheView) -> None:
    view.prefer(Preferences(motion="reduced"))
    play(view, made.person(), 0.5)
    bar, round_cue = view.findChild(BarCue), view.findChild(DiscCue)
    assert bar is not None and round_cue is not None
    assert bar.isVisibleTo(view) and not round_cue.isVisibleTo(view)
    view.prefer(Preferences())
    assert round_cue.isVisibleTo(view)


def test_the_word_fades_around_each_turn() -> None:
    plan = made.cue(rate_bpm=6.0)
    assert word_opacity(0.0, plan) == 0.0
    assert word_opacity(0.4, plan) == 0.0
    assert word_opacity(0.9999, plan) < 0.01
    assert word_opacity(0.2, plan) == 1.0
    assert word_opacity(0.7, plan) == 1.0


def test_what_was_found_is_told_calmly_with_its_spread(view: BreatheView) -> None:
    person = made.person()
    found = replace(person.cues[0], why="", resonance_bpm=5.6, resonance_sd_bpm=0.18)
    play(view, replace(person, cues=(found,)), 0.5)
    assert view._why.text == "your heart swings most near 5.6 a minute, give or take 0.3"


def test_a_faded_cue_says_who_keeps_the_rhythm(view: BreatheView) -> None:
    person = made.person()
    play(view, replace(person, cues=(replace(person.cues[0], strength=0.3),)), 2.0)
    assert view._disc._face.pace == "you keep the rhythm yourself"
    assert view._disc._face.strength == pytest.approx(0.3)
    play(view, replace(person, cues=(replace(person.cues[0], strength=0.8),)), 1.0, since=2.0)
    assert view._disc._face.pace == "6.2 a minute"


@pytest.mark.parametrize("why", [CONTACT, LOSSES, NOISE, UNEVEN, IRREGULAR])
def test_why_a_signal_is_poor_and_what_to_do_is_told_whole_under_the_cue(view: BreatheView, why: str) -> None:
    person = made.states()["held"]
    assert person.metrics is not None
    shown = made.snapshot(replace(person, metrics=replace(person.metrics, why=why)))
    for seconds in range(15):
        view.advance(Moment(shown, made.NOW, float(seconds), True))
    assert view._why.text == why
    assert view._why._opacity == 1.0  # it stays as long as it is so
    assert "poor signal · battery 84 %" in texts(view)
    view.advance(Moment(made.snapshot(made.person()), made.NOW, 16.0, True))
    assert view._why.text == "slowing a little: you are with the cue"
