"""A table with a header: separated by commas, semicolons or tabs, with the columns of docs/formats.md."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass

from biosync.store.numbers import number, quoted
from biosync.store.rows import Rows
from biosync.store.source import Line, Source

RR_SCALE = {"rr_ms": 1.0, "rr_ticks_128hz": 1000 / 128, "rr_ticks_1024hz": 1000 / 1024}
TIME_SCALE = {"t": 1.0, "t_s": 1.0}
ARRIVAL_SCALE = {"arrival_s": 1.0, "epoch_ms": 0.001}
_UNCERTAINTY_SCALE = {"t_uncertainty_s": 1.0}


@dataclass(frozen=True, slots=True)
class _Column:
    at: int
    scale: float


@dataclass(frozen=True, slots=True)
class _Header:
    delimiter: str
    width: int
    rr: _Column
    times: tuple[_Column | None, ...]  # t, arrival, uncertainty
    person: int | None


def recognises(source: Source) -> bool:
    """Tell if the first line is a header with a column of intervals."""
    line = source.first_line()
    return line is not None and _header(line.text) is not None


def read(source: Source) -> Rows:
    """Return the rows; RecordingError at a line with words for numbers, unless it is a cut-off last one."""
    lines = source.lines()
    header = _header(next(lines).text)
    assert header is not None  # recognises() has seen it
    rows = Rows(source)
    for line in lines:
        try:
            _add(rows, line, header)
        except ValueError as error:
            source.unreadable(line, str(error), anything_before=len(rows) > 0)
    if rows.seconds_to_ms():
        source.tell("the intervals have a median below 10 ms, so they were read as seconds")
    return rows


def fields(text: str, delimiter: str) -> list[str]:
    """Return the fields of one line, without quotation marks; ValueError where a quotation mark is not closed."""
    if '"' not in text:
        return text.split(delimiter)
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True, skipinitialspace=True))
    except csv.Error:
        raise ValueError(f"{quoted(text)} has a quotation mark that is not closed") from None


def _header(text: str) -> _Header | None:
    for delimiter in ",;\t":
        try:
            names = [name.strip().lower() for name in fields(text, delimiter)]
        except ValueError:
            continue
        rr = _find(names, RR_SCALE)
        if rr is not None:
            times = tuple(_find(names, scale) for scale in (TIME_SCALE, ARRIVAL_SCALE, _UNCERTAINTY_SCALE))
            person = names.index("person") if "person" in names else None
            return _Header(delimiter, len(names), rr, times, person)
    return None


def _find(names: Sequence[str], scales: dict[str, float]) -> _Column | None:
    for name, scale in scales.items():
        if name in names:
            return _Column(names.index(name), scale)
    return None


def _add(rows: Rows, line: Line, header: _Header) -> None:
    values = fields(line.text, header.delimiter)
    if len(values) > header.width and any(value.strip() for value in values[header.width :]):
        hint = "; a decimal comma needs semicolons between the fields" if header.delimiter == "," else ""
        raise ValueError(f"{len(values)} fields where the header has {header.width}{hint}")
    comma = header.delimiter != ","
    t, arrival, uncertainty = (_value(values, column, comma) for column in header.times)
    person = values[header.person].strip() if header.person is not None and header.person < len(values) else ""
    rows.add(line, _value(values, header.rr, comma), t, arrival, uncertainty, person)


def _value(values: Sequence[str], column: _Column | None, decimal_comma: bool) -> float:
    """Return the number in ``column``, NaN where there is none."""
    if column is None or column.at >= len(values):
        return math.nan
    return number(values[column.at], decimal_comma=decimal_comma) * column.scale
