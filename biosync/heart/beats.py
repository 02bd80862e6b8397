"""The beat clock: RR intervals and their arrivals become beats with a time and an uncertainty on the host's clock.

A strap sends about one notification a second with the intervals that ended since the last one, and no time.
The chain of intervals gives the rhythm. Arrivals pin it: with ``c`` the running sum of the intervals, ``o`` the
unknown offset, every arrival ``a`` obeys ``a = c + o + wait + jitter`` where 0 <= wait < RR (the time since the
last beat ended) and 0 <= jitter <= J (the radio). So ``o`` lies between ``max(a - c - RR) - J`` and
``min(a - c)``: delays are only positive, and the lower envelope of ``a - c`` is the truth's upper bound.

Lost notifications raise ``a - c`` for good, late ones only for some seconds: beats in doubt are held until that is
known, at most ``PROBATION_S``. Then they follow a gap or they do not; no timeline is ever shifted to close one.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

WINDOW_S = 30.0
"""Arrivals older than this no longer pin the chain: a strap's clock may run 0.2 % off, 60 ms in this time."""
PROBATION_S = 5.0
"""Late intervals have fallen back after this long; what has not is lost."""
SLEW = 0.005
"""How fast beat times may move against the chain once they have settled: 5 ms a second."""
EARLY_SLEW = 0.1
"""The same while the first ``WINDOW_S`` of a stretch are gathered; below 1, so beat times always rise."""
SILENCE_S = 5.0
"""No arrival for this long is a gap whatever comes after: a strap keeps no more than that."""
_LEAST_JITTER_S = 0.03
_MOST_JITTER_S = 0.45
_HOLD_S = 0.4
"""A strap may hold an interval back by this much beyond one RR, as a Polar H10 does (0.37 s seen in ten minutes)."""
_DRIFT = 0.002


@dataclass(frozen=True, slots=True)
class PlacedBeat:
    """A beat on the host's clock: its interval, when that ended, give or take, and if beats were lost just before."""

    rr_ms: float
    beat_t: float
    t_uncertainty_s: float
    gap: bool


@dataclass(frozen=True, slots=True)
class _Arrival:
    at: float
    delay: float  # a - c: offset + wait + jitter
    rr_s: float
    late: bool  # was in doubt and fell back: says nothing about the usual wait


@dataclass(frozen=True, slots=True)
class _Packet:
    at: float
    rr_ms: tuple[float, ...]


