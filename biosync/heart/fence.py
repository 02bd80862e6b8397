"""Two straight lines that hours of arrivals put round the offset, if the strap's clock runs evenly.

The bounds of ``offset.py`` forget within a minute, since a strap's clock may run 0.2 % fast or slow. Most run evenly:
then no delay lies below the line on which the offset moves, and no lower bound above it. Each line is found as the skew
between two computers' clocks is (Moon, Skelly and Towsley, 1999): of all that have every point on one side the one
closest to them, an edge of their convex hull. A heart in step with its notifications shows nothing but long waits for
minutes; in an hour some are short.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from math import inf

_BLOCK_S = 60.0
"""Of so many seconds only the shortest delay and the highest lower bound count."""
_BLOCKS = 240
_LEAST_BLOCKS = 15

Point = tuple[float, float]


class Fence:
    """Learns from one stretch; closed once a quarter of an hour is known. All times in seconds."""

    def __init__(self) -> None:
        self._above: deque[Point] = deque(maxlen=_BLOCKS)
        self._below: deque[Point] = deque(maxlen=_BLOCKS)
        self._block_until = inf
        self._lowest = self._highest = (-inf, inf)
        self._lines: tuple[Line, Line] | None = None

    def feed(self, t: float, delay: float, bound: float | None) -> None:
        """Take the ``delay`` of the arrival at ``t``, and the ``bound`` below which the offset is only if the one
        before was late; None where it says nothing."""
        if self._block_until == inf:
            self._block_until = t + _BLOCK_S
        elif t >= self._block_until:
            self._end_block(t)
        self._lowest = min(self._lowest, (t, delay), key=_value)
        if bound is not None:
            self._highest = min(self._highest, (t, -bound), key=_value)

    def bounds(self, t: float) -> tuple[float, float] | None:
        """Return between what the offset lies at ``t`` if nothing is late; None while too little is known."""
        if self._lines is None:
            return None
        above, below = self._lines
        return -below.at(t), above.at(t)

    def _end_block(self, t: float) -> None:
        self._above.append(self._lowest)
        if self._highest[1] < inf:
            self._below.append(self._highest)
        self._block_until, self._lowest, self._highest = t + _BLOCK_S, (-inf, inf), (-inf, inf)
        if min(len(self._above), len(self._below)) >= _LEAST_BLOCKS:
            self._lines = closest_below(self._above), closest_below(self._below)


class Line(tuple[float, float, float]):
    """A straight line: (a time, its value there, its slope)."""

    def at(self, t: float) -> float:
        """Return its value at ``t``."""
        start, value, slope = self
        return value + slope * (t - start)


def closest_below(points: Sequence[Point]) -> Line:
    """Return the line with none of the ``points``, at least two in order of time, below it that is closest to them."""
    hull: list[Point] = []
    for point in points:
        while len(hull) > 1 and not _bends_up(hull[-2], hull[-1], point):
            hull.pop()
        hull.append(point)
    middle = sum(t for t, _ in points) / len(points)
    (start, value), (end, other) = next((a, b) for a, b in pairwise(hull) if b[0] >= middle)
    return Line((start, value, (other - value) / (end - start)))


def _bends_up(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])


def _value(point: Point) -> float:
    return point[1]
