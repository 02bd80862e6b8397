"""The rhythm in which notifications arrive: how often, how unsteadily, and whether one is missing."""

from __future__ import annotations

from collections import deque

_REMEMBERED = 31
_LEAST_JITTER_S = 0.03
_MOST_JITTER_S = 0.45
_FEW = 6
"""Fewer notifications than this don't tell how often they come."""


class NotificationRhythm:
    """What the spacing of one strap's notifications says about the radio. All times in seconds."""

    def __init__(self) -> None:
        self._spacings: deque[float] = deque(maxlen=_REMEMBERED)
        self._unsteadiness_s = _MOST_JITTER_S / 3
        self._count = 0

    def feed(self, spacing_s: float) -> float:
        """Take the time since the last notification; return for how long of it one or more seem to have been missing.

        That is 0 where all is as usual, and below 0 where one comes in a burst: it makes up for a missing one.
        """
        self._spacings.append(spacing_s)
        self._count += 1
        if self._count < _FEW:
            return 0.0
        usual = sorted(self._spacings)[len(self._spacings) // 2]
        if spacing_s > 1.5 * usual:
            return spacing_s - usual
        if spacing_s < 0.4 * usual:
            return spacing_s - usual
        share = max(1 / 40, 1 / self._count)
        self._unsteadiness_s += share * (abs(spacing_s - usual) - self._unsteadiness_s)
        return 0.0

    @property
    def jitter_s(self) -> float:
        """How late an arrival may be: arrivals evenly up to J late lie J / 3 off their usual spacing on average."""
        return min(_MOST_JITTER_S, max(_LEAST_JITTER_S, 3.3 * self._unsteadiness_s))
