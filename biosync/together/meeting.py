"""Everybody on one clock: all pairs, and the group where there are three or more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from biosync.together.cue_course import CueCourse
from biosync.together.groups import GroupResult, group
from biosync.together.pairs import Gathering, PairResult
from biosync.together.series import Series
from biosync.together.spans import common, longest

MOST_PEOPLE = 16


@dataclass(frozen=True, slots=True)
class Meeting:
    """``pairs``: who (numbers in the order they were given) and how they go together; ``group`` of three or more."""

    pairs: tuple[tuple[int, int, PairResult], ...]
    group: GroupResult | None


def meet(
    series: Sequence[Series],
    cues: Sequence[Sequence[CueCourse]] = (),
    *,
    window: tuple[float, float] | None = None,
    clock_error_s: float = 0.0,
    lead: bool = True,
) -> Meeting | None:
    """Return how two or more hearts go together in ``window`` (from, to, in seconds) or in the time they share; None
    where there is none.

    ``cues``: for each person the cues that ran for them, empty where none ran for anybody; two are compared without
    what either's cues explain. The time of three or more goes from the first beat of anybody to the last: each pair is
    judged where both are known. ``clock_error_s``: how far apart the clocks of any two may be; ``lead``: tell who
    leads, too. ValueError for fewer than 2 or more than 16 people.
    """
    if not 2 <= len(series) <= MOST_PEOPLE:
        raise ValueError(f"synchrony is of 2 to {MOST_PEOPLE} people, not of {len(series)}")
    shared = window or (common(series) if len(series) == 2 else longest(series))
    if shared is None:
        return None
    each = tuple(tuple(own) for own in cues) or ((),) * len(series)
    gathering = Gathering(series, *shared)
    pairs = tuple(
        (a, b, gathering.pair(a, b, tuple(dict.fromkeys((*each[a], *each[b]))), clock_error_s, lead=lead))
        for a, b in combinations(range(len(series)), 2)
    )
    found = group(gathering.people, [one for _, _, one in pairs]) if len(series) > 2 else None
    return Meeting(pairs, found)
