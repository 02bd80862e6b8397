"""Heart rate laid over one breath of the cue: where in the breath the heart is fast, and where it is slow."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from biosync.charts.charts import CueFold
from biosync.events import Cue
from biosync.heart.intervals import Intervals
from biosync.in_step.hearts import Plans
from biosync.metrics.cue_following import following


def cue_fold(x: Intervals, cues: Sequence[Cue]) -> CueFold | None:
    """Return the heart rates of ``x`` (those as measured, each at its middle) against the phase of the cue whose plans
    are ``cues``, oldest first; None where there was no cue, or fewer than two beats with it."""
    plans = Plans(math.inf)
    for cue in cues:
        plans.add(cue)
    course = plans.course()
    if not course:
        return None
    middles = x.t_s - x.rr_ms / 2000
    keep = x.normal & (middles >= course[0].t_s[0])
    t_s, rate = middles[keep], np.asarray(60000 / x.rr_ms[keep], dtype=np.float64)
    if len(t_s) < 2:
        return None
    cycles = course[0].at(t_s)
    phase = np.asarray(cycles % 1.0, dtype=np.float64)
    return CueFold(phase, rate, cues[-1].inhale_fraction, float(rate.mean()), following(t_s, rate, cycles))
