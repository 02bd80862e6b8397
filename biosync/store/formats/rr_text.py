"""One RR interval a line, as Kubios and Elite HRV write it: in ms, or in seconds where the median is below 10."""

from __future__ import annotations

from biosync.store.numbers import is_number, number
from biosync.store.rows import Rows
from biosync.store.source import Source


def recognises(source: Source) -> bool:
    """Tell if the first line is a number and nothing else."""
    line = source.first_line()
    return line is not None and is_number(line.text)


def read(source: Source) -> Rows:
    """Return the rows; RecordingError at a line that is no number, unless it is a cut-off last one."""
    rows = Rows(source)
    for line in source.lines():
        try:
            rr = number(line.text, decimal_comma=True)
        except ValueError as error:
            source.unreadable(line, str(error), anything_before=len(rows) > 0)
            continue
        rows.add(line, rr)
    rows.seconds_to_ms()
    return rows
