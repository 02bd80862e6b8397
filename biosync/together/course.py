"""The course of a session: times in step, ruptures and repairs, hearts that rise together, and recovery.

A fold over the events of a session, live or afterwards, so that both give the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from biosync.events import Cue, Event, Marker, Metrics, Synchrony, Turn
from biosync.together.course_pair import PairCourse
from biosync.together.course_recovery import Recovering
from biosync.together.course_rising import Rising, RisingTogether

_STRESS = re.compile(r"\bstress", re.IGNORECASE)


class Course:
    """Takes every event of a session in its order and answers with the turns."""

    def __init__(self) -> None:
        self._group_of: dict[str, tuple[str, ...]] = {}
        self._pairs: dict[tuple[str, str], PairCourse] = {}
        self._rising: dict[str, Rising] = {}
        self._together: dict[tuple[str, ...], RisingTogether] = {}
        self._recovering: dict[str, Recovering] = {}

    def feed(self, event: Event) -> list[Turn]:
        """Take the next event; return what turns with it."""
        match event:
            case Cue():
                self._group_of.update(dict.fromkeys(event.people, event.people))
            case Synchrony():
                pair = self._pairs.setdefault(event.people, PairCourse(event.people))
                return pair.look(event.t, event.in_step, self._since())
            case Metrics():
                return self._measured(event)
            case Marker() if marks_stress(event):
                for name in self._recovering if event.person is None else (event.person,):
                    self._of(name).begins(event.when, marked=True)
        return []

    def _measured(self, now: Metrics) -> list[Turn]:
        rising = self._rising.setdefault(now.person, Rising())
        before = rising.since_t
        rising.look(now.t, now.activation)
        if rising.since_t is not None and before is None:
            self._of(now.person).begins(rising.since_t, marked=False)
        turns = self._settled(now)
        if rising.since_t != before:
            turns += self._risen(now, rising)
        return turns

    def _risen(self, now: Metrics, rising: Rising) -> list[Turn]:
        """Return what it means to others that a heart rate begins or ceases to be raised."""
        since, turns = self._since(), []
        for people, pair in self._pairs.items():
            if now.person in people:
                turns += pair.rises(now.t, since, rising.last_t or now.t)
        group = self._group_of.get(now.person, ())
        found = self._together.setdefault(group, RisingTogether()).look({name: since.get(name) for name in group})
        if found is not None:
            turns.append(Turn(now.t, group, "rising together", found[0], found[1]))
        return turns

    def _settled(self, now: Metrics) -> list[Turn]:
        in_step = any(pair.in_step for people, pair in self._pairs.items() if now.person in people)
        found = self._of(now.person).look(now.t, now.heart_rate_bpm, in_step)
        if found is None:
            return []
        return [Turn(now.t, (now.person,), "settled", found.t, (now.person,), found.took_s, found.together)]

    def _since(self) -> dict[str, float | None]:
        return {name: rising.since_t for name, rising in self._rising.items()}

    def _of(self, person: str) -> Recovering:
        return self._recovering.setdefault(person, Recovering())


def marks_stress(marker: Marker) -> bool:
    """Tell if somebody marked a stress here: the text says so."""
    return _STRESS.search(marker.text) is not None


def course(events: Iterable[Event]) -> list[Turn]:
    """Return all turns of a session whose ``events`` are these, in order."""
    made = Course()
    return [turn for event in events for turn in made.feed(event)]
