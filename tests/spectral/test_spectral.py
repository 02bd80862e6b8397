"""The shared numerics against SciPy and against their definitions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import CubicSpline
from scipy.signal import welch

from biosync.heart.intervals import Intervals, from_rr
from biosync.spectral.priors import smoothness_priors
from biosync.spectral.spline import cubic
from biosync.spectral.tachogram import resample, tachogram
from biosync.spectral.welch import band_peak, band_power, density, frequencies
from tests.metrics.reference import smoothness_priors as dense_priors
from tests.metrics.series import wandering


@given(
    spacing=st.lists(st.floats(0.3, 2.0), min_size=3, max_size=60),
    seed=st.integers(0, 1000),
)
def test_the_spline_is_that_of_scipy(spacing: list[float], seed: int) -> None:
    random = np.random.default_rng(seed)
    t = np.cumsum([0.0, *spacing])
    y = random.normal(800, 100, len(t))
    at = random.uniform(t[0], t[-1], 50)
    assert cubic(t, y, at) == pytest.approx(CubicSpline(t, y)(at), rel=1e-7, abs=1e-6)


def test_a_spline_needs_four_knots() -> None:
    with pytest.raises(ValueError, match="4 knots, not 3"):
        cubic(np.arange(3.0), np.arange(3.0), np.array([1.0]))


@pytest.mark.parametrize("n", [3, 4, 5, 6, 50, 300])
def test_smoothness_priors_are_those_of_the_dense_matrix(n: int) -> None:
    x = np.random.default_rng(n).normal(0, 30, n)
    assert smoothness_priors(x, 500) == pytest.approx(dense_priors(x, 500), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_too_few_samples_have_no_detrended_signal(n: int) -> None:
    assert list(smoothness_priors(np.arange(n, dtype=np.float64), 500)) == [0.0] * n


@pytest.mark.parametrize(("hz", "kept"), [(0.1, 0.987), (0.075, 0.96), (0.058, 0.895), (0.05, 0.82), (0.04, 0.63)])
def test_smoothness_priors_keep_the_power_that_the_docs_tell(hz: float, kept: float) -> None:
    t = np.arange(8000) / 4
    middle = slice(2000, 6000)
    left = smoothness_priors(np.sin(2 * np.pi * hz * t), 500.0)[middle]
    assert np.var(left) / 0.5 == pytest.approx(kept, abs=0.01)


@pytest.mark.parametrize("n", [240, 1199, 1200, 1201, 1800, 100_000])
def test_the_density_is_that_of_scipy(n: int) -> None:
    x = np.random.default_rng(n).normal(0, 40, n)
    f, p = welch(x, 4, "hann", nperseg=min(n, 1200), nfft=4096, detrend="constant")
    assert density(x, 4.0, 1200, 4096) == pytest.approx(p, rel=1e-9, abs=1e-9)
    assert frequencies(4.0, 4096) == pytest.approx(f)


def test_a_band_has_its_lower_edge_and_not_its_upper() -> None:
    f, p = np.array([0.0, 0.1, 0.2, 0.3]), np.array([5.0, 1.0, 3.0, 9.0])
    assert band_power(f, p, 0.1, 0.3) == pytest.approx(0.2)
    assert band_peak(f, p, 0.1, 0.3) == 0.2


def test_the_tachogram_starts_at_the_first_beat_and_goes_through_all() -> None:
    run = from_rr(wandering(60))
    found = tachogram(run, 4.0)
    assert found is not None
    assert found[0][0] == run.t_s[0]
    assert run.t_s[-1] - 0.25 <= found[0][-1] < run.t_s[-1]
    assert resample(run, run.t_s) == pytest.approx(run.rr_ms)


def test_beats_at_one_time_are_read_once_and_too_few_not_at_all() -> None:
    t = np.array([1.0, 2.0, 2.0, 1.5, 3.0, 4.0, 5.0])
    follows = np.array([False] + [True] * 6)
    doubled = Intervals(t, np.full(7, 900.0), follows, np.ones(7, dtype=bool))
    assert resample(doubled, np.array([2.5])) == pytest.approx([900.0])
    assert tachogram(from_rr(np.full(3, 900.0)), 4.0) is None
    same = Intervals(np.ones(6), np.full(6, 900.0), follows[:6], np.ones(6, dtype=bool))
    assert tachogram(same, 4.0) is None
