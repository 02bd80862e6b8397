"""The chain of one person's intervals, pinned to the host's clock: where each beat is placed, give or take."""

from __future__ import annotations

import math
from dataclasses import dataclass

from biosync.heart.long_run import LongRun
from biosync.heart.offset import MOST_HOLD_S, Offset

SETTLING_S = 30.0
"""A stretch is young for so long: its beat times may still move by ``EARLY_SLEW``."""
SLEW = 0.005
"""How fast beat times may move against the chain once they have settled: 5 ms a second."""
EARLY_SLEW = 0.1
"""The same while a stretch is young; below 1, so beat times always rise."""
_OUTRUN_S = 0.15
"""An arrival this much too early has more intervals than time has passed."""
_LATE_AT_FIRST_S = 0.15
"""How late a strap is taken to hold beats back until it has shown."""
_FORGETTING = 0.995
"""How much of that lateness is still believed at the next arrival: a third after about four minutes."""
_MARGIN_S = 0.02
_REPEAT_S = 10.0
"""A repeated interval shows within this time: arrivals then come too early, by a beat less the longest wait so far."""
_REPEATED = 0.5
_REPEATED_S = 0.25


@dataclass(frozen=True, slots=True)
class PlacedBeat:
    """A beat on the host's clock: its interval, when that ended, give or take, and if beats were lost just before."""

    rr_ms: float
    beat_t: float
    t_uncertainty_s: float
    gap: bool


@dataclass(frozen=True, slots=True)
class Packet:
    """Intervals ``rr_ms`` (at least one) that arrived together ``at`` (s), ``length_s`` in all; ``missing_s``: for how
    long notifications were missing before them, below 0 where they make up for missing ones."""

    at: float
    rr_ms: tuple[float, ...]
    length_s: float
    missing_s: float


