"""Reads a file of recorded beats, whatever its format: docs/formats.md names them."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from biosync.store.formats import csv_table, fit, json_lines, rr_text
from biosync.store.gathering import recordings
from biosync.store.numbers import quoted
from biosync.store.recording import Recording, RecordingError
from biosync.store.rows import Rows
from biosync.store.source import Source


class Format(Protocol):
    """What a format file offers."""

    def recognises(self, source: Source) -> bool:
        """Tell if the beginning of the file looks like this format."""
        ...

    def read(self, source: Source) -> Rows:
        """Return the rows of the file; RecordingError where it breaks the format."""
        ...


FORMATS: tuple[Format, ...] = (fit, json_lines, csv_table, rr_text)


def read_recordings(path: Path) -> list[Recording]:
    """Return a recording for each person in the file, in the order of their first beats.

    RecordingError, with one sentence that names the file, the line and the reason, if it cannot be read. What was
    skipped is in ``told`` of every recording; show each sentence once.
    """
    try:
        with path.open("rb") as file:
            source = Source(path, file)
            return recordings(_format(source).read(source), source)
    except FileNotFoundError:
        raise RecordingError(f"{path}: there is no such file.") from None
    except IsADirectoryError:
        raise RecordingError(f"{path}: this is a folder; name a file in it.") from None
    except PermissionError:
        raise RecordingError(f"{path}: you may not read this file.") from None
    except OSError as error:
        raise RecordingError(f"{path}: reading it failed: {error.strerror or error}.") from None


def _format(source: Source) -> Format:
    if not source.head:
        raise source.error("the file is empty")
    for one in FORMATS:
        if one.recognises(source):
            return one
    line = source.first_line()
    if line is None:
        raise source.error("there is nothing in it but blank lines and comments")
    raise source.error(
        f"{quoted(line.text)} is neither an RR interval nor a header with a column rr_ms, rr_ticks_128hz or"
        " rr_ticks_1024hz",
        line.number,
    )
