"""From a format's rows to one recording a person: what cannot be used is left out, counted and told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from biosync.store import ordering
from biosync.store.column_set import Columns, Skipped
from biosync.store.numbers import shown_name
from biosync.store.recording import Recording
from biosync.store.rows import Rows
from biosync.store.source import Source
from biosync.types import BoolArray, FloatArray

LONGEST_MS = ordering.LONGEST_PAUSE_S * 1000
SHORTEST_MS = 1.0
CUT_BELOW_MS = 200.0
"""An unended last line with less than this has most likely lost digits: it would be 300 beats a minute."""
_LATEST_S = 1e11
"""Times beyond this (in seconds; the year 5138) are no times."""


def recordings(rows: Rows, source: Source) -> list[Recording]:
    """Return a recording for each person in ``rows``; RecordingError if nothing usable is left."""
    if not len(rows):
        raise source.error("there is no RR interval in it")
    skipped = Skipped()
    cut = _cut_number(rows)
    columns, lines, whose = rows.columns(), rows.lines(), rows.person_index()
    found = []
    for index, person in enumerate(rows.people):
        own = whose == index
        table = Columns(lines[own], columns[:, own], skipped)
        table.drop(cut[own], "the file ends in the middle of its number")
        _drop_bad_intervals(table)
        found.append(_recording(shown_name(person) or source.stem, table, rows.silent_s(person), source))
    usable = [one for one in found if len(one)]
    if not usable:
        raise source.error(f"no interval in it can be used ({'; '.join(skipped.sentences())})")
    for sentence in skipped.sentences():
        source.tell(sentence)
    return [
        replace(one, told=tuple(source.told), clock_zero_s=rows.clock_zero_s, gaps_stated=rows.gaps_stated,
                simulated=rows.simulated)
        for one in usable
    ]  # fmt: skip


def _cut_number(rows: Rows) -> BoolArray:
    cut = np.zeros(len(rows), dtype=bool)
    if rows.cut is not None and len(rows) > 1:
        cut[rows.cut] = 0 < rows.rr[rows.cut] < CUT_BELOW_MS
    return cut


def _drop_bad_intervals(table: Columns) -> None:
    table.drop(np.isnan(table.rr_ms), "it has no interval")
    table.drop(~np.isfinite(table.rr_ms), "its interval is infinite")
    table.drop(table.rr_ms <= 0, "its interval is 0 or less")
    table.drop(table.rr_ms < SHORTEST_MS, "its interval is shorter than 1 ms")
    table.drop(table.rr_ms > LONGEST_MS, "its interval is longer than a day")


def _recording(person: str, table: Columns, silent_s: FloatArray, source: Source) -> Recording:
    t_s = arrival_s = silent = None
    if _usable(table.t_s).any():
        t_s = _times(table, source)
    elif _usable(table.arrival_s).any():
        if len(silent_s) and not ordering.restarts(table.arrival_s).any():
            silent = np.sort(silent_s[_usable(silent_s)])
        arrival_s = _arrivals(table, source)
    uncertainty = _uncertainty(table.t_uncertainty_s)
    return Recording(person, table.rr_ms, table.lost, t_s, arrival_s, uncertainty, silent)


def _times(table: Columns, source: Source) -> FloatArray:
    """Return the times (n,) in order; rows without one, or with one that does not rise, are dropped."""
    table.drop(~_usable(table.t_s), "it has no time")
    table.t_s = _joined(table, table.t_s, source)
    coarse = ordering.coarse_step(table.t_s, table.rr_ms) > 0
    table.drop(ordering.not_after(table.t_s, equal_is_fine=coarse), "its time is not after that of the line before")
    return table.t_s


def _arrivals(table: Columns, source: Source) -> FloatArray:
    """Return the arrivals (n,) in order; an empty one is that of the row before (one notification, many intervals)."""
    arrivals = ordering.filled(np.where(_usable(table.arrival_s), table.arrival_s, np.nan))
    return ordering.arrivals_in_order(_joined(table, arrivals, source))


def _joined(table: Columns, times: FloatArray, source: Source) -> FloatArray:
    again = ordering.restarts(times)
    if not again.any():
        return times
    table.lost = table.lost | again
    lines = table.line[again]
    where = f"line {lines[0]}" if len(lines) == 1 else f"{len(lines)} lines, the first is line {lines[0]}"
    source.tell(f"the clock was set or started again in {where}, so how long the gap before it is cannot be known")
    return ordering.joined(times, table.rr_ms)


def _uncertainty(stated: FloatArray) -> FloatArray | None:
    """Return the stated uncertainties (n,), the largest where none is stated; None where none is at all."""
    known = np.isfinite(stated) & (stated >= 0)
    if not known.any():
        return None
    usable: FloatArray = stated.copy()
    usable[~known] = stated[known].max()
    return usable


def _usable(times: FloatArray) -> BoolArray:
    with np.errstate(invalid="ignore"):
        return np.asarray(np.abs(times) < _LATEST_S, dtype=bool)
