"""From the SOURCEs of a command to the people of a session: reads recordings, takes up straps, groups everybody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from biosync.engine import Member
from biosync.events import Origin
from biosync.feeds import Feed, RecordingFeed, VirtualFeed
from biosync.replay import replay, start_s
from biosync.run import Cast, StrapListener
from biosync.run_problems import SessionProblem, WrongCast
from biosync.sources import Source, unique
from biosync.store.reading import read_recordings
from biosync.store.recording import Recording, RecordingError

_ORIGINS: dict[str, tuple[Origin, str]] = {
    "demo": ("simulated", "virtual strap"),
    "replay": ("replay", "recording"),
    "ble": ("strap", "strap"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part: the source, and the recording where that is what it is, with when it begins (s, on its own
    clock; people recorded on one clock begin together)."""

    source: Source
    recording: Recording | None = None
    start_s: float | None = None


def parts(sources: Sequence[Source]) -> list[Part]:
    """Return a part for everybody in ``sources``, each with a name of their own; a file may hold several people.

    Straps must be named by now. SessionProblem with one sentence for a file that can't be read.
    """
    found: list[Part] = []
    for source in sources:
        found += _recorded(source) if source.kind == "replay" else [Part(source)]
    named = unique([part.source for part in found])
    return [replace(part, source=source) for part, source in zip(found, named, strict=True)]


def cast(
    everybody: Sequence[Part],
    *,
    each: bool = False,
    groups: Sequence[tuple[str, ...]] = (),
    strap: Callable[[str, str], StrapListener] | None = None,
) -> Cast:
    """Return the cast of a session. Without ``each`` and ``groups`` all are one group with one cue.

    ``strap`` makes the listener of a person and an address. SessionProblem if a group names somebody who is not there.
    """
    names = tuple(part.source.person or "" for part in everybody)
    members = tuple(
        Member(name, *_ORIGINS[part.source.kind]) for name, part in zip(names, everybody, strict=True)
    )
    listeners = tuple(
        strap(name, part.source.where)
        for name, part in zip(names, everybody, strict=True)
        if part.source.kind == "ble" and strap is not None
    )
    feeds = tuple(_feed(name, part) for name, part in zip(names, everybody, strict=True) if part.source.kind != "ble")
    return Cast(members, _grouped(names, each, groups), feeds, listeners)


def _recorded(source: Source) -> list[Part]:
    try:
        recordings = read_recordings(Path(source.where))
    except RecordingError as error:
        raise SessionProblem(str(error)) from None
    if source.person is not None and len(recordings) > 1:
        several = ", ".join(recording.person for recording in recordings)
        raise SessionProblem(f"{source.where} holds several people ({several}); leave out the name before the =")
    start = min(start_s(one) for one in recordings)
    return [Part(replace(source, person=source.person or one.person), one, start) for one in recordings]


def _feed(name: str, part: Part) -> Feed:
    if part.recording is not None:
        return RecordingFeed(name, replay(part.recording, part.start_s, name))
    assert part.source.traits is not None
    return VirtualFeed(name, part.source.traits)


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
