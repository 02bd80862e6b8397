"""Why there is no coherence: beside the results, since this needs what a window that opens does not load."""

from __future__ import annotations

import numpy as np

from biosync.charts.charts import Charts
from biosync.gui import words
from biosync.metrics.coherence import WINDOW_S, history


def why_no_coherence(charts: Charts) -> str:
    """Return why the coherence was known at no time of a session that is over, as far as its ``charts`` tell; nothing
    where it was known at all."""
    if np.isfinite(charts.coherence.value).any():
        return ""
    if history(charts.intervals):
        return words.tr("can't tell: too many beats can't be trusted")
    if any(run.t_s[-1] - run.t_s[0] >= WINDOW_S for run in charts.intervals.runs()):
        return words.tr("can't tell: the heart rate hardly changed")
    if charts.begin_t > 0 or "heart_rate" in charts.hidden:  # what these charts don't hold may have been either
        return words.tr("can't tell: no 64 s without a gap, or beats that can't be trusted")
    return words.tr("can't tell: it takes 64 s without a gap")
