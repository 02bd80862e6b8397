"""A session that is over and goes into the ledger as a whole: what came in, in its order, and the cues."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from biosync.engine import Member
from biosync.events import Cue, Interval, Join, Note, Raw, Tick
from biosync.replay import replay, start_s
from biosync.store.ledger.lived import Entry, lived
from biosync.store.recording import Recording

Happened = Raw | Member | Cue | Note


@dataclass(frozen=True, slots=True)
class PastSession:
    """``members`` in ``groups`` at the start, which was at ``started`` (with a time zone); ``events`` in the order in
    which they came, their times in seconds since then; ``complete`` is False where the end is missing."""

    started: datetime
    simulated: bool
    members: tuple[Member, ...]
    groups: tuple[tuple[str, ...], ...]
    events: tuple[Happened, ...]
    duration_s: float
    complete: bool = True

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who took part at some time, in the order in which they came."""
        joined = [event.person for event in self.events if isinstance(event, Join)]
        return tuple(dict.fromkeys([*(member.name for member in self.members), *joined]))

    def with_ticks(self) -> Iterator[tuple[int, Happened]]:
        """Give every event but the ticks, with how many whole seconds the session had been told of by then."""
        told = 0
        for event in self.events:
            if isinstance(event, Tick):
                continue
            if not isinstance(event, Member):
                told = max(told, math.ceil(event.t) - 1)  # what comes just at a tick comes before it, as in a replay
            yield told, event

    @property
    def ticks(self) -> int:
        """How many whole seconds it is long."""
        return max(0, math.ceil(self.duration_s) - 1)

    def beats(self) -> dict[str, int]:
        """Return how many beats everybody has, those who joined in the middle too."""
        came_in: dict[str, list[Entry]] = {}
        everybody = {member.name: member for member in self.members}
        for place, (ticks, event) in enumerate(self.with_ticks()):
            if isinstance(event, Join):
                about = (event.origin, event.device, event.delay_s, event.delay_uncertainty_s)
                everybody.setdefault(event.person, Member(event.person, *about))
            if not isinstance(event, Cue | Tick | Note):
                name = event.name if isinstance(event, Member) else event.person
                came_in.setdefault(name or "", []).append((place, ticks, event))
        return {
            name: len(lived(member, came_in.get(name, []), self.ticks, self.duration_s))
            for name, member in everybody.items()
        }


def of_recordings(recordings: Sequence[Recording], started: datetime, simulated: bool) -> PastSession:
    """Return the session in which ``recordings``, all on one clock, were fed to one group; ``started``: when the first
    interval began."""
    members = tuple(Member(one.person, "simulated" if simulated else "replay", "recording") for one in recordings)
    begin = min(start_s(one) for one in recordings)
    events = intervals(recordings, begin)
    duration_s = max((event.t for event in events), default=0.0)
    return PastSession(started, simulated, members, (tuple(one.name for one in members),), events, duration_s)


def only_of(session: PastSession, person: str) -> PastSession:
    """Return ``person``'s part alone: nothing of the others, but the cue that they shared."""
    if session.people == (person,):
        return session
    members = tuple(member for member in session.members if member.name == person)
    groups = ((person,),) if members else ()
    return replace(session, members=members, groups=groups, events=tuple(part_of(session.events, person)))


def part_of(events: Iterable[Happened], person: str) -> Iterator[Happened]:
    """Give what came in of ``person``, and their cues without the reasons, which may lie with another. What was said
    or marked for all stays out: it may name somebody."""
    for event in events:
        match event:
            case Cue():
                if person in event.people:
                    yield replace(event, people=(person,), why="") if event.people != (person,) else event
            case Member():
                if event.name == person:
                    yield event
            case Join():
                if event.person == person:
                    yield replace(event, group=())
            case Tick():
                yield event
            case _:
                if event.person == person:
                    yield event


def renamed(session: PastSession, new: str) -> PastSession:
    """Return the session with another name for the one person in it."""

    def named(event: Happened) -> Happened:
        match event:
            case Member():
                return replace(event, name=new)
            case Cue():
                return replace(event, people=(new,))
            case Tick():
                return event
            case _:
                return event if event.person is None else replace(event, person=new)

    members = tuple(replace(one, name=new) for one in session.members)
    groups = ((new,),) if session.groups else ()
    return replace(session, members=members, groups=groups, events=tuple(map(named, session.events)))


def intervals(recordings: Sequence[Recording], begin: float) -> tuple[Interval, ...]:
    """Return all intervals of ``recordings`` in the order of their times, in seconds since ``begin`` on their clock."""
    return tuple(heapq.merge(*(replay(one, begin) for one in recordings), key=lambda event: event.t))
