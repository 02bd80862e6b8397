"""What a stretch of heart rate says of a cue: right in size, place and error, and seldom wrong by chance."""

from __future__ import annotations

import cmath
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.pacer.evidence import angle_between, kept, line, swing

T = np.arange(0.0, 60.0, 0.85)
EVEN = np.ones(len(T))


def heart(cycles: np.ndarray, z: complex, noise: float = 0.0, seed: int = 1) -> np.ndarray:
    wave = abs(z) * np.cos(2 * np.pi * cycles - cmath.phase(z))
    return 66 + wave + np.random.default_rng(seed).normal(0, noise, len(cycles)) if noise else 66 + wave


@given(st.floats(0.5, 8.0), st.floats(-3.1, 3.1), st.floats(5.0, 14.0), st.floats(-0.1, 0.1))
def test_swing_is_exact_where_there_is_no_noise(size: float, angle: float, pace: float, drift: float) -> None:
    cycles = T * pace / 60
    found = swing(T, heart(cycles, cmath.rect(size, angle)) + drift * T, cycles, EVEN)
    assert found is not None
    assert found.z == pytest.approx(cmath.rect(size, angle), abs=1e-6)
    assert found.error == pytest.approx(0.0, abs=1e-6)


def test_its_angle_is_where_in_the_breath_the_heart_is_fastest() -> None:
    cycles = T * 6 / 60
    found = swing(T, heart(cycles, cmath.rect(3.0, 2 * math.pi * 0.3)), cycles, EVEN)
    assert found is not None
    assert cmath.phase(found.z) / (2 * math.pi) == pytest.approx(0.3)


def test_its_error_is_the_scatter_of_what_it_measures() -> None:
    cycles, truth = T * 6 / 60, 3 + 1j
    found = [swing(T, heart(cycles, truth, 1.5, seed), cycles, EVEN) for seed in range(1, 400)]
    off = np.array([each.z - truth for each in found if each is not None])
    stated = np.mean([each.error for each in found if each is not None])
    assert np.hypot(off.real.std(), off.imag.std()) / math.sqrt(2) == pytest.approx(stated, rel=0.1)
    assert abs(off.mean()) < 0.1


def test_swing_takes_no_notice_of_what_has_no_weight() -> None:
    cycles = T * 6 / 60
    rates, weight = heart(cycles, 3 + 0j), EVEN.copy()
    rates[20:24], weight[20:24] = 140.0, 0.0
    found = swing(T, rates, cycles, weight)
    assert found is not None
    assert found.z == pytest.approx(3.0, abs=1e-6)


def test_too_little_says_nothing() -> None:
    cycles = T * 6 / 60
    assert swing(T[:7], heart(cycles, 3)[:7], cycles[:7], EVEN[:7]) is None  # too few beats
    assert swing(T[:12], heart(cycles, 3)[:12], cycles[:12], EVEN[:12]) is None  # a breath and no more
    assert swing(T, heart(cycles, 3), cycles, np.where(T < 3, 1.0, 0.0)) is None  # most of it is of no weight
    assert line(T[:30], heart(cycles, 3)[:30], cycles[:30]) is None  # fewer than three breaths
    assert line(T, np.full(len(T), 66.0), cycles) is None  # a heart like a clock


@pytest.mark.parametrize("pace", [5.0, 8.0, 13.0])
def test_line_calls_noise_a_swing_as_seldom_as_it_says(pace: float) -> None:
    cycles = T * pace / 60
    chances = np.array([line(T, heart(cycles, 0, 1.5, seed), cycles) or (1.0, 0j) for seed in range(600)])[:, 0].real
    for level in (0.02, 0.1, 0.3):
        assert np.mean(chances < level) == pytest.approx(level, abs=3 * math.sqrt(level * (1 - level) / 600))


def test_line_finds_a_swing_through_a_pace_that_changes_and_not_beside_it() -> None:
    cycles = np.cumsum(np.linspace(9, 7, len(T)) / 60 * 0.85)
    for seed in range(20):
        found = line(T, heart(cycles, 2j, 1.0, seed), cycles)
        assert found is not None
        assert found[0] < 0.001
        assert found[1] == pytest.approx(2j, abs=0.9)
        beside = line(T, heart(cycles * 1.3, 2j, 1.0, seed), cycles)
        assert beside is not None
        assert beside[0] > 0.02


def test_angles() -> None:
    assert angle_between(1j, 1 + 0j) == pytest.approx(0.25)
    assert angle_between(1 + 0j, 1j) == pytest.approx(-0.25)
    assert angle_between(0j, 1j) == 0.0


LONG_T = np.arange(0.0, 80.0, 0.85)
CUE = LONG_T * 12 / 60


def test_a_place_is_kept_even_where_no_single_breath_shows_it() -> None:
    weak = [kept(LONG_T, heart(CUE, 0.8 + 0j, 1.0, seed), CUE) for seed in range(1, 101)]
    brief = [swing(LONG_T[:9], heart(CUE, 0.8 + 0j, 1.0, seed)[:9], CUE[:9], EVEN[:9]) for seed in range(1, 101)]
    assert np.mean([each.error for each in brief if each is not None]) > 0.4  # half of it
    assert sum(weak) >= 75


@pytest.mark.parametrize("off_bpm", [0.4, 0.65, 1.0, 2.0, -0.65])
def test_a_breath_of_their_own_keeps_no_place(off_bpm: float) -> None:
    own = LONG_T * (12 + off_bpm) / 60
    assert sum(kept(LONG_T, heart(own, 2.0 + 0j, 0.7, seed), CUE) for seed in range(1, 101)) <= 2


def test_noise_and_a_place_that_was_left_are_not_kept() -> None:
    assert sum(kept(LONG_T, heart(CUE, 0j, 1.0, seed), CUE) for seed in range(1, 201)) <= 4
    left = np.where(LONG_T < 40, CUE, CUE + 0.25)
    assert not any(kept(LONG_T, heart(left, 2.0 + 0j, 0.7, seed), CUE) for seed in range(1, 101))
    assert not kept(LONG_T[:5], heart(CUE, 2.0 + 0j)[:5], CUE[:5])
