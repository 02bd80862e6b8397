"""The offset between a chain of intervals and the host's clock, held between two bounds that arrivals narrow.

With ``c`` the running sum of the intervals up to the last one of a notification, and ``a`` its arrival,
``a - c = offset + wait + lateness``: the wait since that beat ended is at least 0 and less than the interval that comes
next; it is late by what the strap holds beats back now and then, and by the radio. So every arrival puts the offset
between ``a - c - next RR - most lateness`` and ``a - c``.
"""

from __future__ import annotations

import math
from collections import deque
from itertools import pairwise

DRIFT = 0.002
"""A strap's clock may run this much fast or slow: by so much a second the highest offset gives way."""
FORGETTING = 0.01
"""The same for what speaks for a high offset: late intervals may have misled, and it is learned anew every second."""
MOST_HOLD_S = 0.4
"""A strap may hold a beat back by this much beyond the next one, as a Polar H10 does (0.25 s in ten minutes)."""
_REMEMBERED = 40
_RARE = 0.02


class Offset:
    """The bounds on one offset, in seconds; ``lowest`` and ``highest`` are what is known at first."""

    def __init__(self, lowest: float, highest: float) -> None:
        self.lowest = lowest
        self.highest = highest
        self._delays: deque[float] = deque(maxlen=_REMEMBERED)
        self._latest = lowest  # the highest offset at which the latest arrival would not have been late

    def age(self, seconds: float) -> None:
        """Let ``seconds`` pass, in which the strap's clock drifts."""
        self.lowest -= FORGETTING * seconds
        self.highest += DRIFT * seconds
        self._latest -= FORGETTING * seconds

    def least(self, jitter_s: float) -> float:
        """Return what the offset can't be below, in seconds, unless something came too late."""
        return min(self.highest, max(self.lowest, self._latest - jitter_s - MOST_HOLD_S))

    def not_after(self, delay: float) -> None:
        """Learn from an arrival ``delay`` after its last interval on the chain: the offset is no higher."""
        self.highest = min(self.highest, delay)
        self.lowest = min(self.lowest, self.highest)
        self._delays.append(delay)

    def not_late(self, bound: float) -> float:
        """Learn that the next beat had not been sent: but for lateness the offset is no lower than ``bound``.

        Returns how late (s) this arrival must have been, below 0 where it need not have been late.
        """
        self._latest = max(self._latest, bound)
        return bound - self.highest

    def likely(self, rr_s: float, jitter_s: float, late_s: float) -> tuple[float, float, float]:
        """Return the lowest, the best and the highest guess at the offset, for intervals of ``rr_s`` that come
        late by up to ``jitter_s`` through the radio, and by ``late_s`` or more where the strap has shown that it holds
        beats back.

        The shortest delay lies above the offset by the shortest wait and the shortest lateness together.
        """
        # Neither the shortest nor the longest delay is ever met, so the hold is longer than what shows.
        held_s = late_s + 0.8 * self._by_chance(rr_s, late_s) if late_s > jitter_s / 2 else 0.0
        late_s = max(jitter_s, min(jitter_s + MOST_HOLD_S, held_s))
        hole = self._hole(rr_s)
        shortest = max(self._by_chance(rr_s, late_s), hole + late_s * min(1.0, 4 * hole / rr_s))
        lowest = max(self.least(jitter_s), self.highest - shortest)
        best = max(self.highest - 0.4 * shortest, (lowest + self.highest) / 2)
        return lowest, best, self.highest

    def _by_chance(self, rr_s: float, late_s: float) -> float:
        """Return what the shortest of n delays exceeds in 2 of 100 cases if waits and lateness are independent.

        A delay is below x with chance F = x² / (2 RR late) for x up to ``late_s``, where both wait and lateness must be
        short, else (x - late / 2) / RR; the shortest of n is above x with chance (1 - F) ** n. One wait
        tells something of the next, so two count as one.
        """
        chance = 1 - math.pow(_RARE, 2 / len(self._delays))
        if chance * rr_s < late_s / 2:
            return math.sqrt(2 * rr_s * late_s * chance)
        return chance * rr_s + late_s / 2

    def _hole(self, rr_s: float) -> float:
        """Return the widest hole between the delays seen, and one beat on: there may be as wide a one below them. A
        heart in step with the notifications waits as long each time: many equal waits say no more than one."""
        delays = sorted(self._delays)
        delays.append(max(delays[-1], delays[0] + rr_s))
        return max(b - a for a, b in pairwise(delays))
