"""A recording's file as a session: when it was recorded, and what is no session that a person can have had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from biosync.replay import start_s
from biosync.store.ledger.kinds import StoredSession
from biosync.store.numbers import moment
from biosync.store.own_session import read_own
from biosync.store.past_session import PastSession, of_recordings, only_of, renamed
from biosync.store.reading import read_recordings
from biosync.store.recording import Recording, RecordingError
from biosync.store.timeline import timeline

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Straps that send intervals are younger; clocks that were never set begin in 1970, 1980 or at the end of 1989."""
AHEAD = timedelta(minutes=5)
"""Two clocks may differ by this much; what ends later than now has a wrong date."""
EPOCH_AT_LEAST_S = 1e8
"""A time above this (three years) does not count from the start of a session: it counts from 1970."""
SAME_S = 1.0


@dataclass(frozen=True, slots=True)
class Import:
    """What is stored: the people of one file, on one clock; ``beats`` a count per person; ``told``: sentences for
    people."""

    session: PastSession
    beats: dict[str, int]
    told: tuple[str, ...]

    @property
    def started(self) -> datetime:
        """When the session's clock showed 0."""
        return self.session.started

    @property
    def simulated(self) -> bool:
        """True where hearts in it were made up."""
        return self.session.simulated

    def same_as(self, session: StoredSession) -> bool:
        """Tell if ``session`` is this one, imported before."""
        apart = abs((datetime.fromisoformat(session.started) - self.started).total_seconds())
        return session.beats == self.beats and apart < SAME_S


def read_import(path: Path, person: str | None, stated: datetime | None, now: datetime) -> Import:
    """Return what the file holds; RecordingError with one sentence where it can't be stored.

    ``person`` names the one in it, or chooses one of several. ``stated`` is when it began, where the file does not know
    better or its clock was wrong; without either the file's own date is taken, and told.
    """
    read = read_recordings(path)
    chosen = _chosen(path, read, person)
    own = read_own(path, read)
    if own is None:
        session, told = _of_recordings(path, chosen, stated)
    else:
        session, told = _own(own[0], read, person), own[1]
        session = session if stated is None else replace(session, started=stated)
    beats = session.beats()
    if not any(beats.values()):
        raise RecordingError(f"{path}: it holds no beats of {', '.join(beats)}.")
    _check_date(path, session.started, session.started + timedelta(seconds=session.duration_s), now)
    return Import(session, beats, tuple(dict.fromkeys((*read[0].told, *told))))


def _of_recordings(
    path: Path, recordings: Sequence[Recording], stated: datetime | None
) -> tuple[PastSession, tuple[str, ...]]:
    """Return the session that recordings make, and what is to be told of it."""
    for one in recordings:
        if not len(timeline(one)):
            raise RecordingError(f"{path}: it holds no beats of {one.person}.")
    told: tuple[str, ...] = ()
    started = stated or _by_its_clock(recordings)
    if started is None:
        started = _by_its_file(path, recordings)
        told = (f"{path}: it does not say when it was recorded, so the file's date is taken; --started sets it.",)
    return of_recordings(recordings, started, recordings[0].simulated), told


def _own(session: PastSession, read: Sequence[Recording], person: str | None) -> PastSession:
    """Return what is wanted of biosync's own session: ``person`` alone, who may get this name if nobody else is
    there."""
    if person is None:
        return session
    if person in session.people:
        return only_of(session, person)
    return renamed(only_of(session, read[0].person), person)


def _chosen(path: Path, read: Sequence[Recording], person: str | None) -> tuple[Recording, ...]:
    if person is None:
        return tuple(read)
    if len(read) == 1:
        return (replace(read[0], person=person),)
    found = tuple(one for one in read if one.person == person)
    if not found:
        names = ", ".join(one.person for one in read)
        raise RecordingError(f"{path}: it holds nobody named {person!r}; there is: {names}.")
    return found


def _by_its_clock(recordings: Sequence[Recording]) -> datetime | None:
    """Return when the first interval began by the file's own clock, None where that is not a date."""
    first_s, zero_s = min(start_s(one) for one in recordings), recordings[0].clock_zero_s
    if zero_s is None and first_s < EPOCH_AT_LEAST_S:
        return None
    return moment((zero_s or 0.0) + first_s)


def _by_its_file(path: Path, recordings: Sequence[Recording]) -> datetime:
    """Return when it began if it was written as it ended."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) - timedelta(seconds=_duration_s(recordings))


def _duration_s(recordings: Sequence[Recording]) -> float:
    begin = min(start_s(one) for one in recordings)
    return max(float(timeline(one).t_s[-1]) for one in recordings) - begin


def _check_date(path: Path, started: datetime, ended: datetime, now: datetime) -> None:
    hint = "say when it was with --started, such as --started '2026-05-31 18:30'"
    if started < EARLIEST:
        raise RecordingError(f"{path}: by its date it is from {started:%Y}, so that clock was never set; {hint}.")
    if ended > now + AHEAD:
        raise RecordingError(f"{path}: by its date it ends on {ended:%Y-%m-%d}, which is still to come; {hint}.")
