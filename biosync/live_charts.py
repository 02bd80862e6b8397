"""The charts of one person of a running session, made when asked for; beside it only what an engine forgets."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from biosync.charts.charts import Charts, Course
from biosync.charts.heard import Heard, in_step_of, markers_of
from biosync.charts.making import charts
from biosync.engine import Engine
from biosync.events import Cue, Event, Marker, Metrics
from biosync.snapshots import Snapshots
from biosync.types import FloatArray

SEEN_S = 300.0
"""A live chart looks back so long: the window of the spectrum."""
EVERY_S = 5.0
"""How far the points of a course are apart, until there are ``MOST_POINTS`` of them: then twice as far, and so on."""
MOST_POINTS = 2880


class Kept:
    """The course of a person's coherence score and breath: as many points as a chart can show, however long it is."""

    def __init__(self) -> None:
        self._rows = np.empty((MOST_POINTS, 3))
        self._count = 0
        self._every_s = EVERY_S

    @property
    def rows(self) -> FloatArray:
        """Time (s), score, and breath (a minute), NaN where unknown: (n, 3)."""
        return self._rows[: self._count].copy()

    def add(self, t: float, score: float | None, breath: float | None) -> None:
        """Take the figures at ``t``, unless the last that was kept is too near."""
        if self._count and t - self._rows[self._count - 1, 0] < self._every_s - 1e-6:
            return
        if self._count == MOST_POINTS:
            self._every_s *= 2
            self._count = MOST_POINTS // 2
            self._rows[: self._count] = self._rows[::2].copy()
        self._rows[self._count] = t, np.nan if score is None else score, np.nan if breath is None else breath
        self._count += 1


@dataclass(slots=True)
class _Remembered:
    """One person's course; the cue's plans of the last minutes, and its pace wherever that changed."""

    figures: Kept = field(default_factory=Kept)
    cues: list[Cue] = field(default_factory=list)
    paces: list[tuple[float, float]] = field(default_factory=list)


class LiveCharts:
    """Hears every event of the session of ``engine``; what may be shown is what ``snapshots`` show."""

    def __init__(self, engine: Engine, snapshots: Snapshots) -> None:
        self._engine, self._snapshots = engine, snapshots
        self._remembered: defaultdict[str, _Remembered] = defaultdict(_Remembered)
        self._markers: list[Marker] = []

    def note(self, event: Event) -> None:
        """Remember what the charts need of ``event``."""
        match event:
            case Metrics():
                self._remembered[event.person].figures.add(event.t, event.coherence_score, event.breath_bpm)
            case Cue():
                for name in event.people:
                    self._planned(self._remembered[name], event)
            case Marker():
                self._markers.append(event)
            case _:
                pass

    def charts(self, person: str, t: float) -> Charts | None:
        """Return the charts of ``person`` at time ``t`` (s); None for one who was never here."""
        state = self._engine.people.get(person)
        if state is None:
            return None
        metrics, mine = state.metrics, self._remembered[person]
        rows = mine.figures.rows
        paces = np.array(mine.paces, dtype=np.float64).reshape(-1, 2)
        return charts(Heard(
            person, max(0.0, t - SEEN_S), t, state.track.beats(),
            "none" if metrics is None else metrics.quality,
            "" if metrics is None else metrics.why,
            tuple(mine.cues), Course(rows[:, 0], rows[:, 1]), Course(rows[:, 0], rows[:, 2]),
            Course(paces[:, 0], paces[:, 1]), in_step_of(person, self._snapshots.stories),
            markers_of(person, self._markers), self._snapshots.hidden(person),
        ))  # fmt: skip

    def _planned(self, mine: _Remembered, cue: Cue) -> None:
        mine.cues.append(cue)
        while len(mine.cues) > 1 and mine.cues[1].t < cue.t - SEEN_S:
            mine.cues.pop(0)
        if not mine.paces or mine.paces[-1][1] != cue.rate_bpm:
            mine.paces.append((cue.t, cue.rate_bpm))
