"""Cue following against waves whose truth is known: amplitude, share, phase, while the pace changes too."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.metrics.cue_following import following, phase_distance, phase_stability

T = np.arange(0, 60, 0.9)


def moving(t: np.ndarray) -> np.ndarray:
    """Return the cycles of a cue that slows from 9 to 5 a minute within a minute."""
    return np.asarray(9 / 60 * t - (4 / 60) / 60 * t**2 / 2)


@pytest.mark.parametrize("phase", [0.0, 0.2, 0.55, 0.9])
@pytest.mark.parametrize("cycles", [T / 10, moving(T)], ids=["steady", "moving"])
def test_a_pure_wave_is_found_as_it_is(phase: float, cycles: np.ndarray) -> None:
    found = following(T, 65 + 4 * np.cos(2 * np.pi * (cycles - phase)), cycles)
    assert found is not None
    assert found.amplitude_bpm == pytest.approx(4, rel=1e-6)
    assert found.locked_share == pytest.approx(1, abs=1e-9)
    assert abs(phase_distance(found.phase, phase)) < 1e-6
    assert found.phase_error < 1e-3


def test_the_share_is_that_of_the_variance() -> None:
    dice = np.random.default_rng(3)
    t = np.arange(0, 600, 0.9)
    noise = dice.normal(0, 2, len(t))
    found = following(t, 65 + 4 * np.cos(2 * np.pi * t / 10) + noise, t / 10)
    assert found is not None
    assert found.locked_share == pytest.approx(8 / (8 + 4), abs=0.04)


def test_noise_alone_locks_by_no_more_than_its_degrees_of_freedom() -> None:
    dice = np.random.default_rng(4)
    shares = [following(T, dice.normal(65, 2, len(T)), T / 10) for _ in range(200)]
    assert np.mean([found.locked_share for found in shares if found]) < 0.08


def test_another_pace_does_not_lock() -> None:
    found = following(T, 65 + 4 * np.cos(2 * np.pi * T / 7), T / 10)
    assert found is not None
    assert found.locked_share < 0.15


def test_slow_wander_is_taken_out_when_asked() -> None:
    wander = 5 * np.sin(2 * np.pi * T / 80)
    heart = 65 + 2 * np.cos(2 * np.pi * T / 10) + wander
    plain, freed = following(T, heart, T / 10), following(T, heart, T / 10, slow_per_cycle=1.0)
    assert plain is not None
    assert freed is not None
    assert freed.locked_share > 0.95 > plain.locked_share + 0.2


def test_the_stated_phase_error_is_about_right() -> None:
    dice = np.random.default_rng(5)
    found = [following(T, 65 + 3 * np.cos(2 * np.pi * T / 10) + dice.normal(0, 2, len(T)), T / 10) for _ in range(300)]
    spread = np.std([phase_distance(f.phase, 0.0) for f in found if f])
    assert np.median([f.phase_error for f in found if f]) == pytest.approx(spread, rel=0.35)


@pytest.mark.parametrize(
    ("t", "heart", "cycles"),
    [
        (T[:0], T[:0], T[:0]),
        (T[:5], 65 + T[:5], T[:5]),
        (T, 65 + np.cos(T), T / 60),
        (T, np.full(len(T), 65.0), T / 10),
    ],
    ids=["nothing", "few beats", "a single cycle", "a flat heart"],
)
def test_what_can_not_be_known_is_none(t: np.ndarray, heart: np.ndarray, cycles: np.ndarray) -> None:
    assert following(t, heart, cycles) is None


def test_stability() -> None:
    assert phase_stability([0.3, 0.3, 0.3]) == pytest.approx(1)
    assert phase_stability([0.0, 1 / 3, 2 / 3]) == pytest.approx(0, abs=1e-9)
    assert phase_stability([0.95, 0.05, 0.0]) > 0.9
    assert phase_stability([0.1, 0.2]) is None


@given(st.floats(-5, 5), st.floats(-5, 5))
def test_phase_distance_is_the_short_way_round(a: float, b: float) -> None:
    distance = phase_distance(a, b)
    assert -0.5 <= distance <= 0.5
    assert (b + distance - a + 0.5) % 1 == pytest.approx(0.5, abs=1e-9)
