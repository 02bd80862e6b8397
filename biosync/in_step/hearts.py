"""One person's heart as a look at a group needs it, and the course of the cue that they share."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from biosync.events import Cue
from biosync.heart.intervals import Beats
from biosync.together.cue_course import CueCourse
from biosync.together.series import Series, from_beats
from biosync.types import FloatArray


@dataclass(frozen=True, slots=True)
class Heart:
    """``person``'s labelled ``beats`` (n), the time of each give or take ``uncertainty_s`` (n,); they belong to the
    group since ``since_t`` (s)."""

    person: str
    beats: Beats
    uncertainty_s: FloatArray
    since_t: float

    def series(self) -> Series:
        """Return the heart rate since they belong to the group."""
        found = from_beats(self.beats, self.uncertainty_s)
        return found.between(self.since_t, float(found.t_s[-1])) if len(found) else found


class Plans:
    """The plans of one cue, as far back as anybody looks: ``remembered_s``."""

    def __init__(self, remembered_s: float) -> None:
        self._remembered_s = remembered_s
        self._cues: deque[Cue] = deque()

    def add(self, cue: Cue) -> None:
        """Take the next plan; one for the same moment replaces the one before."""
        if self._cues and self._cues[-1].t >= cue.t:
            self._cues.pop()
        self._cues.append(cue)
        while len(self._cues) > 1 and self._cues[1].t < cue.t - self._remembered_s:
            self._cues.popleft()

    def course(self) -> tuple[CueCourse, ...]:
        """Return the course of the cue, nothing before its first plan."""
        if not self._cues:
            return ()
        rows = np.array([(cue.t, cue.rate_bpm / 60, cue.phase) for cue in self._cues], dtype=np.float64)
        t_s, rate_hz, phase = rows[:, 0], rows[:, 1], rows[:, 2]
        turned = np.diff(t_s) * rate_hz[:-1]  # a plan's pace holds until the next
        turned += (np.diff(phase) - turned + 0.5) % 1.0 - 0.5
        cycles = phase[0] + np.concatenate([[0.0], np.cumsum(turned)])
        return (CueCourse(t_s, cycles, (float(rate_hz[0]), float(rate_hz[-1]))),)
