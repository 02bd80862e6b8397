"""SDSD: the spread of the differences from beat to beat."""

from __future__ import annotations

import numpy as np

from biosync.heart.intervals import Intervals
from biosync.metrics.base import Figures, Metric, differences, known


def sdsd(x: Intervals) -> Figures:
    """Return the standard deviation of the valid differences, signs kept, in ms (over their number - 1); None below
    two of them.

    Task Force of the ESC and NASPE, Circulation 93:1043-1065, 1996.
    """
    d = differences(x)
    return {"sdsd_ms": known(float(np.std(d, ddof=1))) if len(d) >= 2 else None}


METRIC = Metric("time", ("sdsd_ms",), window_s=60.0, warm_up_s=30.0, compute=sdsd)
