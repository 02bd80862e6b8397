"""Had somebody who was lost, and is found again, been with the cue all the time?"""

from __future__ import annotations

import numpy as np
import pytest

from biosync.pacer.hindsight import Loss, had_stayed
from biosync.pacer.pacer import Pacer
from biosync.pacer.settings import Settings
from tests.pacer.following import Heart, Phase, at, until, with_the_cue

LOST_T, FOUND_T = 60.0, 110.0
USUAL = 3.0 + 0j  # half of the 6 bpm that ``Heart`` swings by, fastest where the in-breath begins


def judged(
    phase: Phase, pace_bpm: float = 8.0, noise_bpm: float = 0.7, skip: float = 0.0, own_bpm: float = 14.0
) -> bool:
    """Return what hindsight says of a heart beside a cue that comes back to meet them from ``LOST_T`` on."""
    pacer = Pacer(("Ana",), 0.0, Settings(start_bpm=pace_bpm))
    wave = pacer.wave
    for t in np.arange(1.0, FOUND_T + 3):
        if wave.advance(float(t)) and t > LOST_T:
            wave.turn_to(min(12.0, wave.rate_bpm * 1.05))
    reading = Heart(phase, noise_bpm=noise_bpm).reading(pacer, FOUND_T + 2 + skip)
    return had_stayed(reading, wave, Loss(LOST_T, pace_bpm, own_bpm), USUAL)


@pytest.mark.parametrize("pace_bpm", [6.5, 8.0, 9.5])
@pytest.mark.parametrize("noise_bpm", [0.3, 1.5])
def test_who_kept_to_the_cue_on_its_way_back_had_stayed(pace_bpm: float, noise_bpm: float) -> None:
    assert judged(with_the_cue, pace_bpm, noise_bpm)


@pytest.mark.parametrize("own_bpm", [9.5, 12.0, 15.0, 18.0])
@pytest.mark.parametrize("away_s", [20.0, 30.0, 45.0])
def test_who_breathed_on_and_came_back_had_not(own_bpm: float, away_s: float) -> None:
    left_t = LOST_T - 12
    away = until(left_t + away_s, until(left_t, with_the_cue, at(own_bpm)), with_the_cue)
    assert not judged(away, own_bpm=own_bpm)


def test_who_is_there_in_another_place_of_the_breath_is_not_taken_for_the_same() -> None:
    assert not judged(lambda pacer, t_s: pacer.wave.cycles_at(t_s) + 0.25)


def test_where_the_beats_of_the_loss_are_no_longer_known_they_had_not() -> None:
    assert not judged(with_the_cue, skip=100.0)


@pytest.mark.parametrize("phase", [with_the_cue, at(11.8)])
def test_where_the_cue_is_near_their_own_breath_nobody_can_tell(phase: Phase) -> None:
    assert not judged(phase, pace_bpm=11.3, own_bpm=11.8)


@pytest.mark.parametrize("own_bpm", [10.0, 12.0, 14.0])
def test_who_never_follows_is_never_taken_for_one_who_had_stayed(own_bpm: float) -> None:
    pacer = Pacer(("Ana",), 0.0, Settings())
    wander = 0.3 * np.cumsum(np.random.default_rng(5).normal(0, 0.2, 2000))

    def alone(pacer: Pacer, t_s: np.ndarray) -> np.ndarray:
        return t_s * own_bpm / 60 + np.interp(t_s, np.arange(2000.0), wander)

    for t in np.arange(1.0, 1200.0):
        pacer.update(float(t), {"Ana": Heart(alone, breath_bpm=own_bpm).reading(pacer, float(t))})
        assert not pacer._company.had_stayed()
