"""Ranges and marks of axes: whole steps that stay as they are while the data fit, so that nothing swims."""

from __future__ import annotations

from bisect import bisect_left
from math import ceil, floor, log10

Range = tuple[float, float]

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_SLACK = 1.8
"""A range that is so many times as wide as needed is given up."""
_TIMES_S = (1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0,
            14400.0, 21600.0, 43200.0, 86400.0)
_SAME_S = 1e-7
"""Times no farther apart than that are the same."""
_SESSION_MIN = (5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720)


def step_for(span: float, most: int) -> float:
    """Return the smallest of 1, 2, 2.5, 5 times a power of ten that cuts ``span`` (above 0) into at most ``most``."""
    rough = span / most
    power = 10.0 ** floor(log10(rough))
    return next((step * power for step in _STEPS if step * power >= rough * (1 - 1e-9)), 10 * power)


def settled(before: Range | None, low: float, high: float, least: float, steps: int = 4) -> Range:
    """Return a range of whole steps around ``low`` to ``high``, at least ``least`` wide; the one ``before`` stays while
    it holds them and is not far too wide."""
    if high - low < least:
        middle = (low + high) / 2
        low, high = middle - least / 2, middle + least / 2
    if before and before[0] <= low and high <= before[1] and before[1] - before[0] <= _SLACK * (high - low):
        return before
    step = step_for(high - low, steps)
    return floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step


def marks(low: float, high: float, most: int = 4) -> list[float]:
    """Return whole steps from ``low`` to ``high``, at most ``most`` and one."""
    step = step_for(high - low, most)
    first = ceil(low / step - 1e-9)
    return [k * step for k in range(first, floor(high / step + 1e-9) + 1)]


def time_marks(low: float, high: float, most: int) -> list[float]:
    """Return times (s) at whole seconds, minutes or hours, at most ``most`` and one."""
    step = _TIMES_S[min(bisect_left(_TIMES_S, (high - low) / most), len(_TIMES_S) - 1)]
    first = ceil((low - _SAME_S) / step)
    return [k * step for k in range(first, floor((high + _SAME_S) / step) + 1)]


def session_end(end_t: float) -> float:
    """Return until when (s) a chart of a session that has come to ``end_t`` reaches: it grows in a few large steps."""
    minutes = next((one for one in _SESSION_MIN if end_t <= 60 * one), 120 * ceil(end_t / 7200))
    return 60.0 * minutes


def sliding(end_t: float, seconds: float, step: float = 10.0) -> Range:
    """Return the last ``seconds`` until ``end_t`` (s) as a range that moves on a ``step`` at a time."""
    end = max(seconds, ceil(end_t / step - 1e-9) * step)
    return end - seconds, end
