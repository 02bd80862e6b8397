"""Recognises sensors which compute RR intervals from their rounded heart rate instead of measuring them.

Seen in a Mio Fuse capture (wrist, optical): every interval is round(61440 / heart rate) ticks of 1/1024 s, and the
same value stands twice in a frame. Such numbers carry no variability, so HRV must be refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import ceil, floor, log

ENOUGH_FRAMES = 10
"""Notifications in a row which must fit before a sensor is taken for a computing one."""
EVIDENCE = log(1e5)
"""How unlikely (1 in 100,000) that must be for measured intervals: fast hearts fit by chance every other beat."""
LEAST_BEATS, LEAST_DIFFERENT = 20, 4
VALUE_EVIDENCE = log(1e4)
"""How unlikely it must be that so many different values are all those of whole rates."""
MISFITS = 0.02
"""Share of intervals that need not fit: one that was merged or cut on the way."""


class SensorGate:
    """Tells, notification by notification, whether a sensor computes its RR from the rounded heart rate."""

    def __init__(self) -> None:
        self._frames = 0
        self._evidence = 0.0
        self._twins = 0
        self._misfits = 0
        self._synthetic = False

    def feed(self, heart_rate_bpm: int, rr_ticks: Sequence[int]) -> bool:
        """Take one notification with its RR (1/1024 s); return True while the intervals are taken for computed."""
        if heart_rate_bpm <= 0 or not rr_ticks:
            return self._synthetic
        fits = all(abs(rr - 61440 / heart_rate_bpm) <= 0.5 for rr in rr_ticks)
        self._frames = self._frames + 1 if fits else 0
        self._evidence = self._evidence + _surprise(heart_rate_bpm) if fits else 0.0
        if len(rr_ticks) > 1:
            self._twins = self._twins + 1 if len(set(rr_ticks)) == 1 else 0
        computed = self._frames >= ENOUGH_FRAMES and self._evidence > EVIDENCE
        self._weigh(computed or self._twins >= ENOUGH_FRAMES, fits or self._twins > 0)
        return self._synthetic

    def _weigh(self, computed: bool, fits: bool) -> None:
        """Keep the verdict until as many notifications speak against it as were needed for it."""
        self._misfits = 0 if fits else self._misfits + 1
        if computed:
            self._synthetic = True
        elif self._misfits >= ENOUGH_FRAMES:
            self._synthetic = False


def _surprise(heart_rate_bpm: int) -> float:
    """Return how surprising it is that a measured interval is exactly the one of a whole heart rate (in nats)."""
    return log(max(1.0, 61440 / heart_rate_bpm - 61440 / (heart_rate_bpm + 1)))


def synthetic_rr(rr_ms: Sequence[float]) -> bool:
    """Return True where intervals (ms, oldest first, no heart rate known) are those of whole heart rates.

    One way of rounding must explain nearly all of them, and by chance only once in 100,000: a step from one value to
    the next counts once, and so does each value, since a regular heart in coarse steps repeats a few by itself.
    """
    beats = [round(10 * rr) for rr in rr_ms if 300 <= rr <= 2000]
    return len(beats) >= LEAST_BEATS and any(_explains(known, beats) for known in _rounded_rates())


def _explains(known: frozenset[int], beats: list[int]) -> bool:
    """Return whether ``beats`` (tenths of a ms) are values of ``known``, and too many for chance."""
    misfits = 0
    for rr in beats:
        misfits += rr not in known
        if misfits > len(beats) * MISFITS:
            return False
    values = {rr for rr in beats if rr in known}
    steps = (b for a, b in pairwise(beats) if a != b and b in known)
    few = len(values) < LEAST_DIFFERENT or sum(map(_rarity, values)) < VALUE_EVIDENCE
    return not few and sum(map(_rarity, steps)) > EVIDENCE


def _rarity(tenths: int) -> float:
    """Return how surprising it is that an interval measured to 1 ms is one of a whole rate (in nats)."""
    ms = tenths / 10
    return log(max(1.0, ms * ms / 60000))


@cache
def _rounded_rates() -> tuple[frozenset[int], ...]:
    """Return, for each way in which a sensor and a file may round, all intervals of whole rates in tenths of a ms."""
    rates = range(29, 202)
    exact = [60000 / rate for rate in rates]
    ticks = [round(61440 / rate) / 1.024 for rate in rates]
    cut_ticks = [61440 // rate / 1.024 for rate in rates]
    ways: list[Sequence[float]] = [
        exact, [round(ms) for ms in exact], [floor(ms) for ms in exact],
        ticks, [round(ms) for ms in ticks], [floor(ms) for ms in ticks],
        cut_ticks, [round(ms) for ms in cut_ticks], [floor(ms) for ms in cut_ticks],
        [round(round(ms) * 1.024) / 1.024 for ms in exact], [floor(floor(ms) * 1.024) / 1.024 for ms in exact],
    ]  # fmt: skip
    # Either neighbour: files round again.
    return tuple(frozenset(place for ms in way for place in (floor(10 * ms), ceil(10 * ms))) for way in ways)
