"""A tidy table: a row for every beat, as received and as corrected, with the cue and the markers of that moment."""

from __future__ import annotations

import csv
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from biosync.events import LABELS, Cue, Marker
from biosync.heart.correction import correct
from biosync.heart.intervals import Beats
from biosync.heart.labeller import label
from biosync.store.exports.content import Content, number
from biosync.store.timeline import Timeline

ENDING = ".csv"
MOST_PEOPLE: int | None = None
COLUMNS = (
    "session", "started", "simulated", "person", "t", "rr_ms", "label", "gap", "t_uncertainty_s",
    "corrected_rr_ms", "corrected_gap", "cue_phase", "cue_rate_bpm", "marker",
)  # fmt: skip


@dataclass(slots=True)
class _Row:
    """What ended at ``t``: a beat as received (its place in the timeline), a corrected interval, or both."""

    t: float
    beat: int | None = None
    corrected: int | None = None


def write(content: Content, out: TextIO) -> list[str]:
    """Write the table, one person after the other; it can hold everything, so there is nothing to tell."""
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for person, line in content.lines.items():
        own_cues = [cue for cue in content.cues if person in cue.people]
        own_markers = [marker for marker in content.markers if marker.person in (None, person)]
        head = content.session
        about = (head.id, head.started, str(int(head.simulated)), _flat(person))
        for cells in _cells(line, own_cues, own_markers):
            table.writerow((*about, *cells))
    return []


def _cells(line: Timeline, cues: Sequence[Cue], markers: Sequence[Marker]) -> Iterator[tuple[str, ...]]:
    codes = label(line.rr_ms, line.gap)
    x = correct(Beats(line.t_s, line.rr_ms, codes, line.gap))
    rows = _joined([float(t) for t in line.t_s], [float(t) for t in x.t_s])
    marked = _marked(rows, markers)
    cue_t = [cue.t for cue in cues]
    for k, row in enumerate(rows):
        i, j = row.beat, row.corrected
        received = ("",) * 4 if i is None else _received(line, i, LABELS[codes[i]])
        corrected = ("",) * 2 if j is None else (number(float(x.rr_ms[j])), str(int(j > 0 and not x.follows[j])))
        yield (number(row.t), *received, *corrected, *_cue_at(cues, cue_t, row.t), marked.get(k, ""))


def _received(line: Timeline, i: int, name: str) -> tuple[str, ...]:
    return number(float(line.rr_ms[i])), name, str(int(line.gap[i])), number(float(line.t_uncertainty_s[i]))


def _joined(beats_t: Sequence[float], corrected_t: Sequence[float]) -> list[_Row]:
    """Return a row for every time at which a beat or a corrected interval ended; those that ended together share it."""
    rows: list[_Row] = []
    j = 0
    for i, t in enumerate(beats_t):
        while j < len(corrected_t) and corrected_t[j] < t:
            rows.append(_Row(corrected_t[j], corrected=j))
            j += 1
        row = _Row(t, beat=i)
        if j < len(corrected_t) and corrected_t[j] == t:
            row.corrected = j
            j += 1
        rows.append(row)
    return rows + [_Row(corrected_t[k], corrected=k) for k in range(j, len(corrected_t))]


def _cue_at(cues: Sequence[Cue], cue_t: Sequence[float], t: float) -> tuple[str, str]:
    """Return phase and pace of the cue at ``t``, empty before the first."""
    k = bisect_right(cue_t, t) - 1
    if k < 0:
        return "", ""
    phase = round(cues[k].phase_at(t), 6) % 1.0  # rounding must not carry it to 1
    return number(phase), number(round(cues[k].rate_bpm, 6))


def _marked(rows: Sequence[_Row], markers: Sequence[Marker]) -> dict[int, str]:
    """Return the markers' texts by row: the first row at or after each, the last one for what came later."""
    times = [row.t for row in rows]
    found: dict[int, list[str]] = {}
    for marker in markers if rows else ():
        k = min(bisect_left(times, marker.when), len(rows) - 1)
        found.setdefault(k, []).append(f"{marker.when:.3f} s: {_flat(marker.text)}")
    return {k: "; ".join(texts) for k, texts in found.items()}


def _flat(text: str) -> str:
    """Return ``text`` in one line and printable: a line of the table is one row."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
