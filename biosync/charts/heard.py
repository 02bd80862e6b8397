"""What charts are made from: what was heard of one person, in a session that runs or one that is over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from biosync.charts.charts import NO_COURSE, Course, InStepWith
from biosync.events import Cue, Marker, Quality
from biosync.heart.intervals import Beats
from biosync.together.course_summary import PairStory


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """``beats`` of ``person`` from ``begin_t`` to ``end_t`` (s), how far they can be trusted, and the plans of the
    cue that they heard; the courses, pairs and markers are of the whole session. ``hidden`` as in Charts."""

    person: str
    begin_t: float
    end_t: float
    beats: Beats
    quality: Quality
    why: str
    cues: Sequence[Cue] = ()
    coherence: Course = NO_COURSE
    breath: Course = NO_COURSE
    pace: Course = NO_COURSE
    in_step: tuple[InStepWith, ...] = ()
    markers: tuple[Marker, ...] = ()
    hidden: frozenset[str] = frozenset()


def in_step_of(person: str, stories: Iterable[PairStory]) -> tuple[InStepWith, ...]:
    """Return how it went with each of those whom ``person`` belongs together with."""
    return tuple(
        InStepWith(
            story.people[1 - story.people.index(person)],
            tuple(story.episodes), tuple(story.ruptures), tuple(story.led),
        )
        for story in stories if person in story.people
    )


def markers_of(person: str, markers: Iterable[Marker]) -> tuple[Marker, ...]:
    """Return the markers for ``person`` and those for all."""
    return tuple(marker for marker in markers if marker.person in (None, person))
