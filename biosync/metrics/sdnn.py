"""SDNN: how far the intervals spread over the whole window."""

from __future__ import annotations

import numpy as np

from biosync.heart.intervals import Intervals
from biosync.metrics.base import Figures, Metric, known, normal_rr


def sdnn(x: Intervals) -> Figures:
    """Return the standard deviation (over N - 1) of the normal intervals in ms; None below two of them.

    Task Force of the ESC and NASPE, Circulation 93:1043-1065, 1996.
    """
    rr = normal_rr(x)
    return {"sdnn_ms": known(float(np.std(rr, ddof=1))) if len(rr) >= 2 else None}


METRIC = Metric("time", ("sdnn_ms",), window_s=60.0, warm_up_s=60.0, compute=sdnn)
