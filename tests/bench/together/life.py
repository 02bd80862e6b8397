"""What two virtual people live through together: their cues, what they share and who is ahead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from biosync.types import FloatArray

RATE_HZ = 10.0
WARMUP_S = 60.0
"""Hearts run for so long before the recording begins, so that nothing in it comes from how they were started."""
_AFTER_S = 10.0


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue whose pace goes evenly from ``start_bpm`` to ``end_bpm`` over ``seconds``; ``phase`` (cycles) at 0 s."""

    start_bpm: float
    end_bpm: float
    seconds: float
    phase: float = 0.0

    def rate_bpm(self, t: FloatArray) -> FloatArray:
        """Return the pace at times ``t`` (s)."""
        share = np.clip(t / self.seconds, 0.0, 1.0)
        return np.asarray(self.start_bpm + (self.end_bpm - self.start_bpm) * share)

    def cycles(self, t: FloatArray) -> FloatArray:
        """Return the phase at times ``t`` (s) in cycles, not wrapped."""
        inside = np.clip(t, 0.0, self.seconds)
        slope = (self.end_bpm - self.start_bpm) / self.seconds
        before, after = np.minimum(t, 0.0), np.maximum(t - self.seconds, 0.0)
        turned = self.start_bpm * (before + inside) + slope * inside**2 / 2 + self.end_bpm * after
        return np.asarray(self.phase + turned / 60)


@dataclass(frozen=True, slots=True)
class Life:
    """``shared_bpm``: SD of what both hearts share, 0.03 to 0.3 Hz, besides the cue; the first person is ``lead_s``
    ahead in it. ``loses_cue_at``: when (s) the second person goes back to their own breath. ``stress_at``: when
    something startles both."""

    seconds: float = 200.0
    cues: tuple[Cue | None, Cue | None] = (None, None)
    shared_bpm: float = 0.0
    lead_s: float = 0.0
    loses_cue_at: float | None = None
    stress_at: float | None = None

    def grid(self) -> FloatArray:
        """Return the times (s) on which continuous quantities are made, ``RATE_HZ`` apart."""
        return np.arange(-WARMUP_S, self.seconds + _AFTER_S, 1 / RATE_HZ, dtype=np.float64)


Generator = Callable[[Life, np.random.Generator], tuple[FloatArray, FloatArray]]
"""Gives the times (s) of two people's beats, from some beats before 0 on."""
