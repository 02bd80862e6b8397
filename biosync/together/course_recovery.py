"""Recovery: how long a heart rate takes from a stress half-way back to where it was (formulas A7)."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from statistics import median

REST_S = 60.0
"""Where it was: the median of so long before the stress."""
LEAST_REST_S = 30
LEAST_RISE_BPM = 5.0
"""Less of a rise can't be told from the heart's own wandering."""
PEAK_WITHIN_S = 120.0
"""A rise that begins later than so long after a mark has another reason."""
STAYS_S = 5.0
"""Half-way back is reached when it lasts so long."""
LONGEST_S = 900.0


@dataclass(frozen=True, slots=True)
class Recovery:
    """Half-way back at ``t`` (s), ``took_s`` after the marked stress, or after the peak where nobody marked one;
    ``together``: for more than half of that time in step with somebody."""

    t: float
    took_s: float
    marked: bool
    together: bool


@dataclass(slots=True)
class _Stress:
    """What is followed: from ``begin_t`` on, with the heart rate ``rest_bpm`` before it."""

    begin_t: float
    rest_bpm: float
    marked: bool
    peak_t: float = 0.0
    peak_bpm: float = 0.0
    half_t: float | None = None


class Recovering:
    """One person: follows the heart rate after a marked stress, or after a time of activation."""

    def __init__(self) -> None:
        self._rates: deque[tuple[float, float]] = deque()
        self._in_step: deque[tuple[float, bool]] = deque()
        self._stress: _Stress | None = None

    def begins(self, t: float, *, marked: bool) -> None:
        """Take note that a stress began at ``t`` (s), ``marked`` by somebody or seen by the heart rate; while one is
        followed, only a mark begins anew."""
        if self._stress is not None and not marked:
            return
        before = [rate for at, rate in self._rates if t - REST_S <= at < t]
        if len(before) >= LEAST_REST_S:
            self._stress = _Stress(t, median(before), marked)
            for at, rate in self._rates:
                if at >= t:
                    self._follow(self._stress, at, rate)

    def look(self, t: float, heart_rate_bpm: float | None, in_step: bool) -> Recovery | None:
        """Take the heart rate (None: unknown) at time ``t`` (s, rising, about once a second), and if the person is in
        step with somebody; return the recovery where it is reached now."""
        self._in_step.append((t, in_step))
        while self._in_step[0][0] < t - LONGEST_S:
            self._in_step.popleft()
        if heart_rate_bpm is None:
            return None
        self._rates.append((t, heart_rate_bpm))
        while self._rates[0][0] < t - 2 * REST_S:
            self._rates.popleft()
        if self._stress is None:
            return None
        self._follow(self._stress, t, heart_rate_bpm)
        return self._reached(self._stress, t)

    def _follow(self, stress: _Stress, t: float, rate_bpm: float) -> None:
        if rate_bpm > stress.peak_bpm:
            stress.peak_t, stress.peak_bpm, stress.half_t = t, rate_bpm, None
        if rate_bpm > (stress.rest_bpm + stress.peak_bpm) / 2:
            stress.half_t = None
        elif stress.half_t is None:
            stress.half_t = t

    def _reached(self, stress: _Stress, t: float) -> Recovery | None:
        risen = stress.peak_bpm - stress.rest_bpm >= LEAST_RISE_BPM
        if t - stress.begin_t > (LONGEST_S if risen else PEAK_WITHIN_S):
            self._stress = None
            return None
        if not risen or stress.half_t is None or t - stress.half_t < STAYS_S:
            return None
        self._stress = None
        begin_t, half_t = stress.begin_t if stress.marked else stress.peak_t, stress.half_t
        return Recovery(half_t, half_t - begin_t, stress.marked, self._mostly_in_step(begin_t, half_t))

    def _mostly_in_step(self, begin_t: float, end_t: float) -> bool:
        there = [in_step for t, in_step in self._in_step if begin_t <= t <= end_t]
        return 2 * sum(there) > len(there)
