"""Sources that say themselves when their next event is due: virtual people and recordings."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from biosync.engine import Member
from biosync.events import Cue, Interval, Join, Link, Notification, Origin, Raw, Tick
from devices.virtual import VirtualStrap, Wearer

PAUSE_S = 5.0
"""A recording that is silent for so long pauses; a live link would count as lost."""


class Feed(Protocol):
    """A source with a timetable. ``next_t`` is when its next events are due (s), None after the last."""

    person: str

    @property
    def next_t(self) -> float | None:
        """When its next events are due."""
        ...

    def take(self) -> Sequence[Raw | Member]:
        """Return the events due at ``next_t`` and go on to the next."""
        ...

    def hear(self, cue: Cue) -> None:
        """Let whoever is behind the source hear the cue."""


class VirtualFeed:
    """The virtual person ``wearer`` with a virtual strap, who hears the cue; their life begins at ``start_t`` (s)."""

    def __init__(self, person: str, wearer: Wearer, start_t: float = 0.0) -> None:
        self.person = person
        self._start_t = start_t
        self._strap = VirtualStrap(wearer)

    @property
    def next_t(self) -> float:
        """When the next notification is due."""
        return self._start_t + self._strap.next_t

    def take(self) -> list[Raw]:
        """Return the notifications due now."""
        due, name = self.next_t, self._strap.name
        return [Notification(due, self.person, name, p.characteristic, p.payload) for p in self._strap.send()]

    def hear(self, cue: Cue) -> None:
        """Let the person hear the cue; whether they follow is theirs."""
        self._strap.person.hear(cue.t - self._start_t, cue.phase, cue.rate_bpm, cue.strength)


class RecordingFeed:
    """A recording's intervals, fed again; where it pauses and where it ends, it says so."""

    def __init__(self, person: str, intervals: Iterator[Interval]) -> None:
        self.person = person
        self._events = _with_pauses(person, intervals)
        self._next = next(self._events, None)
        self._ended = self._next is None
        self._last_t = 0.0

    @property
    def next_t(self) -> float | None:
        """When the next event is due; after the last one, the end is."""
        if self._next is not None:
            return self._next.t
        return None if self._ended else self._last_t

    def take(self) -> list[Raw]:
        """Return the event due now, or that the recording is over."""
        if self._next is None:
            self._ended = True
            return [Link(self._last_t, self.person, "gone", "the recording is over")]
        now, self._next = self._next, next(self._events, None)
        self._last_t = now.t
        return [now]

    def hear(self, cue: Cue) -> None:
        """Do nothing: who was recorded then can't hear the cue of today."""


def shifted(intervals: Iterable[Interval], person: str, by_s: float) -> Iterator[Interval]:
    """Give ``intervals`` as those of ``person``, so much later: a recording may begin in the middle of a session."""
    for one in intervals:
        beat_t = None if one.beat_t is None else one.beat_t + by_s
        yield replace(one, person=person, t=one.t + by_s, beat_t=beat_t)


def _with_pauses(person: str, intervals: Iterator[Interval]) -> Iterator[Interval | Link]:
    """Give the intervals and, where none comes for ``PAUSE_S``, that the link is lost and when it is back."""
    last_t: float | None = None
    for interval in intervals:
        if last_t is not None and interval.t - last_t > PAUSE_S:
            yield Link(last_t + PAUSE_S, person, "lost", "the recording pauses here")
            yield Link(interval.t, person, "live", "the recording goes on")
        yield interval
        last_t = interval.t


class StoredFeed:
    """A stored session, fed again: every raw event between the same two ticks as then, so that the engine answers the
    same. ``names`` gives each person of then, also who joined later, the name of today; ``end_t`` is when the session
    ended (s)."""

    def __init__(self, names: Mapping[str, str], events: Iterable[Raw | Member], end_t: float) -> None:
        self.person = next(iter(names.values()))
        self._names = dict(names)
        self._events = _with_due(events)
        self._end_t = end_t
        self._next = next(self._events, None)
        self._ended = False

    @property
    def next_t(self) -> float | None:
        """When the next event is due; after the last one, the end is."""
        if self._next is not None:
            return min(self._next[0], self._end_t)
        return None if self._ended else self._end_t

    def take(self) -> list[Raw | Member]:
        """Return the event due now, or that the recording is over for everybody."""
        if self._next is None:
            self._ended = True
            return [Link(self._end_t, name, "gone", "the recording is over") for name in self._names.values()]
        (_, event), self._next = self._next, next(self._events, None)
        return [self._renamed(event)]

    def hear(self, cue: Cue) -> None:
        """Do nothing: who was recorded then can't hear the cue of today."""

    def _renamed(self, event: Raw | Member) -> Raw | Member:
        if isinstance(event, Member):
            return again(event, self._names[event.name])
        if isinstance(event, Tick) or event.person is None:
            return event
        if isinstance(event, Join):
            origin: Origin = event.origin if event.origin == "simulated" else "replay"
            group = tuple(self._names[name] for name in event.group)
            return replace(event, person=self._names[event.person], origin=origin, group=group)
        return replace(event, person=self._names[event.person])


def again(member: Member, name: str) -> Member:
    """Return a member of a stored session under today's ``name``; a virtual one stays one, all others are replayed."""
    return replace(member, name=name, origin=member.origin if member.origin == "simulated" else "replay")


def _with_due(events: Iterable[Raw | Member]) -> Iterator[tuple[float, Raw | Member]]:
    """Give every event but the ticks, with when it is due: at its own time, or if it was taken in late or early then,
    between the ticks that it came between."""
    earliest, waiting = -math.inf, list[Raw | Member]()
    for event in events:
        if not isinstance(event, Tick):
            waiting.append(event)
            continue
        yield from _due(waiting, earliest, event.t)
        earliest = math.nextafter(event.t, math.inf)
        waiting.clear()
    yield from _due(waiting, earliest, math.inf)


def _due(
    events: Iterable[Raw | Member], earliest: float, latest: float
) -> Iterator[tuple[float, Raw | Member]]:
    due = earliest
    for event in events:
        if not isinstance(event, Member):
            due = max(due, min(event.t, latest))
        yield due, event
