"""The contract's parts of ``analyze``, put together from all the metric files that the catalogue finds."""

from __future__ import annotations

from functools import cache

from biosync.catalog import offered
from biosync.heart.intervals import Intervals
from biosync.metrics.base import Figures, Metric


@cache
def metrics_of(part: str) -> tuple[Metric, ...]:
    """Return the metrics whose figures stand in ``part``, by their files' names."""
    return tuple(metric for metric in offered("biosync.metrics", "METRIC", Metric).values() if metric.part == part)


def figures(part: str, x: Intervals) -> Figures:
    """Return every figure of ``part`` for ``x``; None is unknown."""
    return {key: value for metric in metrics_of(part) for key, value in metric.compute(x).items()}


def time_part(x: Intervals) -> Figures:
    """Return the time domain: mean_nn_ms, mean_hr_bpm, sdnn_ms, rmssd_ms, ln_rmssd, sdsd_ms, pnn50_percent,
    pnn20_percent, hti."""
    return figures("time", x)


def frequency_part(x: Intervals) -> Figures:
    """Return the frequency domain: vlf_ms2, lf_ms2, hf_ms2, total_ms2, lf_hf, lf_nu, hf_nu, lf_peak_hz, hf_peak_hz."""
    return figures("frequency", x)


def nonlinear_part(x: Intervals) -> Figures:
    """Return sd1_ms, sd2_ms, sample_entropy, dfa_alpha1."""
    return figures("nonlinear", x)
