"""One RR interval a line, as Kubios and Elite HRV write it: in ms, or in seconds where the median is below 10."""

from __future__ import annotations

from biosync.store.numbers import is_number, number
from biosync.store.rows import Rows
from biosync.store.source import Source

SHORTEST_MS, LONGEST_MS = 200.0, 10_000.0
"""No heart beats in the middle more often than the first, nor more seldom than the second: such numbers, which nothing
names, are something else."""


def recognises(source: Source) -> bool:
    """Tell if the first line is a number and nothing else."""
    line = source.first_line()
    return line is not None and is_number(line.text)


def read(source: Source) -> Rows:
    """Return the rows; RecordingError at a line that is no number, unless it is a cut-off last one, and where the
    numbers can't be RR intervals."""
    rows = Rows(source)
    for line in source.lines():
        try:
            rr = number(line.text, decimal_comma=True)
        except ValueError as error:
            source.unreadable(line, str(error), anything_before=len(rows) > 0)
            continue
        rows.add(line, rr)
    rows.seconds_to_ms()
    _refuse_others(rows, source)
    return rows


def _refuse_others(rows: Rows, source: Source) -> None:
    middle = rows.middle()
    if middle is None:
        return
    if middle < SHORTEST_MS:
        what = "heart rates, perhaps; export the RR intervals instead"
    elif middle > LONGEST_MS:
        what = "microseconds, perhaps; write the intervals in ms"
    else:
        return
    raise source.error(f"its numbers are about {middle:.0f}, which no RR interval in ms is: {what}")
