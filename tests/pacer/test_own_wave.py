"""A breath of their own beside the cue's wave: told once it is known how far it moves this heart."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.pacer.own_wave import MOST, OwnWave
from biosync.pacer.pacer import Pacer
from biosync.pacer.reading import Reading
from biosync.pacer.settings import Settings
from tests.pacer.following import RR_S, Heart, at

OWN_BPM = 14.0
NEAR, FAR = 0.1, 1.0


def cue_at(rate_bpm: float, t: float) -> Pacer:
    """A pacer whose cue has gone at one pace for ``t`` seconds."""
    pacer = Pacer((), 0.0, Settings(start_bpm=rate_bpm))
    pacer.wave.advance(t)
    return pacer


def looked_at(own: OwnWave, heart: Heart, rate_bpm: float, t: float = 60.0) -> float:
    pacer = cue_at(rate_bpm, t)
    own.look(heart.reading(pacer, t), pacer.wave)
    return own.evidence


def led(near_bpm: float) -> OwnWave:
    """One whose heart had this amplitude (bpm) at their own breath, after six breaths with a cue at 6 a minute."""
    own = OwnWave()
    own.learn(near_bpm, NEAR, OWN_BPM)
    for breath in range(6):
        looked_at(own, Heart(), 6.0, 60.0 + 10 * breath)
        own.learn(3.0, FAR, OWN_BPM)
    return own


@pytest.fixture
def learned() -> OwnWave:
    return led(1.5)


def test_nothing_is_told_before_both_are_known() -> None:
    own = OwnWave()
    assert looked_at(own, Heart(at(OWN_BPM)), 6.0) == 0.0
    for _ in range(6):
        own.learn(3.0, FAR, OWN_BPM)
    assert looked_at(own, Heart(at(OWN_BPM)), 6.0) == 0.0
    assert not own.shows and not own.absent


def test_who_is_with_the_cue_shows_no_other_breath(learned: OwnWave) -> None:
    assert looked_at(learned, Heart(), 6.0, 130.0) < 0
    assert learned.absent and not learned.shows


@pytest.mark.parametrize("off", [0.85, 1.0, 1.15])
def test_a_breath_of_their_own_shows_though_it_has_changed_a_little(learned: OwnWave, off: float) -> None:
    assert looked_at(learned, Heart(at(OWN_BPM * off), swing=3.0), 6.0, 130.0) > 1
    assert learned.shows and not learned.absent


def test_a_slow_wave_that_is_not_the_cues_is_no_breath_of_their_own(learned: OwnWave) -> None:
    looked_at(learned, Heart(at(7.5), swing=3.0), 6.0, 130.0)
    assert not learned.shows


def test_who_is_found_again_with_a_slow_cue_has_no_slower_breath_of_their_own(learned: OwnWave) -> None:
    for _ in range(6):
        learned.learn(3.0, NEAR, 7.5)
    assert looked_at(learned, Heart(at(OWN_BPM)), 6.0, 130.0) > 1


def test_near_the_cue_nothing_can_be_told(learned: OwnWave) -> None:
    assert looked_at(learned, Heart(at(OWN_BPM)), 12.0, 130.0) == 0.0


def test_of_a_heart_that_hardly_shows_its_own_breath_nothing_is_told() -> None:
    assert looked_at(led(0.05), Heart(at(OWN_BPM)), 6.0, 130.0) == 0.0


@given(st.lists(st.floats(30, 200), min_size=1, max_size=200), st.floats(0, 40), st.floats(4, 20))
def test_whatever_the_heart_does_the_evidence_stays_bounded(rates: list[float], own_bpm: float, cue_bpm: float) -> None:
    t_s = RR_S * np.arange(len(rates))
    pacer = cue_at(cue_bpm, float(t_s[-1]) + 1)
    reading = Reading(t_s, np.array(rates), np.ones(len(rates), dtype=np.bool_), "good", None, 0.0, None)
    own = OwnWave()
    for slip in (NEAR, *[FAR] * 6):
        own.learn(1.0, slip, own_bpm)
        own.look(reading, pacer.wave)
    assert abs(own.evidence) <= MOST
    assert np.isfinite(own.every)