class Chain:
    """Places the beats of one person; a gap begins a new stretch, whose offset is learned anew."""

    def __init__(self, delay_s: float, delay_uncertainty_s: float) -> None:
        self._delay_s = delay_s
        self._delay_uncertainty_s = delay_uncertainty_s
        self.length_s = 0.0
        self.rr_s = 1.0
        self._offset: Offset | None = None
        self._long_run = LongRun()
        self._used: float | None = None  # the offset that beats are placed with: follows the best guess, slowly
        self._late_s = _LATE_AT_FIRST_S
        self._gap = False
        self._suspected_s = 0.0
        self._aged_at = 0.0
        self._young_until = 0.0
        self._wide_until = self._repeat_until = self._repeat_below = -math.inf
        self._last_beat_t = -math.inf
        self._last_delay: float | None = None
        self._last: Packet | None = None

    def begin_stretch(self, bounds: tuple[float, float] | None) -> None:
        """Break the chain: the next beat follows a gap. ``bounds`` of its offset (s), where something is known."""
        self._offset = None if bounds is None else Offset(*bounds)
        self._long_run = LongRun()
        self._used = self._last_delay = self._last = None
        self._repeat_until = -math.inf
        self._suspected_s = 0.0
        self._gap = True

    def bounds(self, now: float, jitter_s: float) -> tuple[float, float] | None:
        """Return between what (s) the offset lies at time ``now``, None before the first arrival of a stretch."""
        if self._offset is None:
            return None
        self._age(self._offset, now)
        lowest, _, highest = self._offset.likely(self.rr_s, jitter_s, self._late_s)
        return lowest, highest

    def _age(self, offset: Offset, now: float) -> None:
        offset.age(now - self._aged_at)
        self._aged_at = now

    def longest_wait_s(self, jitter_s: float) -> float:
        """Return how far above the offset an arrival in time may lie."""
        return self.rr_s + MOST_HOLD_S + jitter_s

    def doubt(self, until: float) -> None:
        """Place beats ``until`` then with a whole interval more of uncertainty."""
        self._wide_until = until

    def suspect(self, missing_s: float) -> None:
        """Place beats with ``missing_s`` more of uncertainty from now on: so much may have been lost unnoticed."""
        self._suspected_s = max(self._suspected_s, missing_s)

    def trust(self) -> None:
        """An arrival came so early that nothing can have been lost: no suspicion is left."""
        self._suspected_s = 0.0

    def place(self, packet: Packet, jitter_s: float) -> list[PlacedBeat]:
        """Place the beats of ``packet``; ``jitter_s``: how late it may have arrived."""
        if self._offset is not None:
            self._learn_wait(self._offset, packet, jitter_s)
        self.length_s += packet.length_s
        self.rr_s = packet.rr_ms[-1] / 1000
        self._last = packet
        delay = packet.at - self.length_s
        if self._offset is None:
            self._offset = Offset(delay - 1.2 * self.longest_wait_s(jitter_s), delay)
            self._aged_at = packet.at
        in_time = packet.missing_s == 0.0 and delay <= self._offset.highest + self.longest_wait_s(jitter_s)
        self._offset.not_after(delay)
        self._long_run.feed(packet.at, delay, self._not_below(packet))
        self._last_delay = delay if in_time else None
        return self._beats(packet, self._follow(self._offset, packet, jitter_s))

    def _learn_wait(self, offset: Offset, packet: Packet, jitter_s: float) -> None:
        """Learn how long the beat before ``packet`` can have waited, and if one of its intervals came twice."""
        self._age(offset, packet.at)
        bound = self._not_below(packet)
        if bound is not None:
            late_s = offset.not_late(bound)
            self._late_s = max(_FORGETTING * self._late_s, late_s)
        delay = packet.at - self.length_s - packet.length_s
        if self._repeats(packet):
            self._repeat_until = packet.at + _REPEAT_S
            least_s = max(_REPEATED * self.rr_s, _REPEATED_S)
            self._repeat_below = offset.highest - least_s if packet.at > self._young_until else -math.inf
            if delay < offset.highest + jitter_s:  # this can't be told yet
                self.doubt(self._repeat_until)
        below = self._repeat_below if packet.at < self._repeat_until else -math.inf
        if delay < max(offset.least(jitter_s) - _OUTRUN_S, below):  # more intervals than time
            self.begin_stretch(None)

    def _not_below(self, packet: Packet) -> float | None:
        """Return below what (s) the offset is only if the last arrival was late: the first beat of ``packet`` had not
        been sent with it."""
        return None if self._last_delay is None else self._last_delay - packet.rr_ms[0] / 1000

    def _repeats(self, packet: Packet) -> bool:
        """Tell if ``packet`` may begin with intervals that have come already."""
        last = self._last
        return last is not None and (packet.rr_ms[0] == last.rr_ms[-1] or packet.rr_ms == last.rr_ms)

    def _follow(self, offset: Offset, packet: Packet, jitter_s: float) -> float:
        """Move the offset in use towards the best guess as far as it may; return how uncertain it is, in seconds."""
        lowest, best, highest = offset.likely(self.rr_s, jitter_s, self._late_s)
        best = self._long_run.best(packet.at, lowest, best, highest, jitter_s)
        if self._used is None:
            begin = self.length_s - packet.length_s - self._delay_s
            self._used = max(best, self._last_beat_t - begin)  # not before the last beat of the stretch before
            self._young_until = packet.at + SETTLING_S
        else:
            most = EARLY_SLEW * packet.rr_ms[0] / 1000  # so that the first beat stays behind the last one
            step = most if packet.at < self._young_until else min(most, SLEW * packet.length_s)
            self._used += max(-step, min(step, best - self._used))
        wide = self._suspected_s + (self.rr_s if packet.at < self._wide_until else 0.0)
        return max(highest - self._used, self._used - lowest) + _MARGIN_S + wide

    def _beats(self, packet: Packet, uncertainty: float) -> list[PlacedBeat]:
        assert self._used is not None
        t = self.length_s - packet.length_s + self._used - self._delay_s
        placed: list[PlacedBeat] = []
        for rr_ms in packet.rr_ms:
            t += rr_ms / 1000
            placed.append(PlacedBeat(rr_ms, t, uncertainty + self._delay_uncertainty_s, self._gap))
            self._gap = False
        self._last_beat_t = t
        return placed
