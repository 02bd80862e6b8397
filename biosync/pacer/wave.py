"""The cue's phase: continuous whatever the pace does, with its recent past, so that a heart can be held against it."""

from __future__ import annotations

from collections import deque

import numpy as np

from biosync.types import FloatArray

MEMORY_S = 240.0
DUST = 1e-12
"""So near to its end a cycle is over: what is put out is rounded to no less, and says so already."""


class Wave:
    """The unwrapped phase of a cue, in cycles: it only ever advances by the pace that was last put out."""

    def __init__(self, t: float, rate_bpm: float) -> None:
        self._bends: deque[tuple[float, float]] = deque([(t, 0.0)])
        self.t = t
        self.rate_bpm = rate_bpm
        self._whole = 0  # kept apart from the fraction, so that hours lose no digits
        self._fraction = 0.0

    @property
    def phase(self) -> float:
        """The phase at ``t`` in cycles, 0 <= phase < 1; 0 is where the in-breath begins."""
        return self._fraction

    @property
    def cycles(self) -> float:
        """The unwrapped phase at ``t`` in cycles."""
        return self._whole + self._fraction

    def advance(self, t: float) -> bool:
        """Go on to time ``t`` (never back); return True if an in-breath has begun on the way."""
        moved = self._fraction + max(0.0, t - self.t) * self.rate_bpm / 60
        whole = int(moved + DUST)
        self._whole, self._fraction = self._whole + whole, max(0.0, moved - whole)
        self.t = max(t, self.t)
        return whole > 0

    def turn_to(self, rate_bpm: float) -> None:
        """Go on at another pace from here."""
        self._bends.append((self.t, self.cycles))
        self.rate_bpm = rate_bpm
        while len(self._bends) > 2 and self._bends[1][0] < self.t - MEMORY_S:
            self._bends.popleft()

    def cycles_at(self, t_s: FloatArray) -> FloatArray:
        """Return the unwrapped phase (n,) at the past times ``t_s`` (n,); before the cue began it is run backwards."""
        times = np.array([bend[0] for bend in self._bends] + [self.t + 1e-9])
        cycles = np.array([bend[1] for bend in self._bends] + [self.cycles])
        found = np.interp(t_s, times, cycles)
        outside = t_s > self.t
        return np.asarray(np.where(outside, self.cycles + (t_s - self.t) * self.rate_bpm / 60, found))

    @property
    def started_t(self) -> float:
        """When the remembered cue begins, in seconds."""
        return self._bends[0][0]
