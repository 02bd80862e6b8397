"""SD1 and SD2: the width and the length of the cloud of each interval drawn against the one before."""

from __future__ import annotations

import math

import numpy as np

from biosync.heart.intervals import Intervals
from biosync.metrics.base import Figures, Metric, differences, known, normal_rr


def poincare(x: Intervals) -> Figures:
    """Return SD1 = sqrt(var(d) / 2) and SD2 = sqrt(2 var(RR) - var(d) / 2) in ms (variances over their number - 1);
    None below two valid differences.

    SD2 is None where the difference is negative, as in a strict alternation. Brennan, Palaniswami, Kamen, IEEE
    Trans Biomed Eng 48(11):1342-1347, 2001.
    """
    d = differences(x)
    if len(d) < 2:
        return {"sd1_ms": None, "sd2_ms": None}
    half = float(np.var(d, ddof=1)) / 2
    along = 2 * float(np.var(normal_rr(x), ddof=1)) - half
    return {"sd1_ms": known(math.sqrt(half)), "sd2_ms": known(math.sqrt(along)) if along >= 0 else None}


METRIC = Metric("nonlinear", ("sd1_ms", "sd2_ms"), window_s=None, warm_up_s=60.0, compute=poincare)
