"""A table with a header: separated by commas, semicolons or tabs, with the columns of docs/formats.md."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass

from biosync.store.numbers import epoch_s, number, quoted
from biosync.store.rows import Rows
from biosync.store.source import Line, Source

RR_SCALE = {"rr_ms": 1.0, "rr_ticks_128hz": 1000 / 128, "rr_ticks_1024hz": 1000 / 1024}
TIME_SCALE = {"t": 1.0, "t_s": 1.0}
EPOCH_SCALE = {"epoch_ms": 0.001}
ARRIVAL_SCALE = {"arrival_s": 1.0, **EPOCH_SCALE}
_UNCERTAINTY_SCALE = {"t_uncertainty_s": 1.0}
_AS_IT_IS = 1.0


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
    gap: _Column | None
    corrected: _Column | None
    started: int | None
    simulated: _Column | None
    epoch: bool  # its clock counts from 1970


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
    rows.gaps_stated = header.gap is not None
    rows.clock_zero_s = 0.0 if header.epoch else None
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
            epoch = times[0] is None and not {"arrival_s"} & set(names) and "epoch_ms" in names
            corrected = _find(names, {"corrected_rr_ms": _AS_IT_IS})
            # In tables of others, columns called gap or simulated may mean anything.
            gap = _find(names, {"gap": _AS_IT_IS}) if corrected else None
            person, started = (names.index(name) if name in names else None for name in ("person", "started"))
            simulated = _find(names, {"simulated": _AS_IT_IS}) if corrected else None
            return _Header(delimiter, len(names), rr, times, person, gap, corrected, started, simulated, epoch)
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
    rr = _value(values, header.rr, comma)
    if math.isnan(rr) and not math.isnan(_value(values, header.corrected, comma)):
        return  # an interval that a correction put in: nothing was received there
    t, arrival, uncertainty = (_value(values, column, comma) for column in header.times)
    rows.add(line, rr, t, arrival, uncertainty, _text(values, header.person), _value(values, header.gap, comma) > 0)
    rows.simulated |= _value(values, header.simulated, comma) > 0
    if rows.clock_zero_s is None:
        rows.clock_zero_s = epoch_s(_text(values, header.started))


def _text(values: Sequence[str], column: int | None) -> str:
    """Return the text in ``column``, "" where there is none."""
    return values[column].strip() if column is not None and column < len(values) else ""


def _value(values: Sequence[str], column: _Column | None, decimal_comma: bool) -> float:
    """Return the number in ``column``, NaN where there is none."""
    if column is None or column.at >= len(values):
        return math.nan
    return number(values[column.at], decimal_comma=decimal_comma) * column.scale
