"""Intervals on an even time grid, one unbroken run at a time."""

from __future__ import annotations

import math

import numpy as np

from biosync.heart.intervals import Intervals
from biosync.spectral.spline import MIN_KNOTS, cubic
from biosync.types import FloatArray


def resample(run: Intervals, at: FloatArray) -> FloatArray | None:
    """Return the RR in ms of an unbroken ``run`` at the times ``at`` (m,) in seconds: the cubic spline through each
    interval at its end; None where the run has fewer than four beats at rising times."""
    t, rr = run.t_s, run.rr_ms
    rises = t[1:] > np.maximum.accumulate(t)[:-1]
    if not rises.all():
        keep = np.append(True, rises)
        t, rr = t[keep], rr[keep]
    if len(t) < MIN_KNOTS:
        return None
    return cubic(t, rr, at)


def tachogram(run: Intervals, rate_hz: float) -> tuple[FloatArray, FloatArray] | None:
    """Return times (m,) in seconds and RR (m,) in ms at ``rate_hz`` from the run's first beat on, up to its last."""
    if len(run) < MIN_KNOTS:
        return None
    first, last = float(run.t_s[0]), float(run.t_s[-1])
    at: FloatArray = np.asarray(first + np.arange(math.ceil((last - first) * rate_hz)) / rate_hz, dtype=np.float64)
    rr = resample(run, at)
    return None if rr is None else (at, rr)
