"""A file of biosync's own JSON lines as the session that it is: beats, links, cues, markers and what was said."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from biosync.engine import Member
from biosync.events import Cue, Interval, Join, Notification, Tick
from biosync.store import own_lines
from biosync.store.formats import json_lines
from biosync.store.json_fields import object_of, objects_at, text_at
from biosync.store.numbers import epoch_s, moment, quoted
from biosync.store.past_session import Happened, PastSession, intervals
from biosync.store.recording import Recording
from biosync.store.source import Source


def read_own(path: Path, recordings: Sequence[Recording]) -> tuple[PastSession, tuple[str, ...]] | None:
    """Return the session in the file and what is to be told of it; None unless it says itself when one began.

    ``recordings`` is what ``read_recordings`` found in it: its beats stand in where the file has no packets of the
    strap, or some that can't be taken as they are. OSError and RecordingError as they come.
    """
    with path.open("rb") as file:
        source = Source(path, file)
        if not json_lines.recognises(source):
            return None
        told = _Told(source)
        for line in source.lines():
            told.take(line.number, line.text)
    if len(told.heads) != 1:
        return None
    return told.session(recordings), told.sentences()


@dataclass(frozen=True, slots=True)
class _Head:
    """What the line says with which a session begins; what it leaves out is found in what follows."""

    started: datetime
    simulated: bool
    people: tuple[str, ...]
    members: tuple[Member, ...]
    groups: tuple[tuple[str, ...], ...]


class _Told:
    """What the lines of one file tell, one after the other."""

    def __init__(self, source: Source) -> None:
        self.heads: list[_Head] = []
        self._source = source
        self._events: list[Happened] = []
        self._raw_is_whole = True
        self._end_t: float | None = None
        self._skipped: list[str] = []

    def take(self, number: int, text: str) -> None:
        """Take one line; one that makes no sense is counted and left out."""
        try:
            entry = object_of(text)
        except ValueError:
            return  # the last one, cut off, which was told when the beats were read
        try:
            self._take(entry)
        except ValueError as reason:
            self._raw_is_whole &= entry.get("type") not in ("notification", "interval")
            self._skipped.append(f"line {number}: {reason}")

    def sentences(self) -> tuple[str, ...]:
        """Return what was left out, in words."""
        if not self._skipped:
            return ()
        lines = "1 line" if len(self._skipped) == 1 else f"{len(self._skipped)} lines"
        return (f"{self._source.path}: left out {lines} of what happened, the first is {self._skipped[0]}.",)

    def session(self, recordings: Sequence[Recording]) -> PastSession:
        """Return the session."""
        head = self.heads[0]
        events = [event for event in self._events if self._raw_is_whole or not _is_raw(event)]
        members = _members(head, [one.person for one in recordings], events)
        times = [event.t for event in events if not isinstance(event, Member)]
        duration_s = max(times, default=0.0) if self._end_t is None else self._end_t
        groups = _groups(head, [one.name for one in members], events)
        complete = self._end_t is not None
        found = PastSession(head.started, head.simulated, members, groups, tuple(events), duration_s, complete)
        if any(found.beats().values()):
            return found
        return _with_intervals(found, recordings)

    def _take(self, entry: dict[str, Any]) -> None:
        match entry.get("type"):
            case "session":
                self.heads.append(_head(entry, self._source.stem))
            case "end":
                self._end_t = own_lines.time(entry)
            case _:
                event = own_lines.happened(entry, self._source.stem)
                if event is not None:
                    self._events.append(event)


def _head(entry: dict[str, Any], stem: str) -> _Head:
    """Return what a ``session`` line says; ValueError where that makes no sense."""
    started_s = epoch_s(text_at(entry, "started"))
    if started_s is None:
        raise ValueError(f"“started” is {quoted(str(entry.get('started')))}, which is no date and time")
    started = moment(started_s)
    people = own_lines.names(entry, "people", stem) if "people" in entry else ()
    members = tuple(own_lines.member(one, stem) for one in objects_at(entry, "members"))
    groups = tuple(own_lines.names(one, "people", stem) for one in objects_at(entry, "groups"))
    return _Head(started, entry.get("simulated") is True, people, members, groups)


def _members(head: _Head, recorded: Sequence[str], events: Sequence[Happened]) -> tuple[Member, ...]:
    """Return who was there at the start: as the file says, else everybody in it but those who joined."""
    found = {member.name: member for member in head.members}
    joined = {event.person for event in events if isinstance(event, Join)}
    for name in (*head.people, *recorded, *_named(events)):
        if name not in joined:
            found.setdefault(name, Member(name, "simulated" if head.simulated else "replay", "recording"))
    return tuple(found.values())


def _groups(head: _Head, people: Sequence[str], events: Sequence[Happened]) -> tuple[tuple[str, ...], ...]:
    """Return who breathed to one cue at the start: as the file says, else as the first cues do; all where there is
    no cue."""
    cues = [event.people for event in events if isinstance(event, Cue)]
    found: list[tuple[str, ...]] = []
    left = set(people)
    for group in [*head.groups, *cues] or [tuple(people)]:
        if group and left.issuperset(group):
            found.append(group)
            left.difference_update(group)
    return (*found, *((name,) for name in people if name in left))


def _with_intervals(session: PastSession, recordings: Sequence[Recording]) -> PastSession:
    """Return the session with the beats of ``recordings``, on the session's own clock, for packets of a strap."""
    beats = [replace(one, t=max(0.0, one.t)) for one in intervals(recordings, 0.0)]
    others = [event for event in session.events if not _is_raw(event) and not isinstance(event, Member)]
    events = tuple(heapq.merge(others, beats, key=lambda event: event.t))
    duration_s = max([session.duration_s, *(one.t for one in beats)])
    return replace(session, events=events, duration_s=duration_s)


def _is_raw(event: Happened) -> bool:
    return isinstance(event, Notification | Interval)


def _named(events: Sequence[Happened]) -> Iterator[str]:
    """Give the name of everybody whom the events name."""
    for event in events:
        match event:
            case Member():
                yield event.name
            case Cue():
                yield from event.people
            case Tick():
                pass
            case _:
                yield from () if event.person is None else (event.person,)
