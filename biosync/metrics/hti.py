"""HRV triangular index: how flat the histogram of intervals is."""

from __future__ import annotations

import numpy as np

from biosync.heart.intervals import Intervals
from biosync.metrics.base import Figures, Metric, normal_rr

BIN_MS = 1000 / 128
"""The bin that the Task Force took, aligned to multiples of it: other bins give other values."""


def hti(x: Intervals) -> Figures:
    """Return the number of normal intervals divided by the height of their histogram; None below two of them.

    It is given for any length, and means something from 20 minutes on. Task Force of the ESC and NASPE, Circulation
    93:1043-1065, 1996.
    """
    rr = normal_rr(x)
    if len(rr) < 2:
        return {"hti": None}
    _, counts = np.unique(np.floor(rr / BIN_MS), return_counts=True)
    return {"hti": len(rr) / int(counts.max())}


METRIC = Metric("time", ("hti",), window_s=None, warm_up_s=1200.0, compute=hti)
