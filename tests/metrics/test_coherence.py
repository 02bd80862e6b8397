"""Coherence: the stated definition, neutral to rate and phase, causal, never over a gap."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.heart.intervals import Intervals, from_rr
from biosync.metrics.coherence import Coherence, coherence, early, history
from tests.metrics.reference import coherence as plainly
from tests.metrics.series import joined, recording, wandering, wave


def _share(found: Coherence) -> float:
    return found.ratio / (1 + found.ratio)


@given(breaths=st.floats(3.5, 7.0), phase=st.floats(0, 2 * np.pi), mean=st.floats(650, 1100), swing=st.floats(20, 80))
def test_an_even_wave_is_as_coherent_as_can_be_at_any_rate_and_phase(
    breaths: float, phase: float, mean: float, swing: float
) -> None:
    found = coherence(wave(breaths, 100, phase, mean, swing))
    assert found is not None
    assert 0.885 <= _share(found) <= 0.8935
    assert found.score >= 99
    assert 60 * found.peak_hz == pytest.approx(breaths, abs=0.1)


def test_is_the_stated_definition() -> None:
    for seed in range(5):
        rr = wandering(200, seed)
        found = coherence(from_rr(rr))
        assert found is not None
        assert (found.ratio, found.score, found.peak_hz) == pytest.approx(plainly(rr), rel=1e-5)


def test_waits_for_64_s_and_speaks_early_from_30_s() -> None:
    x = wave(6, 100)
    for t in np.arange(5, 100, 0.9):
        there, soon = coherence(x, t), early(x, t)
        last = x.t_s[x.t_s <= t][-1]
        assert (there is not None) == (last - x.t_s[0] + 0.5 >= 64)
        assert (soon is not None) == (30 <= last - x.t_s[0] + 0.5 < 64)


def test_never_sees_later_beats() -> None:
    x = from_rr(wandering(200))
    t = float(x.t_s[150])
    assert coherence(x, t) == coherence(x.where(np.arange(200) <= 150))


def test_early_never_says_much_more_than_the_score_that_follows() -> None:
    assert early(wave(6, 34)).score == pytest.approx(64, abs=3)  # type: ignore[union-attr]
    assert early(wave(6, 60)).score == pytest.approx(96, abs=2)  # type: ignore[union-attr]


def test_a_gap_starts_it_anew() -> None:
    x = joined(wandering(200), wandering(60, seed=2), pause_s=3)
    assert coherence(x) is None
    alone = early(from_rr(wandering(60, seed=2)))
    assert alone is not None
    assert early(x).ratio == pytest.approx(alone.ratio, rel=1e-9)  # type: ignore[union-attr]


def test_is_unknown_when_the_beats_have_stopped() -> None:
    x = wave(6, 100)
    end = float(x.t_s[-1])
    assert coherence(x, end + 9) == coherence(x)
    assert coherence(x, end + 11) is None


def test_is_unknown_without_beats_and_without_rhythm() -> None:
    random = np.random.default_rng(3)
    ticks = np.round((900 + random.normal(0, 0.1, 120)) * 1.024) / 1.024
    for rr in (np.empty(0), np.full(120, 900.0), ticks):
        assert coherence(from_rr(rr)) is None
        assert history(from_rr(rr)) == []


def test_history_stands_at_every_5_s_that_has_64_s_before_it() -> None:
    x = joined(wandering(200), wandering(100, seed=2), wandering(200, seed=3), pause_s=7)
    times = [t for t, _, _ in history(x, 5.0)]
    runs = [(run.t_s[0], run.t_s[-1]) for run in x.runs()]
    assert times == [t for t in np.arange(0, x.t_s[-1] + 1, 5) if any(a <= t - 63.5 and t <= b for a, b in runs)]


def test_history_is_the_figure_of_each_moment() -> None:
    x = from_rr(wandering(500))
    pairs = [(score, there.score) for t, _, score in history(x) if (there := coherence(x, t + 0.5))]
    assert len(pairs) > 60
    # The window of one ends at the last beat, of the other at the full 5 s: up to a second apart.
    assert np.median([abs(a - b) for a, b in pairs]) < 1


@pytest.mark.external
def test_levels_of_real_recordings(data: Path) -> None:
    """Median ratios as measured with this definition for the science notes: rest low, slow breathing high."""
    levels = {"rr/s01_rest.csv": 0.18, "resp/s11_rest_8min_rr.csv": 0.63, "rr/s02_polar_h10_slow_breathing.csv": 2.5}
    for name, level in levels.items():
        found = float(np.median([ratio for _, ratio, _ in history(_whole(data / name))]))
        assert found == pytest.approx(level, rel=0.45), name


def _whole(path: Path) -> Intervals:
    return from_rr(recording(path))