class BeatClock:
    """Places the beats of one person. ``delay_s`` and ``delay_uncertainty_s``: what the strap's model is known to hold
    every beat back, and how well that is known."""

    def __init__(self, delay_s: float = 0.0, delay_uncertainty_s: float = 0.0) -> None:
        self._delay_s = delay_s
        self._delay_uncertainty_s = delay_uncertainty_s
        self._spacings: deque[float] = deque(maxlen=60)
        self._last_at: float | None = None
        self._last_beat_t: float | None = None
        self._suspect_until = -math.inf  # a notification may be missing: until then beats may be one later
        self._doubt_since: float | None = None
        self._begin_stretch(gap=False)

    def feed(self, arrival_t: float, rr_ms: Sequence[float], gap: bool = False) -> list[PlacedBeat]:
        """Take one arrival (seconds) with its intervals (ms, oldest first, may be none); return the beats placed now.

        ``gap`` says that beats are known to be lost before it (a reconnect).
        """
        placed: list[PlacedBeat] = []
        spacing = None if self._last_at is None else arrival_t - self._last_at
        self._last_at = arrival_t
        if gap or (spacing is not None and spacing > SILENCE_S):
            placed += self.flush()
            self._begin_stretch(gap=True)
        elif spacing is not None:
            self._spacings.append(spacing)
        self._held.append(_Packet(arrival_t, tuple(rr_ms)))
        return placed + self._settle(arrival_t, spacing)

    def flush(self) -> list[PlacedBeat]:
        """Place the beats that are still held in doubt, as not lost: nothing will come that could tell."""
        self._doubt_since = None
        return self._place_held()

    def _begin_stretch(self, gap: bool) -> None:
        """Start a new stretch: the chain before it says nothing about the time of what follows."""
        self._chain_s = 0.0
        self._arrivals: deque[_Arrival] = deque()
        self._offset: float | None = None
        self._gap = gap
        self._stretch_since: float | None = None
        self._held: list[_Packet] = []
        self._doubt_since = None

    def _settle(self, now: float, spacing: float | None) -> list[PlacedBeat]:
        if self._skipped(spacing):
            self._suspect_until = now + PROBATION_S
        if self._doubt_since is None and self._in_doubt(spacing):
            self._doubt_since = now
        if self._doubt_since is None:
            return self._place_held()
        delays = self._held_delays()
        if delays and min(delays) <= self._usual_delay():  # the late ones have fallen back: nothing was lost
            self._doubt_since = None
            return self._place_held(late=True)
        if now - self._doubt_since < PROBATION_S:
            return []
        held = self._held
        self._begin_stretch(gap=True)
        self._held = held
        return self._place_held()

    def _in_doubt(self, spacing: float | None) -> bool:
        """Tell if the newest packet came too late for its intervals: something was lost, or held back."""
        if self._offset is None or not self._held[-1].rr_ms:
            return False
        delay, rr_s = self._held_delays()[-1], self._held[-1].rr_ms[-1] / 1000
        return delay > self._offset + rr_s + _HOLD_S + (0.0 if self._skipped(spacing) else self._jitter_s())

    def _skipped(self, spacing: float | None) -> bool:
        """Tell if a notification seems to be missing before the newest one."""
        return spacing is not None and len(self._spacings) > 3 and spacing > 1.5 * median(self._spacings)

    def _usual_delay(self) -> float:
        """Return the delay up to which the held packets fit the chain as it was: no whole beat is missing."""
        recent = [x for x in self._arrivals if x.at >= self._arrivals[-1].at - PROBATION_S]
        return min(x.delay for x in recent) + 0.6 * recent[-1].rr_s

    def _held_delays(self) -> list[float]:
        chain, delays = self._chain_s, []
        for packet in self._held:
            chain += sum(packet.rr_ms) / 1000
            if packet.rr_ms:
                delays.append(packet.at - chain)
        return delays

    def _place_held(self, late: bool = False) -> list[PlacedBeat]:
        """Place what is held; all but the newest of it came ``late``."""
        placed: list[PlacedBeat] = []
        held, self._held = self._held, []
        for packet in held:
            if packet.rr_ms:
                placed += self._place(packet, late and packet is not held[-1])
        return placed

    def _place(self, packet: _Packet, late: bool) -> list[PlacedBeat]:
        total = sum(packet.rr_ms) / 1000
        if self._too_early(packet.at - self._chain_s - total):
            self._begin_stretch(gap=True)
        self._chain_s += total
        if self._stretch_since is None:
            self._stretch_since = packet.at
        self._arrivals.append(_Arrival(packet.at, packet.at - self._chain_s, packet.rr_ms[-1] / 1000, late))
        while self._arrivals[0].at < packet.at - WINDOW_S:
            self._arrivals.popleft()
        if self._lost_unseen():
            newest = self._arrivals[-1]
            self._begin_stretch(gap=True)
            self._chain_s, self._stretch_since = packet.at - newest.delay, packet.at
            self._arrivals.append(newest)
        uncertainty = self._move_offset(packet, total)
        return self._beats(packet.rr_ms, uncertainty)

    def _lost_unseen(self) -> bool:
        """Tell if no offset fits all arrivals in the window: a beat was lost among them without a doubt being raised."""
        lowest, highest = self._bounds()
        return lowest > highest + _HOLD_S

    def _too_early(self, delay: float) -> bool:
        """Tell if the chain has outrun the time that passed: an interval came twice, or was made up."""
        return bool(self._arrivals) and delay < self._bounds()[0] - _HOLD_S

    def _bounds(self) -> tuple[float, float]:
        """Return the lowest and the highest offset that the arrivals in the window allow, in seconds."""
        highest = min(x.delay for x in self._arrivals)
        in_time = [x.delay - x.rr_s for x in self._arrivals if not x.late]
        lowest = max(in_time, default=highest - 2.0) - self._jitter_s()
        return lowest, highest

    def _independent_waits(self) -> float:
        """Return how many independent looks at the wait the window holds: a heart at 60 bpm beats in step with the
        notifications, and thirty equal waits say no more than one."""
        rr_s, jitter = self._arrivals[-1].rr_s, self._jitter_s() / 3
        moves = (abs(b.delay - a.delay) - jitter for a, b in pairwise(self._arrivals))
        return 1.0 + sum(max(0.0, min(1.0, move / (rr_s / 3))) for move in moves)

    def _jitter_s(self) -> float:
        """Return how much of the spacing between notifications is the radio's doing, from its spread, in seconds."""
        if len(self._spacings) < 8:
            return _MOST_JITTER_S
        usual = median(self._spacings)
        off = [abs(s - usual) for s in self._spacings if s < 1.5 * usual]
        return min(_MOST_JITTER_S, max(_LEAST_JITTER_S, 1.2 * max(off, default=_MOST_JITTER_S)))

    def _move_offset(self, packet: _Packet, chain_s: float) -> float:
        """Move the offset towards its estimate as far as it may; return how uncertain it is, in seconds."""
        lowest, highest = self._bounds()
        n, rr_s = self._independent_waits(), self._arrivals[-1].rr_s
        # The shortest of n waits is RR / (n + 1) on average, and below RR (1 - 0.02^(1/n)) in 98 of 100 cases.
        shortest = rr_s * (1 - math.pow(0.02, 1 / n))
        likely_low = max(lowest, highest - shortest - 0.5 * self._jitter_s())
        target = max(highest - rr_s / (n + 1), (lowest + highest) / 2)
        if self._offset is None:
            self._offset = self._not_before_last(target, chain_s)
        else:
            early = packet.at - (self._stretch_since or packet.at) < WINDOW_S
            most = EARLY_SLEW * packet.rr_ms[0] / 1000  # so that the first beat stays behind the last one
            step = most if early else min(most, SLEW * chain_s)
            self._offset += max(-step, min(step, target - self._offset))
        doubt = rr_s if packet.at < self._suspect_until else 0.0
        return max(highest - self._offset + doubt, self._offset - likely_low, 0.0) + _DRIFT * WINDOW_S / 2

    def _not_before_last(self, offset: float, chain_s: float) -> float:
        """Return ``offset``, or as much more as keeps the first beat of a stretch behind the last one before it."""
        if self._last_beat_t is None:
            return offset
        first = self._chain_s - chain_s + offset - self._delay_s
        return offset + max(0.0, self._last_beat_t - first)

    def _beats(self, rr_ms: tuple[float, ...], uncertainty: float) -> list[PlacedBeat]:
        assert self._offset is not None
        t = self._chain_s + self._offset - self._delay_s
        placed: list[PlacedBeat] = []
        for rr in reversed(rr_ms):
            placed.append(PlacedBeat(rr, t, uncertainty + self._delay_uncertainty_s, False))
            t -= rr / 1000
        placed.reverse()
        placed[0] = replace(placed[0], gap=self._gap)
        self._gap = False
        self._last_beat_t = placed[-1].beat_t
        return placed
