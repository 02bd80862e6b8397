"""Activation: raised above the own rest, calm, or neither."""

from __future__ import annotations

import numpy as np
import pytest

from biosync.metrics.activation import activation
from biosync.types import FloatArray


def _heart(seconds: float, rest_bpm: float = 70.0, swing_bpm: float = 4.0) -> tuple[FloatArray, FloatArray]:
    t = np.arange(0, seconds, 0.8)
    return t, rest_bpm + swing_bpm * np.sin(2 * np.pi * 0.1 * t)


def test_is_unknown_until_there_is_a_rest_to_compare_with() -> None:
    assert activation(np.empty(0), np.empty(0)) is None
    assert activation(*_heart(190)) is None
    assert activation(*_heart(200)) == "calm"


@pytest.mark.parametrize(("above_bpm", "expected"), [(0, "calm"), (6, "calm"), (15, "raised"), (30, "raised")])
def test_is_raised_only_well_above_the_own_breathing_swing(above_bpm: float, expected: str) -> None:
    t, bpm = _heart(300)
    bpm[t > 270] += above_bpm
    assert activation(t, bpm) == expected


def test_is_raised_only_after_all_of_15_s() -> None:
    t, bpm = _heart(300)
    bpm[t > 292] += 25
    assert activation(t, bpm) == "calm"


@pytest.mark.parametrize(("seconds", "expected"), [(8, "calm"), (11, "calm"), (16, "raised")])
def test_a_rise_of_ten_seconds_is_over_before_it_counts(seconds: float, expected: str) -> None:
    t, bpm = _heart(300, swing_bpm=1)
    bpm[(t > 270) & (t <= 270 + seconds)] += 20
    said = {activation(t[: n + 1], bpm[: n + 1]) for n in range(np.searchsorted(t, 270), len(t))}
    assert ("raised" in said) == (expected == "raised")


def test_noise_of_an_even_heart_does_not_raise_it() -> None:
    t, bpm = _heart(300, swing_bpm=0)
    bpm[t > 280] += 2.9
    assert activation(t, bpm) == "calm"
    bpm[t > 280] += 0.3
    assert activation(t, bpm) == "raised"


@pytest.mark.parametrize(("share", "expected"), [(None, "calm"), (0.31, "calm"), (0.3, "usual"), (0.0, "usual")])
def test_with_a_cue_calm_also_means_in_step_with_it(share: float | None, expected: str) -> None:
    assert activation(*_heart(300), locked_share=share) == expected


def test_a_hole_in_the_last_15_s_or_in_the_baseline_is_not_guessed_over() -> None:
    t, bpm = _heart(300)
    for hole in ((t > 286) & (t < 294), (t > 20) & (t < 170)):
        assert activation(t[~hole], bpm[~hole]) is None
