"""Times as recorders write them, brought into order: what restarts, goes back or comes too coarse."""

from __future__ import annotations

import numpy as np

from biosync.types import BoolArray, FloatArray

RESTART_S = 5.0
"""A clock that goes back by more than this has started again."""
LONGEST_PAUSE_S = 86_400.0
"""No recording pauses for longer; a clock that leaps further was set."""


def restarts(times: FloatArray) -> BoolArray:
    """Return where (n,) the clock of ``times`` (n,) seconds starts again or was set, so that it does not tell how
    much time has passed since the line before."""
    found = np.zeros(len(times), dtype=bool)
    steps = np.diff(times)
    found[1:] = (steps < -RESTART_S) | (steps > LONGEST_PAUSE_S)
    return found


def joined(times: FloatArray, rr_ms: FloatArray) -> FloatArray:
    """Return ``times`` (n,) with what follows a restart moved to where the part before it ended."""
    at = restarts(times)
    if not at.any():
        return times
    excess = np.zeros(len(times))
    excess[1:] = np.where(at[1:], np.diff(times) - rr_ms[1:] / 1000, 0.0)
    return np.asarray(times - np.cumsum(excess), dtype=np.float64)


def not_after(times: FloatArray, *, equal_is_fine: bool) -> BoolArray:
    """Return where (n,) a time of ``times`` (n,) does not come after every time before it."""
    found = np.zeros(len(times), dtype=bool)
    latest = np.maximum.accumulate(times)[:-1]
    found[1:] = times[1:] < latest if equal_is_fine else times[1:] <= latest
    return found


def arrivals_in_order(arrivals: FloatArray) -> FloatArray:
    """Return ``arrivals`` (n,) never falling: no interval reached the computer after a later one did."""
    return np.asarray(np.minimum.accumulate(arrivals[::-1])[::-1], dtype=np.float64)


def filled(values: FloatArray) -> FloatArray:
    """Return ``values`` (n,) with each NaN replaced by the one before it, leading ones by the first that is known."""
    known = np.flatnonzero(np.isfinite(values))
    if not len(known):
        return values
    place = np.searchsorted(known, np.arange(len(values)), side="right") - 1
    return np.asarray(values[known[np.maximum(place, 0)]], dtype=np.float64)


def coarse_step(times: FloatArray, rr_ms: FloatArray) -> float:
    """Return the step, in seconds, of times that are too coarse for the intervals ``rr_ms`` (n,); else 0.

    Whole seconds are fine as long as the intervals agree with them.
    """
    if len(times) < 10:  # too few to tell a habit from a mishap
        return 0.0
    off = np.abs(np.diff(times) - rr_ms[1:] / 1000)
    if float(np.median(off)) < 0.05:
        return 0.0
    return next((step for step in (1.0, 0.5, 0.1) if np.allclose(times / step, np.round(times / step), atol=1e-6)), 0.0)
