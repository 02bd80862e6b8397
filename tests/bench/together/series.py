"""The input that other methods take: two heart rates at 4 Hz, without gaps, as their papers make it."""

from __future__ import annotations

import numpy as np
from scipy.signal import detrend

from biosync.types import FloatArray
from tests.bench.together.strap import Heard

HZ = 4.0


def both(a: Heard, b: Heard) -> tuple[FloatArray, FloatArray]:
    """Return the two heart rates (n,) in bpm on the time both have, each without its linear trend."""
    t = np.arange(max(a.t_s[0], b.t_s[0]), min(a.t_s[-1], b.t_s[-1]), 1 / HZ)
    return _rate(a, t), _rate(b, t)


def _rate(heard: Heard, t: FloatArray) -> FloatArray:
    """Return the rate at ``t``, each interval's at its middle, straight lines between (and across what was lost)."""
    return np.asarray(detrend(np.interp(t, heard.t_s - heard.rr_ms / 2000, 60000 / heard.rr_ms)))
