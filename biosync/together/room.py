"""Everybody in one stretch of time on one grid: each person is made white once, every pair is then cheap."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from biosync.together.cross_correlation import CrossCorrelation, cross_correlation
from biosync.together.cue_course import CueCourse
from biosync.together.nuisance import cue_columns, slow_columns
from biosync.together.sampled import FINE_HZ, Sampled
from biosync.together.whitening import White, whiten
from biosync.types import BoolArray, FloatArray

LEAST_S = 60
"""Shorter stretches hold too few breaths to judge."""

Cues = tuple[CueCourse, ...]


class Room:
    """``people`` in one stretch of time, all sampled at the same times."""

    def __init__(self, people: Sequence[Sampled]) -> None:
        self.people = tuple(people)
        self._white: dict[tuple[int, Cues, bytes], White | None] = {}
        self._columns: dict[Cues, FloatArray] = {}

    def white(self, person: int, cues: Cues, known: BoolArray) -> White | None:
        """Return person number ``person`` white, without what ``cues`` explain, from the samples ``known`` (n,)."""
        key = (person, cues, known.tobytes())
        if key not in self._white:
            self._white[key] = whiten(self.people[person].slow, known, self._nuisance(cues))
        return self._white[key]

    def pair(self, a: int, b: int, cues: Cues = ()) -> tuple[White, White] | None:
        """Return persons number ``a`` and ``b`` white, from the times at which both are known, each without the same
        columns; None if that is too little."""
        both = self.people[a].known & self.people[b].known
        if int(both.sum()) < LEAST_S:
            return None
        first, second = self.white(a, cues, both), self.white(b, cues, both)
        return None if first is None or second is None else (first, second)

    def correlation(self, a: int, b: int, cues: Cues = (), *, by_blocks: bool = True) -> CrossCorrelation | None:
        """Return the cross-correlation of persons number ``a`` and ``b`` without what ``cues`` explain."""
        pair = self.pair(a, b, cues)
        return None if pair is None else cross_correlation(*pair, by_blocks=by_blocks)

    def cue_part(self, white: White, cues: Cues) -> FloatArray:
        """Return what ``cues`` make of a heart rate (4n,) in bpm at 4 Hz; ``white``: that person without them."""
        start_s, n = self.people[0].start_s, len(self.people[0])
        columns = cue_columns(cues, start_s, FINE_HZ * n, FINE_HZ)
        return np.asarray(columns @ white.weights[len(white.weights) - columns.shape[1] :], dtype=np.float64)

    def _nuisance(self, cues: Cues) -> FloatArray:
        if cues not in self._columns:
            start_s, n = self.people[0].start_s, len(self.people[0])
            self._columns[cues] = np.concatenate([slow_columns(n), cue_columns(cues, start_s, n)], axis=1)
        return self._columns[cues]
