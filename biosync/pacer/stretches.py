"""Stretches of a reading: the beats of the last breaths of a cue."""

from __future__ import annotations

import numpy as np

from biosync.pacer.reading import Reading
from biosync.pacer.wave import Wave
from biosync.types import BoolArray, FloatArray

SHORT_CYCLES, SHORT_S = 1.35, 9.0
"""The shortest stretch that tells of a breath: so much of one of the cue, and no less than so many seconds."""
GAP_S, ENOUGH = 4.0, 0.7
"""Beats are missing where two lie so far apart; nothing is told before there is so much of a stretch after them."""
SETTLE_CYCLES = 0.8
"""So long a heart takes to swing as it does at a new pace."""


def short_s(rate_bpm: float) -> float:
    """Return how long the shortest stretch is (s) at the pace ``rate_bpm``."""
    return max(SHORT_S, SHORT_CYCLES * 60 / rate_bpm)


def since(reading: Reading, wave: Wave, seconds: float) -> BoolArray:
    """Return which beats are of the last ``seconds``, and of the cue's time."""
    return np.asarray(reading.t_s >= max(reading.t_s[-1] - seconds, wave.started_t))


def after_gap(reading: Reading, rate_bpm: float) -> bool:
    """Tell if beats are missing in most of the last breath: a few beats tell little of one."""
    late = reading.t_s[reading.t_s >= reading.t_s[-1] - GAP_S - ENOUGH * short_s(rate_bpm)]
    return bool(len(late) > 1 and np.max(np.diff(late)) > GAP_S)


def pace_answered(wave: Wave, t_s: FloatArray) -> float:
    """Return the pace (a minute) that a heart which takes a while to settle answered to at ``t_s``."""
    ends = np.array([t_s[0], t_s[-1]]) - SETTLE_CYCLES * 60 / wave.rate_bpm
    cycles = wave.cycles_at(np.asarray(ends, dtype=np.float64))
    return 60 * float(cycles[1] - cycles[0]) / float(ends[1] - ends[0])
