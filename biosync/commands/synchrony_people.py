"""Whose hearts ``biosync synchrony`` compares: from files to series on one clock, with the cue that a file tells."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from biosync.commands.synchrony_cues import Rows
from biosync.store.formats import json_lines
from biosync.store.json_fields import number_at, object_of, objects_at, text_at, texts_at
from biosync.store.numbers import shown_name
from biosync.store.reading import read_recordings
from biosync.store.recording import Recording
from biosync.store.source import Source
from biosync.store.timeline import labelled, timeline
from biosync.together.series import Series, from_beats


@dataclass(frozen=True, slots=True)
class Person:
    """One person to compare: ``zero_s`` is how far the file's clock is behind the clock of the first file; ``cue`` the
    rows of the cue that the file itself tells, on the file's clock, None where it tells none; ``told`` of the file;
    ``clock_told``: the file says how far its times may be off."""

    name: str
    series: Series
    zero_s: float
    cue: Rows | None
    told: tuple[str, ...]
    clock_told: bool


@dataclass(slots=True)
class _Told:
    """What the lines of a session tell beside the beats: who is named first, who had which cue, and what straps hold
    beats back."""

    people: list[str]
    cues: dict[str, list[tuple[float, float, float]]]
    delays: dict[str, tuple[float, float]]


def people_in(paths: Sequence[Path]) -> list[Person]:
    """Return everybody in the files, in their order, each on the clock of the first file; equal names get a number.

    RecordingError with one sentence for a file that can't be read.
    """
    found = [one for path in paths for one in _in_file(path)]
    zeros = [recording.clock_zero_s for recording, _ in found]
    known = [zero for zero in zeros if zero is not None]
    # Clocks that do not all tell when they showed 0 are taken to be one clock.
    shifts = [zero - known[0] for zero in known] if len(known) == len(zeros) else [0.0] * len(zeros)
    names = _told_apart([recording.person for recording, _ in found])
    return [
        _person(name, recording, told, shift)
        for name, (recording, told), shift in zip(names, found, shifts, strict=True)
    ]


def _person(name: str, recording: Recording, told: _Told, shift_s: float) -> Person:
    line = timeline(recording)
    uncertainty = line.t_uncertainty_s
    beats = labelled(line)
    delay_s = 0.0
    if recording.t_s is None and recording.arrival_s is not None:
        delay_s, give_or_take = told.delays.get(recording.person, (0.0, 0.0))
        uncertainty = np.add(uncertainty, give_or_take)
    series = from_beats(beats, uncertainty)
    moved = Series(np.add(series.t_s, shift_s - delay_s), series.heart_rate_bpm, series.uncertainty_s)
    rows = told.cues.get(recording.person)
    clock_told = bool(len(uncertainty)) and float(np.max(uncertainty)) > 0
    return Person(name, moved, shift_s, _rows(rows) if rows else None, recording.told, clock_told)


def _in_file(path: Path) -> list[tuple[Recording, _Told]]:
    """Return the recordings in a file, in the order in which its session names them, with what it tells beside."""
    recordings, told = read_recordings(path), _session(path)
    place = {name: number for number, name in enumerate(told.people)}
    return [(one, told) for one in sorted(recordings, key=lambda one: place.get(one.person, len(place)))]


def _session(path: Path) -> _Told:
    """Return what the lines of biosync's own JSON lines tell; nothing for any other file."""
    told = _Told([], {}, {})
    with path.open("rb") as file:
        source = Source(path, file)
        if json_lines.recognises(source):
            for line in source.lines():
                _take(told, line.text, source.stem)
    return told


def _take(told: _Told, text: str, nameless: str) -> None:
    """Take one line; one that makes no sense was told, or refused, when the beats were read."""
    try:
        entry = object_of(text)
        match entry.get("type"):
            case "session":
                named = texts_at(entry, "people") if "people" in entry else []
                told.people += [shown_name(name) or nameless for name in named]
                for member in objects_at(entry, "members"):
                    _delay(told, member, nameless)
            case "join" | "worn":
                _delay(told, entry, nameless)
            case "cue":
                row = tuple(number_at(entry, key) for key in ("t", "rate_bpm", "phase"))
                for name in texts_at(entry, "people"):
                    told.cues.setdefault(shown_name(name) or nameless, []).append((row[0], row[1], row[2]))
    except ValueError:
        return


def _delay(told: _Told, entry: dict[str, Any], nameless: str) -> None:
    delay_s, give_or_take_s = number_at(entry, "delay_s"), number_at(entry, "delay_uncertainty_s")
    if math.isfinite(delay_s) and give_or_take_s >= 0:
        told.delays[shown_name(text_at(entry, "person")) or nameless] = (delay_s, give_or_take_s)


def _rows(rows: Sequence[tuple[float, float, float]]) -> Rows:
    """Return the rows of a cue in the order of their times; of two at one time, the later one told."""
    by_time = {row[0]: row for row in rows if all(map(math.isfinite, row)) and row[1] > 0}
    columns = np.array([by_time[t] for t in sorted(by_time)], dtype=np.float64).reshape(-1, 3)
    return columns[:, 0], columns[:, 1], columns[:, 2]


def _told_apart(names: Sequence[str]) -> Iterator[str]:
    """Give the names; an equal one gets the first free number."""
    taken: set[str] = set()
    for name in names:
        chosen, number = name, 2
        while chosen in taken:
            chosen, number = f"{name} {number}", number + 1
        taken.add(chosen)
        yield chosen
