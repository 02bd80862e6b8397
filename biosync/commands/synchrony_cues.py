"""The cues of ``biosync synchrony``: which file is whose, and what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from biosync.commands.problems import WrongUse
from biosync.store.formats.csv_table import fields
from biosync.store.numbers import number
from biosync.store.recording import RecordingError
from biosync.store.source import Line, Source
from biosync.together.cue_course import CueCourse, from_rows
from biosync.types import FloatArray

Rows = tuple[FloatArray, FloatArray, FloatArray]
"""Times (s), paces (breaths a minute) and phases (cycles) of a cue's rows, n each."""

COLUMNS = ("t", "rate_bpm", "phase")


@dataclass(frozen=True, slots=True)
class CueFile:
    """A file that ``--cue`` names; ``shared``: for all, not for one."""

    path: Path
    shared: bool


def whose(wanted: Sequence[str], names: Sequence[str]) -> dict[str, CueFile]:
    """Return each person's cue file for the values of ``--cue``: FILE for all, NAME=FILE for one, who may differ.

    WrongUse, in one sentence, where that can't be told.
    """
    shared: CueFile | None = None
    found: dict[str, CueFile] = {}
    for value in wanted:
        name, equals, path = value.partition("=")
        if equals and name in names:
            if not path:
                raise WrongUse(f"--cue {name}= names no file")
            if name in found:
                raise WrongUse(f"--cue names two files for {name}; name one for each person")
            found[name] = CueFile(Path(path), shared=False)
        elif equals and not Path(value).exists():
            raise WrongUse(f"--cue names {name!r}, who is not here; there are: {', '.join(names)}")
        elif shared is not None:
            raise WrongUse("more than one cue needs names: --cue NAME=FILE for each person")
        else:
            shared = CueFile(Path(value), shared=True)
    return found if shared is None else {name: found.get(name, shared) for name in names}


def read_cue(path: Path) -> Rows:
    """Return the rows of a cue file; RecordingError with one sentence that names the file, the line and the reason."""
    try:
        with path.open("rb") as file:
            return _rows(Source(path, file))
    except FileNotFoundError:
        raise RecordingError(f"{path}: there is no such file.") from None
    except OSError as error:
        raise RecordingError(f"{path}: reading it failed: {error.strerror or error}.") from None


class Courses:
    """Makes courses of cues; the same rows give the same course, so that people who share a cue are seen to."""

    def __init__(self) -> None:
        self._made: dict[tuple[bytes, float], CueCourse] = {}

    def one(self, rows: Rows | None, shift_s: float, what: str) -> tuple[CueCourse, ...]:
        """Return the course of a cue, ``shift_s`` later, nothing where there is none; RecordingError, which begins with
        ``what``, for rows that make none."""
        if rows is None:
            return ()
        key = (np.concatenate(rows).tobytes(), shift_s)
        if key not in self._made:
            try:
                self._made[key] = from_rows(np.add(rows[0], shift_s), rows[1], rows[2])
            except ValueError as reason:
                raise RecordingError(f"{what}: {reason}.") from None
        return (self._made[key],)


def _rows(source: Source) -> Rows:
    lines = source.lines()
    first = next(lines, None)
    found = None if first is None else _header(first.text)
    if found is None:
        raise source.error(f"a cue file begins with a header that names {', '.join(COLUMNS)}")
    delimiter, places = found
    rows = [_row(source, line, delimiter, places) for line in lines]
    columns = np.array(rows, dtype=np.float64).reshape(-1, len(COLUMNS))
    return columns[:, 0].copy(), columns[:, 1].copy(), columns[:, 2].copy()


def _header(text: str) -> tuple[str, list[int]] | None:
    """Return what separates the fields, and where the columns stand; None where they don't."""
    for delimiter in ",;\t":
        try:
            names = [name.strip().lower() for name in fields(text, delimiter)]
        except ValueError:
            continue
        if set(COLUMNS) <= set(names):
            return delimiter, [names.index(name) for name in COLUMNS]
    return None


def _row(source: Source, line: Line, delimiter: str, places: Sequence[int]) -> list[float]:
    try:
        values = fields(line.text, delimiter)
        if len(values) <= max(places):
            raise ValueError(f"it has {len(values)} fields, which is too few")
        return [number(values[place], decimal_comma=delimiter != ",") for place in places]
    except ValueError as reason:
        raise source.error(str(reason), line.number) from None
