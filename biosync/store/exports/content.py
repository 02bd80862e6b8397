"""What an export is made of: one session, or one person's part of it and nothing of anybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from biosync.engine import Member
from biosync.events import (
    Beat,
    Cue,
    End,
    Event,
    Group,
    Marker,
    Metrics,
    Note,
    ResonanceMeasured,
    Session,
    Synchrony,
    Turn,
)
from biosync.store.past_session import part_of
from biosync.store.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Content:
    """A session as it is exported: ``session`` says whose it was and when it began, ``lines`` when each person's beats
    were, ``cues`` and ``markers`` in the order of their times. ``events`` gives all that was kept, oldest first, with
    notes only where it is of one person. ``members`` and ``groups``: with what everybody took part at the start, and
    who breathed to one cue."""

    session: Session
    lines: dict[str, Timeline]
    cues: tuple[Cue, ...]
    markers: tuple[Marker, ...]
    events: Callable[[], Iterable[Event | Member | Note]]
    members: tuple[Member, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()


def only(content: Content, person: str) -> Content:
    """Return ``person``'s part alone; KeyError if they were not there.

    Of a session with others, it holds this person's beats, what they said and marked, and the cue that they shared,
    without a word about the others. What was said or marked for all stays out too: it may name somebody.
    """
    line = content.lines[person]
    if content.session.people == (person,):
        return content
    return Content(
        replace(content.session, people=(person,)),
        {person: line},
        tuple(cue for cue in part_of(content.cues, person) if isinstance(cue, Cue)),
        tuple(marker for marker in content.markers if marker.person == person),
        lambda: _own(content.events(), person),
        tuple(member for member in content.members if member.name == person),
        tuple((person,) for group in content.groups if person in group),
    )


def _own(events: Iterable[Event | Member | Note], person: str) -> Iterator[Event | Member | Note]:
    for event in events:
        match event:
            case Session():
                yield replace(event, people=(person,))
            case End():
                yield replace(event, beats={person: event.beats[person]} if person in event.beats else {})
            case Beat() | Metrics() | ResonanceMeasured() | Synchrony() | Group() | Turn():
                pass  # made again from what was kept
            case _:
                yield from part_of((event,), person)


def number(value: float) -> str:
    """Return the shortest text that reads back as ``value``."""
    return str(int(value)) if value.is_integer() else repr(value)
