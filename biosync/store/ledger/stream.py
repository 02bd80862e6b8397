"""A stored session as the events that it took in. All functions let apsw.Error pass as it comes."""

from __future__ import annotations

import heapq
import json
import struct
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import apsw

from biosync.engine import Member
from biosync.events import Cue, Interval, Join, Leave, Link, Marker, Notification, Raw, Say, Tick
from biosync.store.ledger import listing
from biosync.store.ledger.database import rows
from biosync.store.ledger.lived import Entry


def raw_events(connection: apsw.Connection, number: int) -> Iterator[Raw | Member]:
    """Give what the session took in, ticks included, in its order."""
    told = 0
    everything = (_notifications, _intervals, _links, _said, _worn, _coming)
    for _, ticks, event in _merged(connection, number, everything):
        yield from (Tick(float(tick)) for tick in range(told + 1, ticks + 1))
        told = max(told, ticks)
        yield event
    yield from (Tick(float(tick)) for tick in range(told + 1, ticks_of(connection, number) + 1))


def ticks_of(connection: apsw.Connection, number: int) -> int:
    """Return how many whole seconds the session was told of."""
    return int(connection.execute("SELECT ticks FROM session WHERE number = ?", (number,)).get)


def entries_of(connection: apsw.Connection, number: int, person: str) -> Iterator[Entry]:
    """Give all that places one person's beats: what their strap sent, its link, that they joined or left."""
    theirs = partial(_notifications, person=person)
    for entry in _merged(connection, number, (theirs, _intervals, _links, _worn, _coming)):
        event = entry[2]
        if not isinstance(event, Tick) and person == (event.name if isinstance(event, Member) else event.person):
            yield entry


def beats_as_they_came(connection: apsw.Connection, number: int, person: str) -> Iterator[Notification | Interval]:
    """Give one person's notifications and intervals."""
    theirs = partial(_notifications, person=person)
    for _, _, event in _merged(connection, number, (theirs, _intervals)):
        if isinstance(event, Notification | Interval) and event.person == person:
            yield event


def said(connection: apsw.Connection, number: int) -> list[Say | Marker]:
    """Return what was said to the pacer, and the markers."""
    return [event for _, _, event in _said(connection, number) if isinstance(event, Say | Marker)]


def cues(connection: apsw.Connection, number: int) -> list[Cue]:
    """Return the plans as they were put out."""
    people, names = listing.circles(connection, number), listing.names(connection, number)
    found: list[Cue] = []
    for _, _, t, circle, *rest in _rows(connection, "cue", number):
        rate, phase, inhale, stage, strength, why, several, bpm, sd_bpm = rest
        whose = people[circle] if several is None else _named(names, several)
        found.append(Cue(t, whose, rate, phase, inhale, stage, strength, why, bpm, sd_bpm))
    return found


Reader = Callable[[apsw.Connection, int], Iterator[Entry]]


def _merged(connection: apsw.Connection, number: int, readers: tuple[Reader, ...]) -> Iterator[Entry]:
    yield from heapq.merge(*(read(connection, number) for read in readers), key=lambda entry: entry[0])


def _notifications(connection: apsw.Connection, number: int, person: str | None = None) -> Iterator[Entry]:
    """Give the notifications, of everybody or of ``person`` alone."""
    names = listing.names(connection, number)
    asked = "SELECT number, participant, device, characteristic FROM source WHERE session = ?"
    sources = {
        source: (names[participant], device, characteristic)
        for source, participant, device, characteristic in rows(connection, asked, (number,))
    }
    some = [source for source, (name, _, _) in sources.items() if person in (None, name)]
    chosen = f"AND source IN ({', '.join(map(str, some))})"
    for seq, ticks, t, source, payload in _rows(connection, "notification", number, chosen):
        yield seq, ticks, Notification(t, *sources[source], payload)


def _intervals(connection: apsw.Connection, number: int) -> Iterator[Entry]:
    names = listing.names(connection, number)
    for seq, ticks, t, participant, packed, beat_t, gap, uncertainty in _rows(connection, "interval", number):
        rr_ms = struct.unpack(f"<{len(packed) // 8}d", packed)
        yield seq, ticks, Interval(t, names[participant], rr_ms, beat_t, bool(gap), uncertainty)


def _links(connection: apsw.Connection, number: int) -> Iterator[Entry]:
    names = listing.names(connection, number)
    for seq, ticks, t, participant, state, why, battery in _rows(connection, "link", number):
        yield seq, ticks, Link(t, names[participant], state, why, battery)


def _said(connection: apsw.Connection, number: int) -> Iterator[Entry]:
    names = listing.names(connection, number)
    for seq, ticks, t, participant, marker, text, at_t in _rows(connection, "said", number):
        person = None if participant is None else names[participant]
        yield seq, ticks, Marker(t, person, text, at_t) if marker else Say(t, person, text)


def _worn(connection: apsw.Connection, number: int) -> Iterator[Entry]:
    names = listing.names(connection, number)
    for seq, ticks, participant, origin, device, delay, uncertainty in _rows(connection, "worn", number):
        yield seq, ticks, Member(names[participant], origin, device, delay, uncertainty)


def _coming(connection: apsw.Connection, number: int) -> Iterator[Entry]:
    names = listing.names(connection, number)
    for seq, ticks, t, participant, origin, *about, company, bpm, sd_bpm in _rows(connection, "coming", number):
        if origin is None:
            yield seq, ticks, Leave(t, names[participant])
        else:
            device, delay, uncertainty = about
            group = _named(names, company)
            yield seq, ticks, Join(t, names[participant], origin, device, delay, uncertainty, group, bpm, sd_bpm)


def _named(names: dict[int, str], numbers: str) -> tuple[str, ...]:
    """Return the names of the participants in a JSON list; those who were deleted have none."""
    return tuple(names[number] for number in json.loads(numbers) if number in names)


def _rows(connection: apsw.Connection, table: str, number: int, chosen: str = "") -> Iterator[tuple[Any, ...]]:
    """Give the rows of the session without its number, in their order."""
    for row in rows(connection, f"SELECT * FROM {table} WHERE session = ? {chosen} ORDER BY seq", (number,)):
        yield row[1:]
