"""RSA per breath: how far the heart rate swings within a cycle of the cue."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import numpy as np

from biosync.heart.intervals import Intervals

CYCLES = 5
MIN_CYCLES = 3
MIN_BEATS = 3


def rsa_bpm(x: Intervals, bounds_s: Sequence[float]) -> float | None:
    """Return the median over the last five cue cycles of the highest minus the lowest heart rate (60000 / RR) in bpm.

    ``bounds_s`` (k + 1,) are the rising times in seconds at which the cycles begin; the last ends the last cycle.
    A cycle that a gap touches, or with fewer than three beats, does not count; None below three cycles. Katona, Jih,
    J Appl Physiol 39:801-805, 1975 (peak to valley).
    """
    recent = bounds_s[-CYCLES - 1 :]
    swings = [_swing(x, begin, end) for begin, end in pairwise(recent)]
    valid = [swing for swing in swings if swing is not None]
    return median(valid) if len(valid) >= MIN_CYCLES else None


def _swing(x: Intervals, begin: float, end: float) -> float | None:
    """Return the swing in bpm over the beats that end in begin < t <= end; None if they do not cover it unbroken."""
    a, b = np.searchsorted(x.t_s, (begin, end), side="right")
    # The beat after the cycle must be there and follow: only then is the cycle known to be whole.
    if b - a < MIN_BEATS or b == len(x) or not x.follows[a + 1 : b + 1].all():
        return None
    rr = x.rr_ms[a:b]
    begins_before = x.t_s[a] - rr[0] / 1000 <= begin + 1e-6
    return float(60000 / rr.min() - 60000 / rr.max()) if begins_before and rr.min() > 0 else None
