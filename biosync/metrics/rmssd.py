"""RMSSD and its logarithm: how much the interval changes from beat to beat."""

from __future__ import annotations

import math

from biosync.heart.intervals import Intervals
from biosync.metrics.base import Figures, Metric, differences, known


def rmssd(x: Intervals) -> Figures:
    """Return the root mean square of the valid differences in ms and its natural logarithm; None without one.

    The logarithm of 0 is None. Task Force of the ESC and NASPE, Circulation 93:1043-1065, 1996.
    """
    d = differences(x)
    if len(d) == 0:
        return {"rmssd_ms": None, "ln_rmssd": None}
    value = math.sqrt(float((d * d).mean()))
    return {"rmssd_ms": known(value), "ln_rmssd": known(math.log(value)) if value > 0 else None}


METRIC = Metric("time", ("rmssd_ms", "ln_rmssd"), window_s=60.0, warm_up_s=30.0, compute=rmssd)
