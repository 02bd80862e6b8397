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

SEEN_S = 300.0
"""A live chart looks back so long: the window of the spectrum."""
EVERY_S = 5.0
"""How far the points of a course are apart."""


@dataclass(slots=True)
class _Remembered:
    """One person's courses: time, coherence score and breath, NaN where unknown; the cue's plans of the last minutes,
    and its pace wherever that changed."""

    figures: list[tuple[float, float, float]] = field(default_factory=list)
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
                self._measured(event)
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
        rows = np.array(mine.figures, dtype=np.float64).reshape(-1, 3)
        paces = np.array(mine.paces, dtype=np.float64).reshape(-1, 2)
        return charts(Heard(
            person, max(0.0, t - SEEN_S), t, state.track.beats(),
            "none" if metrics is None else metrics.quality,
            "" if metrics is None else metrics.why,
            tuple(mine.cues), Course(rows[:, 0], rows[:, 1]), Course(rows[:, 0], rows[:, 2]),
            Course(paces[:, 0], paces[:, 1]), in_step_of(person, self._snapshots.stories),
            markers_of(person, self._markers), self._snapshots.hidden(person),
        ))  # fmt: skip

    def _measured(self, event: Metrics) -> None:
        figures = self._remembered[event.person].figures
        if not figures or event.t - figures[-1][0] >= EVERY_S - 1e-6:
            known = (event.coherence_score, event.breath_bpm)
            score, breath = (np.nan if value is None else value for value in known)
            figures.append((event.t, score, breath))

    def _planned(self, mine: _Remembered, cue: Cue) -> None:
        mine.cues.append(cue)
        while len(mine.cues) > 1 and mine.cues[1].t < cue.t - SEEN_S:
            mine.cues.pop(0)
        if not mine.paces or mine.paces[-1][1] != cue.rate_bpm:
            mine.paces.append((cue.t, cue.rate_bpm))
