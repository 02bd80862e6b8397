"""The mean interval and the mean heart rate."""

from __future__ import annotations

from biosync.heart.intervals import Intervals
from biosync.metrics.base import Figures, Metric, known, normal_rr


def mean_nn(x: Intervals) -> Figures:
    """Return the mean of the normal intervals in ms and the heart rate 60000 / mean in bpm; None below two of them.

    Task Force of the ESC and NASPE, Circulation 93:1043-1065, 1996.
    """
    rr = normal_rr(x)
    if len(rr) < 2:
        return {"mean_nn_ms": None, "mean_hr_bpm": None}
    mean = float(rr.mean())
    return {"mean_nn_ms": known(mean), "mean_hr_bpm": known(60000 / mean) if mean > 0 else None}


METRIC = Metric("time", ("mean_nn_ms", "mean_hr_bpm"), window_s=60.0, warm_up_s=30.0, compute=mean_nn)
