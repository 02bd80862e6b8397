"""Honest states: no old value is ever shown as if it were live."""

from __future__ import annotations

from dataclasses import replace

import pytest

from biosync.events import Link, LinkState
from biosync.gui.state import HELD_AFTER_S, LOST_AFTER_S, figures, rising
from tests.gui import made

NOW = made.NOW


@pytest.mark.parametrize("name", ["waiting", "warming", "live", "held", "lost"])
def test_each_state_is_told_apart(name: str) -> None:
    signal = figures(made.states()[name], NOW).signal
    assert signal == ("live" if name == "warming" else name)


def test_live_figures_have_their_values() -> None:
    shown = figures(made.person(), NOW)
    assert (shown.heart_rate.value, shown.rmssd.value, shown.coherence.value) == (66.0, 45.0, 71.0)
    assert {shown.heart_rate.state, shown.rmssd.state, shown.coherence.state} == {"live"}


def test_an_early_coherence_is_shown_apart_with_the_time_left() -> None:
    coherence = figures(made.states()["warming"], NOW).coherence
    assert (coherence.state, coherence.value, coherence.early, coherence.left_s) == ("warming", 42.0, True, 38.0)


def test_a_score_does_not_count_as_live_while_its_window_is_filling() -> None:
    person = made.person(gathering_s=5.0)
    assert figures(person, NOW).coherence.state == "warming"
    assert figures(person, NOW).coherence.value is None


def test_poor_signal_takes_the_numbers_even_if_the_engine_left_them() -> None:
    stale = made.metrics("Ana", quality="poor")
    shown = figures(made.person(figures=stale), NOW)
    assert shown.signal == "held"
    assert shown.rmssd.value is None
    assert shown.coherence.value is None


@pytest.mark.parametrize(("silent_s", "signal"), [(HELD_AFTER_S + 0.5, "held"), (LOST_AFTER_S + 0.5, "lost")])
def test_silence_takes_every_number_whatever_the_link_says(silent_s: float, signal: str) -> None:
    shown = figures(made.person(silent_s=silent_s), NOW)
    assert shown.signal == signal
    assert shown.heart_rate.value is None
    assert shown.rmssd.value is None
    assert shown.coherence.value is None
    assert shown.silent_s == pytest.approx(silent_s)


@pytest.mark.parametrize("link", ["lost", "gone", "searching", "connecting"])
def test_a_broken_link_after_beats_is_a_lost_signal(link: LinkState) -> None:
    shown = figures(made.person(link=link), NOW)
    assert shown.signal == "lost"
    assert shown.heart_rate.value is None


@pytest.mark.parametrize(("link", "signal"), [("searching", "waiting"), ("connecting", "waiting"), ("live", "warming")])
def test_before_the_first_beat(link: LinkState, signal: str) -> None:
    person = replace(made.states()["waiting"], link=Link(0.0, "Ana", link, ""))
    assert figures(person, NOW).signal == signal


def test_nothing_is_live_once_the_session_is_over() -> None:
    shown = figures(made.person(), NOW, running=False)
    assert {shown.heart_rate.state, shown.rmssd.state, shown.coherence.state} == {"over"}
    assert shown.heart_rate.value is None


def test_a_rising_heart_is_seen_through_its_swing() -> None:
    assert rising(made.person(drift=7.0))
    assert not rising(made.person(swing=12.0))
    assert not rising(made.states()["waiting"])


def test_artefacts_do_not_make_a_heart_rise() -> None:
    assert not rising(made.person(odd=(2, 4, 6, 8, 10)))
