"""A recording's file as a session: when it was recorded, and what is no session that a person can have had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from biosync.replay import start_s
from biosync.store.ledger.kinds import StoredSession
from biosync.store.reading import read_recordings
from biosync.store.recording import Recording, RecordingError
from biosync.store.timeline import timeline

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Straps that send intervals are younger; clocks that were never set begin in 1970, 1980 or at the end of 1989."""
AHEAD = timedelta(minutes=5)
"""Two clocks may differ by this much; what ends later than now has a wrong date."""
EPOCH_AT_LEAST_S = 1e8
"""A time above this (three years) does not count from the start of a session: it counts from 1970."""
LATEST_S = 1e11
"""No calendar here goes much further (the year 5138)."""
SAME_S = 1.0


@dataclass(frozen=True, slots=True)
class Import:
    """What is stored: the people of one file, on one clock; ``started``: when the first interval began; ``beats`` a
    count per person; ``told``: sentences for people."""

    recordings: tuple[Recording, ...]
    started: datetime
    beats: dict[str, int]
    simulated: bool
    told: tuple[str, ...]

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
    recordings = _chosen(path, read, person)
    beats = {one.person: len(timeline(one)) for one in recordings}
    if not all(beats.values()):
        raise RecordingError(f"{path}: it holds no beats of {next(name for name in beats if not beats[name])}.")
    told = list(read[0].told)
    started = stated or _by_its_clock(recordings)
    if started is None:
        started = _by_its_file(path, recordings)
        told.append(f"{path}: it does not say when it was recorded, so the file's date is taken; --started sets it.")
    _check_date(path, started, started + timedelta(seconds=_duration_s(recordings)), now)
    return Import(recordings, started, beats, recordings[0].simulated, tuple(told))


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
    since_1970_s = min(max((zero_s or 0.0) + first_s, 0.0), LATEST_S)
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=since_1970_s)


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
