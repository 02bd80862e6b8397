"""From labelled beats to intervals for metrics: time is kept, gaps stay gaps, and what was made here is marked.

The rules are those of Lipponen & Tarvainen, J Med Eng Technol 43(3):173-181, 2019: an extra beat is deleted, a missed
one put in, the others are replaced by interpolation.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from biosync.events import LABELS
from biosync.heart.intervals import Beats, Intervals
from biosync.types import BoolArray, FloatArray, IntArray

Index = npt.NDArray[np.intp]

NORMAL, ECTOPIC, MISSED, EXTRA, LONG, SHORT = range(len(LABELS))

PAUSE_MS = 2500.0
"""An interval longer than this is a pause of the recorder, not a beat."""
LONGEST_REPAIR_S = 8.0
"""More than this in a row is not repaired: it becomes a gap, because it would be made up."""
AROUND = 5
"""How many sound intervals on each side tell what an interval should have been."""
FITS = 0.15
"""Parts that differ from that by no more than this share are taken; others are interpolated."""


def uncorrected(beats: Beats) -> Intervals:
    """Return the intervals as they are: all marked as measured, gaps kept."""
    return _as_they_are(beats, 0, len(beats))


def correct(beats: Beats) -> Intervals:
    """Return the intervals without the artefacts that the labels name; what was made here is not ``normal``.

    Flagged intervals in a row keep their whole duration and become as many equal ones as their neighbours suggest: an
    extra beat one, a missed beat two, an ectopic beat with its pause two. One that is merely long or short takes the
    mean of its neighbours and keeps its time. Where no neighbour tells, and over a pause or a long stretch of noise,
    there is a gap. No gap is ever bridged.
    """
    starts = beats.gap.copy()
    pause = beats.rr_ms > PAUSE_MS
    starts[1:] |= pause[:-1]
    starts |= pause
    flagged = _flagged(beats.label, starts) | pause
    if not flagged.any():
        return uncorrected(beats)
    run = np.cumsum(starts, dtype=np.intp)
    sound = np.flatnonzero(~flagged)
    pieces: list[Intervals] = []
    done = 0
    for first, last in _groups(flagged, starts):
        pieces += [_as_they_are(beats, done, first), _repaired(beats, first, last, run, sound)]
        done = last + 1
    pieces.append(_as_they_are(beats, done, len(beats)))
    return _joined(pieces)


def _flagged(label: IntArray, starts: BoolArray) -> BoolArray:
    """Return which intervals are spoiled: those of flagged beats, and the other half of ectopic and extra ones."""
    flagged: BoolArray = label != NORMAL
    halved = (label[:-1] == ECTOPIC) | (label[:-1] == EXTRA)
    flagged[1:] |= halved & ~starts[1:]
    return flagged


def _groups(flagged: BoolArray, starts: BoolArray) -> list[tuple[int, int]]:
    """Return first and last index of each row of flagged intervals within one run."""
    before = np.append(False, flagged[:-1])
    after = np.append(flagged[1:], False)
    opens = flagged & (~before | starts)
    closes = flagged & (~after | np.append(starts[1:], True))
    return [(int(a), int(b)) for a, b in zip(np.flatnonzero(opens), np.flatnonzero(closes), strict=True)]


def _as_they_are(beats: Beats, first: int, end: int) -> Intervals:
    part = slice(first, end)
    follows = ~beats.gap[part]
    if first == 0:
        follows[:1] = False
    return Intervals(beats.t_s[part], beats.rr_ms[part], follows, np.ones(end - first, dtype=bool))


def _repaired(beats: Beats, first: int, last: int, run: Index, sound: Index) -> Intervals:
    """Return what the intervals ``first`` to ``last`` (included) become; nothing where they can't be repaired."""
    duration = float(beats.rr_ms[first : last + 1].sum())
    before, after = _neighbours(beats, first, run, sound)
    around = np.concatenate([before, after])
    if len(around) < 2 or duration > LONGEST_REPAIR_S * 1000 or bool(np.any(beats.rr_ms[first : last + 1] > PAUSE_MS)):
        return _as_they_are(beats, first, first)
    expected = float(np.median(around))
    parts = max(1, round(duration / expected))
    each = duration / parts
    if abs(each - expected) > FITS * expected:
        each = float(np.mean(np.concatenate([before[-1:], after[:1]])))
    spaced: FloatArray = beats.t_s[last] - duration / 1000 * (1 - np.arange(1, parts + 1) / parts)
    follows = np.ones(parts, dtype=bool)
    follows[0] = first > 0 and not beats.gap[first]
    return Intervals(spaced, np.full(parts, each), follows, np.zeros(parts, dtype=bool))


def _neighbours(beats: Beats, first: int, run: Index, sound: Index) -> tuple[FloatArray, FloatArray]:
    """Return the sound intervals next to index ``first`` in its own run: up to ``AROUND`` before, and after."""
    place = int(np.searchsorted(sound, first))
    before, after = sound[max(0, place - AROUND) : place], sound[place : place + AROUND]
    return beats.rr_ms[before[run[before] == run[first]]], beats.rr_ms[after[run[after] == run[first]]]


def _joined(pieces: list[Intervals]) -> Intervals:
    """Return the pieces as one; a piece after one that could not be repaired (every second may be) follows nothing."""
    follows = [piece.follows.copy() for piece in pieces]
    lost = True
    for i, piece in enumerate(pieces):
        if len(piece):
            follows[i][0] &= not lost
            lost = False
        else:
            lost = lost or i % 2 == 1
    return Intervals(
        np.concatenate([piece.t_s for piece in pieces]),
        np.concatenate([piece.rr_ms for piece in pieces]),
        np.concatenate(follows),
        np.concatenate([piece.normal for piece in pieces]),
    )
