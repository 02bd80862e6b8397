"""Honest states: no old value is ever shown as if it were live."""

from __future__ import annotations

from dataclasses import replace

import pytest

from biosync.events import Link, LinkState, Notification
from biosync.gui.state import HELD_AFTER_S, LOST_AFTER_S, Figure, figures, rising
from biosync.live import rate_alone, silent
from biosync.pacer.sentences import UNREAD
from biosync.track import Track
from devices.heart_rate import MEASUREMENT, HeartRate, encode
from devices.reception import ONLY_RATE
from docs.coach_shots import _told
from tests.gui import made
from tests.gui.made_charts import made_charts

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


def test_made_up_states_say_what_the_app_would() -> None:
    """They are what the pictures show: a rate where the sensor tells it, and a cue that does not go on unheard."""
    states = made.states()
    track = Track("Ana")
    track.notification(Notification(NOW, "Ana", "Mio FUSE", MEASUREMENT, encode(HeartRate(66, ()))))
    assert states["hr_only"].metrics == rate_alone(track, NOW, ONLY_RATE)
    assert figures(states["hr_only"], NOW).heart_rate == Figure("live", 66.0)
    lost = states["lost"]
    assert lost.link is not None and lost.link.why
    assert lost.metrics == silent("Ana", NOW, lost.link.why)
    assert lost.cue is not None and lost.cue.why == UNREAD


def test_the_picture_of_a_client_tells_the_same_above_and_in_the_charts() -> None:
    charts = made_charts("Tomas", NOW)
    (one,) = _told(made.snapshot(made.person("Tomas")), charts).people
    shown = figures(one, NOW)
    assert shown.coherence.value == charts.coherence.value[-1]
    assert charts.cloud is not None and shown.rmssd.value == pytest.approx(charts.cloud.sd1_ms * 2**0.5)
