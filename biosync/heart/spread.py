"""Order statistics of the last values, kept sorted so that each step costs about a microsecond."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import deque

LONG_WINDOW = 91
SHORT_WINDOW = 14
SHORT_WEIGHT = 0.9
EARLY_CAUTION = 12.0
COARSEST_MS = 1000 / 128
"""The step of the coarsest sensors, assumed while every value has been the same."""


class Spread:
    """The last ``size`` values (at least 2) and their quartile deviation."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._recent: deque[float] = deque()
        self._sorted: list[float] = []

    def __len__(self) -> int:
        return len(self._sorted)

    def add(self, value: float) -> None:
        """Take a value in; the oldest beyond ``size`` goes out."""
        if len(self._recent) == self._size:
            del self._sorted[bisect_left(self._sorted, self._recent.popleft())]
        self._recent.append(value)
        insort(self._sorted, value)

    def smallest_above(self, least: float) -> float:
        """Return the smallest value greater than ``least``, 0 where there is none."""
        place = bisect_left(self._sorted, least)
        return self._sorted[place] if place < len(self._sorted) else 0.0

    def quartile_deviation(self) -> float:
        """Return half the distance of the (linearly interpolated) quartiles; 0 while empty."""
        return (self._quantile(0.75) - self._quantile(0.25)) / 2

    def _quantile(self, share: float) -> float:
        values = self._sorted
        if not values:
            return 0.0
        place = (len(values) - 1) * share
        low = int(place)
        below = values[low]
        return below + (values[min(low + 1, len(values) - 1)] - below) * (place - low)


class Scale:
    """How widely a quantity varies: over the last 91 accepted values, or lately where that is more.

    The short window lets the scale grow within a few breaths when the variability rises (a deep breath, standing up),
    so that the first strong breaths are not taken for artefacts.
    """

    def __init__(self) -> None:
        self._long = Spread(LONG_WINDOW)
        self._short = Spread(SHORT_WINDOW)

    def __len__(self) -> int:
        return len(self._long)

    def add(self, value: float) -> None:
        """Take in a value of accepted beats."""
        self._long.add(value)
        self._short.add(value)

    def doubt(self, value: float) -> None:
        """Take in a value of a flagged beat which might be the first of a new variability: short window only."""
        self._short.add(value)

    def quantum(self) -> float:
        """Return the step in ms in which the sensor counts, as far as the values show it (at most 16)."""
        return min(self._long.smallest_above(0.5) or COARSEST_MS, 16.0)

    def deviation(self) -> float:
        """Return the quartile deviation, widened while there are few values; 0 while empty."""
        if not len(self._long):
            return 0.0
        caution = 1 + EARLY_CAUTION * (1 / len(self._long) - 1 / LONG_WINDOW)
        wide = self._long.quartile_deviation() * caution
        if len(self._short) < SHORT_WINDOW:
            return wide
        return max(wide, SHORT_WEIGHT * self._short.quartile_deviation())
