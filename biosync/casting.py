"""From the SOURCEs of a command to the people of a session: reads recordings, takes up straps, groups everybody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from biosync.cast import Cast, Newcomer, StrapListener
from biosync.engine import Member
from biosync.events import Interval, Join, Origin
from biosync.feeds import Feed, RecordingFeed, StoredFeed, VirtualFeed, again, shifted
from biosync.home import home
from biosync.replay import replay, start_s
from biosync.run_problems import SessionProblem, WrongCast
from biosync.sources import Source, unique
from biosync.store.ledger.problems import LedgerError
from biosync.store.memory import Memory
from biosync.store.reading import read_recordings
from biosync.store.recording import Recording, RecordingError
from devices.person import Person

if TYPE_CHECKING:
    from biosync.store.whole_session import WholeSession

_ORIGINS: dict[str, tuple[Origin, str]] = {
    "demo": ("simulated", "virtual strap"),
    "replay": ("replay", "recording"),
    "ble": ("strap", "strap"),
}


MakeStrap = Callable[[str, str], StrapListener]
"""Makes the listener of a person and an address."""


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part: the source, and the recording where that is what it is, with its ``intervals`` from when it
    begins (people recorded on one clock begin together); or the stored session, and who they were in it."""

    source: Source
    recording: Recording | None = None
    intervals: tuple[Interval, ...] = ()
    stored: WholeSession | None = None
    was: str = ""


def parts(sources: Sequence[Source]) -> list[Part]:
    """Return a part for everybody in ``sources``, each with a name of their own; a file may hold several people.

    SessionProblem with one sentence for a file or session that can't be read.
    """
    found: list[Part] = []
    for source in sources:
        found += _recorded(source) if source.kind == "replay" else [Part(source)]
    return with_sources(found, [part.source for part in found])


def with_sources(everybody: Sequence[Part], sources: Sequence[Source]) -> list[Part]:
    """Return the parts with these sources instead, by now perhaps with the straps' names, equal ones told apart."""
    return [replace(part, source=source) for part, source in zip(everybody, unique(sources), strict=True)]


def duration_s(everybody: Sequence[Part]) -> float | None:
    """Return how long it lasts until the last recording is over, None where not everything is recorded."""
    if any(part.source.kind != "replay" for part in everybody):
        return None
    stored = [part.stored.duration_s for part in everybody if part.stored is not None]
    return max([*stored, *(part.intervals[-1].t for part in everybody if part.intervals)], default=0.0)


def cast(
    everybody: Sequence[Part],
    *,
    each: bool = False,
    groups: Sequence[tuple[str, ...]] = (),
    strap: MakeStrap | None = None,
) -> Cast:
    """Return the cast of a session; straps must be named by now. Without ``each`` and ``groups`` all are one group
    with one cue, or, where all of them are a stored session, in the groups that they were in then.

    SessionProblem if a group names somebody who is not there.
    """
    names = tuple(part.source.person or "" for part in everybody)
    members = tuple(_member(name, part) for name, part in zip(names, everybody, strict=True))
    listeners = tuple(
        strap(name, part.source.where)
        for name, part in zip(names, everybody, strict=True)
        if part.source.kind == "ble" and strap is not None
    )
    fresh = [part for part in everybody if part.source.kind != "ble" and part.stored is None]
    stored = _stored(everybody)
    feeds = [_feed(part.source.person or "", part) for part in fresh]
    feeds += [StoredFeed(now, session.events, session.duration_s) for session, now in stored]
    settings = None
    if len(stored) == 1 and all(part.stored is not None for part in everybody):
        session, now = stored[0]
        settings = session.settings
        if not each and not groups:
            groups = [tuple(now[name] for name in group) for group in session.groups]
    consents = tuple(
        replace(one, person=now[one.person])
        for session, now in stored
        for one in session.consents
        if one.person in now
    )
    circles = _grouped(names, each, groups)
    return Cast(members, circles, tuple(feeds), listeners, settings, consents, closed=bool(stored))


