"""Corrected intervals and gaps: what each figure leaves out."""

from __future__ import annotations

import numpy as np
import pytest

from biosync.heart.intervals import Intervals, from_rr
from biosync.metrics.dfa import dfa_alpha1
from biosync.metrics.parts import frequency_part, nonlinear_part, time_part
from tests.metrics.series import joined, wandering


def _with(rr: list[float], normal: list[bool], follows: list[bool]) -> Intervals:
    values = np.array(rr)
    return Intervals(np.cumsum(values) / 1000, values, np.array(follows), np.array(normal))


def test_differences_with_a_corrected_interval_are_dropped() -> None:
    x = _with([800, 810, 900, 1000, 1030], [True, True, False, True, True], [False, True, True, True, True])
    found = time_part(x)
    assert found["rmssd_ms"] == pytest.approx(np.sqrt((10**2 + 30**2) / 2))
    assert found["pnn20_percent"] == 50.0
    assert found["mean_nn_ms"] == pytest.approx((800 + 810 + 1000 + 1030) / 4)
    assert found["sdnn_ms"] == pytest.approx(np.std([800, 810, 1000, 1030], ddof=1))


def test_differences_over_a_gap_are_dropped() -> None:
    x = _with([800, 810, 1000, 1030], [True] * 4, [False, True, False, True])
    assert time_part(x)["rmssd_ms"] == pytest.approx(np.sqrt((10**2 + 30**2) / 2))
    assert nonlinear_part(x)["sd1_ms"] == pytest.approx(np.std([10, 30], ddof=1) / np.sqrt(2))


def test_a_corrected_interval_stays_in_the_rhythm() -> None:
    """The correction keeps time, so spectra, entropy and DFA go on through it."""
    plain = from_rr(wandering(420))
    flagged = Intervals(plain.t_s, plain.rr_ms, plain.follows, np.arange(420) % 50 != 0)
    assert frequency_part(flagged) == frequency_part(plain)
    for key in ("sample_entropy", "dfa_alpha1"):
        assert nonlinear_part(flagged)[key] == nonlinear_part(plain)[key]


def test_a_steady_heart_has_no_logarithm_ratio_or_peak() -> None:
    x = from_rr(np.full(500, 800.0))
    assert time_part(x)["rmssd_ms"] == 0.0
    assert time_part(x)["ln_rmssd"] is None
    assert frequency_part(x)["hf_ms2"] == pytest.approx(0.0, abs=1e-6)
    for key in ("lf_hf", "lf_nu", "hf_nu", "lf_peak_hz", "hf_peak_hz"):
        assert frequency_part(x)[key] is None
    assert nonlinear_part(x)["dfa_alpha1"] is None


def test_a_strict_alternation_has_no_length_in_the_poincare_plot() -> None:
    found = nonlinear_part(from_rr(np.array([800.0, 900.0] * 40 + [800.0])))
    assert found["sd1_ms"] == pytest.approx(100 * np.sqrt(80 / 79 / 2))
    assert found["sd2_ms"] is None


def test_the_low_bands_wait_for_two_minutes_and_all_for_one() -> None:
    assert set(frequency_part(from_rr(wandering(68))).values()) == {None}
    minute = frequency_part(from_rr(wandering(100)))
    assert minute["hf_ms2"] is not None
    assert minute["hf_peak_hz"] is not None
    assert {minute[key] for key in ("vlf_ms2", "lf_ms2", "total_ms2", "lf_hf", "lf_nu", "hf_nu", "lf_peak_hz")} == {
        None
    }
    assert None not in frequency_part(from_rr(wandering(145))).values()


def test_short_stretches_do_not_blur_the_spectrum_of_long_ones() -> None:
    long, short = wandering(420), wandering(90, seed=5)
    assert frequency_part(joined(long, short)) == frequency_part(from_rr(long))


def test_alpha_waits_for_64_beats() -> None:
    assert dfa_alpha1(from_rr(wandering(63)))["dfa_alpha1"] is None
    assert dfa_alpha1(from_rr(wandering(64)))["dfa_alpha1"] is not None


@pytest.mark.parametrize(("kind", "alpha"), [("white", 0.5), ("walk", 1.5)])
def test_alpha_tells_noise_from_a_random_walk(kind: str, alpha: float) -> None:
    noise = np.random.default_rng(4).normal(0, 10, 20000)
    rr = 1000 + noise if kind == "white" else 1000 + np.cumsum(noise)
    found = dfa_alpha1(from_rr(rr))["dfa_alpha1"]
    # Small boxes bend the ideal line: 0.53 and 1.53 are what the definition gives here.
    assert found == pytest.approx(alpha, abs=0.1)
