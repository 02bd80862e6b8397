"""A session of sixteen made-up hearts that goes on in real time, made before: only showing it is measured."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from biosync.charts.charts import Charts
from biosync.charts.making import charts
from biosync.snapshot import PersonView, Snapshot
from tests.gui import made
from tests.gui.made_charts import heard

PICTURES_A_SECOND = 8
"""So often something new comes of one of sixteen: a beat of somebody's, or a look."""


class Clients(made.MadeSession):
    """Its time runs from ``begin`` on; a picture holds the beats that had come until then."""

    def __init__(self, seconds: float) -> None:
        super().__init__(None)
        self._begin = time.perf_counter()
        people = [whole(name, number, seconds) for number, name in enumerate(made.NAMES)]
        self._pictures: list[Snapshot] = []
        before: tuple[PersonView, ...] = ()
        for k in range(round(seconds * PICTURES_A_SECOND)):
            t = made.NOW + k / PICTURES_A_SECOND
            before = tuple(until(one, t, old) for one, old in zip(people, before or people, strict=True))
            self._pictures.append(made.snapshot(*before, now=t))
        of_one = heard("Mara")
        self.charted: Callable[[str], Charts] = lambda person: charts(
            replace(of_one, person=person, end_t=self.now(), begin_t=self.now() - 300))

    def begin(self) -> None:
        """Begin now."""
        self._begin = time.perf_counter()

    def now(self) -> float:
        return made.NOW + time.perf_counter() - self._begin

    @property
    def latest(self) -> Snapshot | None:  # type: ignore[override]
        place = int((self.now() - made.NOW) * PICTURES_A_SECOND)
        return self._pictures[min(place, len(self._pictures) - 1)] if hasattr(self, "_pictures") else None

    @latest.setter
    def latest(self, shown: Snapshot | None) -> None:
        pass


def whole(name: str, number: int, seconds: float) -> PersonView:
    """Return a person with the beats of the whole time, those that are still to come included."""
    end = made.NOW + seconds
    long = made.person(name, number, now=end, bpm=56.0 + 2 * number)
    early = made.person(name, number, now=end - 75.0, bpm=56.0 + 2 * number)
    keep = early.beat_t < long.beat_t[0] - 0.3
    both = {key: np.concatenate([getattr(early, key)[keep], getattr(long, key)])
            for key in ("beat_t", "heart_rate", "labels", "gap")}
    return replace(long, **both)


def until(person: PersonView, t: float, before: PersonView) -> PersonView:
    """Return what was known of ``person`` at ``t`` (s): the same as ``before`` where no beat has come since."""
    first, end = np.searchsorted(person.beat_t, (t - 75.0, t))
    last = float(person.beat_t[end - 1])
    if before.last_beat_t == last:
        return before
    cut = slice(int(first), int(end))
    figures = made.metrics(person.name, t, rate=float(person.heart_rate[end - 1]))
    return replace(person, beat_t=person.beat_t[cut], heart_rate=person.heart_rate[cut], labels=person.labels[cut],
                   gap=person.gap[cut], last_beat_t=last, metrics=figures)