def remembering(people: Cast, memory: Memory) -> Cast:
    """Return the cast with what ``memory`` holds of those who have a cue of their own; a stored session that is lived
    again knows what was known then."""
    if people.closed:
        return people
    alone = {group[0] for group in people.groups if len(group) == 1}
    members = tuple(memory.reminded(one) if one.name in alone else one for one in people.members)
    return replace(people, members=members, memory=memory)


def newcomer(part: Part, strap: MakeStrap | None = None) -> Newcomer:
    """Return one who may join a running session; SessionProblem for a stored session, which is lived again alone."""
    if part.stored is not None:
        raise SessionProblem(f"{part.source.where} is a stored session: it can't join another; a recording's file can")
    member = _member(part.source.person or "", part)
    if part.source.kind == "ble":
        assert strap is not None
        where = part.source.where
        return Newcomer(member, strap=lambda name: strap(name, where), address=where)
    return Newcomer(member, feed=lambda name, t: _feed(name, part, t))


def _recorded(source: Source) -> list[Part]:
    if not Path(source.where).exists():
        session = _session(source.where)
        people = [member.name for member in session.members]
        _check_alone(source, people)
        return [Part(replace(source, person=source.person or one), stored=session, was=one) for one in people]
    try:
        recordings = read_recordings(Path(source.where))
    except RecordingError as error:
        raise SessionProblem(str(error)) from None
    _check_alone(source, [recording.person for recording in recordings])
    start = min(start_s(one) for one in recordings)
    return [
        Part(replace(source, person=source.person or one.person), one, tuple(replay(one, start)))
        for one in recordings
    ]


def _session(begins: str) -> WholeSession:
    from biosync.store.whole_session import whole_session  # here, because few sessions are of one that was stored

    try:
        found = whole_session(home(), begins)
    except LedgerError as error:
        raise SessionProblem(str(error)) from None
    if found is None:
        raise SessionProblem(f"{begins}: there is no such file, and no stored session begins so.")
    return found


def _check_alone(source: Source, people: Sequence[str]) -> None:
    if source.person is not None and len(people) > 1:
        several = ", ".join(people)
        raise SessionProblem(f"{source.where} holds several people ({several}); leave out the name before the =")


def _stored(everybody: Sequence[Part]) -> list[tuple[WholeSession, dict[str, str]]]:
    """Return each stored session that takes part, with the names of today by those of then."""
    found: dict[int, tuple[WholeSession, dict[str, str]]] = {}
    for part in everybody:
        if part.stored is not None:  # the same session may take part twice: each time it was read it is another one
            found.setdefault(id(part.stored), (part.stored, {}))[1][part.was] = part.source.person or ""
    taken = {part.source.person or "" for part in everybody}
    for session, now in found.values():
        for event in session.events:
            if isinstance(event, Join) and event.person not in now:
                now[event.person] = _free(event.person, taken)
    return list(found.values())


def _free(name: str, taken: set[str]) -> str:
    """Return ``name``, with a number if it is taken, and take it."""
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{name} {number}"
    taken.add(free)
    return free


def _member(name: str, part: Part) -> Member:
    if part.recording is not None and part.recording.simulated:
        return Member(name, "simulated", "recording")
    if part.stored is None:
        return Member(name, *_ORIGINS[part.source.kind])
    return again(next(member for member in part.stored.members if member.name == part.was), name)


def _feed(name: str, part: Part, begin_t: float = 0.0) -> Feed:
    if part.recording is not None:
        return RecordingFeed(name, shifted(part.intervals, name, begin_t))
    assert part.source.traits is not None
    return VirtualFeed(name, Person(part.source.traits), begin_t)


def _grouped(names: Sequence[str], each: bool, groups: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    if not groups:
        return tuple((name,) for name in names) if each else (tuple(names),)
    taken = [name for group in groups for name in group]
    for name in taken:
        if name not in names:
            raise WrongCast(f"--group names {name!r}, who is not here; there are: {', '.join(names)}")
        if taken.count(name) > 1:
            raise WrongCast(f"--group names {name!r} twice; everybody belongs to one group")
    return (*groups, *((name,) for name in names if name not in taken))
