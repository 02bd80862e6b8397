"""The heart rate of this moment."""

from __future__ import annotations

from biosync.heart.intervals import Intervals
from biosync.metrics.base import Figures, Metric, known


def heart_rate(x: Intervals) -> Figures:
    """Return 60000 / mean interval in bpm, corrected intervals included (they keep time); None below two of them."""
    mean = float(x.rr_ms.mean()) if len(x) >= 2 else 0.0
    return {"heart_rate_bpm": known(60000 / mean) if mean > 0 else None}


METRIC = Metric("live", ("heart_rate_bpm",), window_s=10.0, warm_up_s=0.0, compute=heart_rate)
