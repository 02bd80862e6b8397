"""The course of a cue: its phase at any time, from the rows of a cue file or of a session's plans."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biosync.types import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class CueCourse:
    """``t_s`` (n,) rising times in seconds, ``cycles`` (n,) the cue's unwrapped phase then (whole numbers: an in-breath
    begins); n is at least 1. ``end_rates_hz``: the cue's pace before the first and after the last of them."""

    t_s: FloatArray
    cycles: FloatArray
    end_rates_hz: tuple[float, float]

    def at(self, t_s: FloatArray) -> FloatArray:
        """Return the unwrapped phase (m,) in cycles at ``t_s`` (m,) seconds; the ends go on at their own pace."""
        first, last = self.end_rates_hz
        before = np.minimum(t_s - self.t_s[0], 0.0) * first
        after = np.maximum(t_s - self.t_s[-1], 0.0) * last
        return np.asarray(np.interp(t_s, self.t_s, self.cycles) + before + after, dtype=np.float64)


def from_rows(t_s: FloatArray, rate_bpm: FloatArray, phase: FloatArray) -> CueCourse:
    """Return the course of a cue from rows of time (s), pace (breaths a minute) and phase (cycles, 0 to 1), n each.

    Between two rows the cue has turned by the number of cycles that fits both phases and is nearest to what the mean
    pace makes; so a row may be many breaths after the one before. ValueError without rows, where a time does not rise,
    or for a value that is no number or no pace.
    """
    if not len(t_s):
        raise ValueError("a cue needs at least one row")
    if not (np.all(np.isfinite(t_s)) and np.all(np.diff(t_s) > 0)):
        raise ValueError("the times of a cue must rise from row to row")
    if not (np.all(np.isfinite(rate_bpm)) and np.all(rate_bpm > 0) and np.all(np.isfinite(phase))):
        raise ValueError("a cue needs a phase and a pace above 0 in every row")
    expected = np.diff(t_s) * (rate_bpm[1:] + rate_bpm[:-1]) / 120
    turned = expected + (np.diff(phase) - expected + 0.5) % 1.0 - 0.5
    cycles = phase[0] + np.concatenate([[0.0], np.cumsum(turned)])
    return CueCourse(np.asarray(t_s, dtype=np.float64), cycles, (float(rate_bpm[0]) / 60, float(rate_bpm[-1]) / 60))


def steady(rate_bpm: float, phase: float = 0.0) -> CueCourse:
    """Return a cue of one pace (breaths a minute) with ``phase`` (cycles) at time 0."""
    return from_rows(np.zeros(1), np.array([rate_bpm]), np.array([phase]))
