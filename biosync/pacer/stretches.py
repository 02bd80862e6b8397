"""Stretches of a reading: the beats of the last breaths of a cue."""

from __future__ import annotations

import numpy as np

from biosync.pacer.evidence import line
from biosync.pacer.reading import Reading
from biosync.pacer.wave import Wave
from biosync.types import BoolArray, FloatArray

SHORT_CYCLES, SHORT_S = 1.35, 9.0
"""The shortest stretch that tells of a breath: so much of one of the cue, and no less than so many seconds."""
GAP_S, ENOUGH = 4.0, 0.7
"""Beats are missing where two lie so far apart; nothing is told before there is so much of a stretch after them."""
STALE_S = 9.0
"""Beats are held in doubt for up to 5 s, and labelled later; that nothing comes, the quality tells before."""
WHOLE = 0.9
"""So much of a stretch must be there to tell of all of it."""
SETTLE_CYCLES = 0.8
"""So long a heart takes to swing as it does at a new pace."""


def short_s(rate_bpm: float) -> float:
    """Return how long the shortest stretch is (s) at the pace ``rate_bpm``."""
    return max(SHORT_S, SHORT_CYCLES * 60 / rate_bpm)


def since(reading: Reading, wave: Wave, seconds: float, beats: int = 1) -> BoolArray:
    """Return which beats are of the last ``seconds``, or the last ``beats`` where those are more, and of the cue's
    time."""
    begin_t = min(reading.t_s[-1] - seconds, reading.t_s[-min(beats, len(reading.t_s))])
    return np.asarray(reading.t_s >= max(begin_t, wave.started_t))


def tells_nothing(reading: Reading, t: float, rate_bpm: float) -> bool:
    """Tell if a reading says nothing of time ``t``: no beats come, or too few since a gap."""
    unread = not len(reading.t_s) or reading.quality == "none" or t - float(reading.t_s[-1]) > STALE_S
    return unread or after_gap(reading, rate_bpm)


def after_gap(reading: Reading, rate_bpm: float) -> bool:
    """Tell if beats are missing in most of the last breath: a few beats tell little of one."""
    first = int(np.searchsorted(reading.t_s, reading.t_s[-1] - ENOUGH * short_s(rate_bpm)))
    return longest_gap_s(reading.t_s[max(0, first - 1) :]) > GAP_S


def longest_gap_s(t_s: FloatArray) -> float:
    """Return the longest time between two of the beats at ``t_s`` (n,), 0 where there are fewer than two."""
    return float(np.max(np.diff(t_s))) if len(t_s) > 1 else 0.0


def whole(t_s: FloatArray, seconds: float) -> bool:
    """Tell if the beats at ``t_s`` (n,) fill ``seconds``, without a gap."""
    return len(t_s) > 1 and bool(t_s[-1] - t_s[0] >= WHOLE * seconds) and longest_gap_s(t_s) <= GAP_S


def line_over(
    reading: Reading, wave: Wave, cycles: float, limits_s: tuple[float, float], least: float, after_t: float = -np.inf
) -> tuple[float, complex]:
    """Return how likely a swing as large as the one with the cue is by chance (``evidence.line``), and that swing, over
    so many ``cycles`` and within ``limits_s``, of what came since ``after_t``; 1 where less than the share ``least`` of
    the shorter limit is there."""
    length = min(limits_s[1], max(limits_s[0], cycles * 60 / wave.rate_bpm))
    keep = since(reading, wave, length) & reading.normal & (reading.t_s >= after_t)
    t_s = reading.t_s[keep]
    if len(t_s) < 2 or t_s[-1] - t_s[0] < least * limits_s[0]:
        return 1.0, 0j
    return line(t_s, reading.heart_rate_bpm[keep], wave.cycles_at(t_s)) or (1.0, 0j)


def pace_answered(wave: Wave, t_s: FloatArray) -> float:
    """Return the pace (a minute) that a heart which takes a while to settle answered to at ``t_s``."""
    ends = np.array([t_s[0], t_s[-1]]) - SETTLE_CYCLES * 60 / wave.rate_bpm
    cycles = wave.cycles_at(np.asarray(ends, dtype=np.float64))
    return 60 * float(cycles[1] - cycles[0]) / float(ends[1] - ends[0])
