"""What hours say of the offset now: guesses of single moments, laid on one straight line.

``offset.py`` guesses from the last minute and knows little while a heart is in step with its notifications. A strap's
clock runs evenly for hours: a straight line through the guesses (least squares, the surer ones weighing more, older
ones less) knows far more, and stays between the lines of ``fence.py``.
"""

from __future__ import annotations

import math

from biosync.heart.fence import Fence

_MEMORY_S = 3600.0
"""A guess of so long ago weighs a third."""
_SUREST_S = 0.02
_FENCE_DOUBT_S = 0.03
"""The fence may stand this far off: its lines are drawn on from a few points."""
_LEAST_LATE_S = 0.1
_OPEN_S = 0.4
"""Lines this far apart have not seen the heart out of step yet: then nothing is known beyond the last minute."""
_EVENNESS = 1e9
"""How firmly a clock is taken to be right before it has shown otherwise: as if it were known to some 50 millionths,
since a guess is off by about a quarter of its width, and forty in a row by much the same."""
_UNEVEN = 200e-6
"""A clock that seems to run further off than this is believed."""
_ASTRAY_S = 120.0
"""So long outside of what the last minute allows, and the line holds no more: the clock or the chain has jumped."""


class LongRun:
    """Learns from one stretch. All values in seconds."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._fence = Fence()
        self._at: float | None = None
        self._well_at = -math.inf
        self._w = self._wt = self._wtt = self._wg = self._wtg = 0.0  # weighed sums; times count from the last arrival

    def feed(self, t: float, delay: float, bound: float | None) -> None:
        """Take the ``delay`` of an arrival at ``t``; ``bound`` as for the fence."""
        self._fence.feed(t, delay, bound)

    def best(self, t: float, lowest: float, guess: float, highest: float, jitter_s: float) -> float:
        """Return the best guess at the offset at ``t``, between ``lowest`` and ``highest``, from the last minute's
        ``guess`` and all before; ``jitter_s`` is how late the radio may be."""
        self._learn(t, guess, highest - lowest)
        fence = self._fence.bounds(t)
        if fence is None:
            return guess
        low, high = min(fence[0] - jitter_s, fence[1] - _LEAST_LATE_S), fence[1]
        if high - low > jitter_s + _OPEN_S:
            return guess
        found = max(low - _FENCE_DOUBT_S, min(high + _FENCE_DOUBT_S, self._line()))
        if lowest <= found <= highest:
            self._well_at = t
        elif t - self._well_at > _ASTRAY_S:
            self._begin()
            return guess
        return max(lowest, min(highest, found))

    def _learn(self, t: float, guess: float, width: float) -> None:
        dt = 0.0 if self._at is None else t - self._at
        self._at = t
        self._wtt += dt * (dt * self._w - 2 * self._wt)
        self._wtg -= dt * self._wg
        self._wt -= dt * self._w
        kept, weight = math.exp(-dt / _MEMORY_S), 1 / (width * width + _SUREST_S * _SUREST_S)
        self._w, self._wt, self._wtt = kept * self._w + weight, kept * self._wt, kept * self._wtt
        self._wg, self._wtg = kept * self._wg + weight * guess, kept * self._wtg

    def _line(self) -> float:
        """Return the line's value at the last arrival."""
        t, guess = self._wt / self._w, self._wg / self._w
        spread = self._wtt - self._wt * t
        slope = (self._wtg - self._wt * guess) / spread
        if abs(slope) < _UNEVEN:
            slope *= spread / (spread + _EVENNESS)
        return guess - slope * t
