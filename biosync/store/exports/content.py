"""What an export is made of: one session, or one person's part of it and nothing of anybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from biosync.events import Cue, End, Event, Marker, Say, Session
from biosync.store.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Content:
    """A session as it is exported: ``session`` says whose it was and when it began, ``lines`` when each person's beats
    were, ``cues`` and ``markers`` in the order of their times. ``events`` gives all that was kept, oldest first."""

    session: Session
    lines: dict[str, Timeline]
    cues: tuple[Cue, ...]
    markers: tuple[Marker, ...]
    events: Callable[[], Iterable[Event]]


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
        tuple(_own_cue(cue, person) for cue in content.cues if person in cue.people),
        tuple(marker for marker in content.markers if marker.person == person),
        lambda: _own(content.events(), person),
    )


def _own(events: Iterable[Event], person: str) -> Iterator[Event]:
    for event in events:
        match event:
            case Session():
                yield replace(event, people=(person,))
            case Cue():
                if person in event.people:
                    yield _own_cue(event, person)
            case End():
                yield replace(event, beats={person: event.beats[person]} if person in event.beats else {})
            case Say() | Marker():
                if event.person == person:
                    yield event
            case _:
                if getattr(event, "person", None) == person:
                    yield event


def _own_cue(cue: Cue, person: str) -> Cue:
    """Return the cue as this person's; why it changed may lie with another, so that is not told."""
    return replace(cue, people=(person,), why="") if cue.people != (person,) else cue


def number(value: float) -> str:
    """Return the shortest text that reads back as ``value``."""
    return str(int(value)) if value.is_integer() else repr(value)
