"""Over weeks: does a person's heart, alone, come back sooner? What was learned together may become one's own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from statistics import median
from typing import TYPE_CHECKING, Literal

from biosync.store.kept_summaries import figures
from biosync.store.summaries import LATEST_SESSIONS, Figures, own_median
from biosync.together.evidence import LEVEL, upper_tail

if TYPE_CHECKING:
    from biosync.store.ledger.reader import Ledger

LEAST_SESSIONS = 6
"""Of fewer, hardly any order could be told from chance."""

Direction = Literal["sooner", "later", "no change"]


@dataclass(frozen=True, slots=True)
class Recovered:
    """In the session ``id`` that began at ``started`` (ISO 8601, UTC) it took ``took_s`` to come half-way back."""

    id: str
    started: str
    took_s: float

    @property
    def day(self) -> date:
        """The day on which it began, in this computer's time zone."""
        return datetime.fromisoformat(self.started).astimezone().date()


@dataclass(frozen=True, slots=True)
class RecoveryTrend:
    """One person's recoveries alone by date, oldest first: after a stress that somebody ``marked``, or else after the
    peak, never both. ``median_s`` their own median, None of fewer than three; ``direction`` None: cannot tell yet, of
    fewer than six; ``p_value`` the chance of so much order without any change."""

    points: tuple[Recovered, ...]
    marked: bool
    median_s: float | None
    direction: Direction | None
    p_value: float | None

    @property
    def halves_s(self) -> tuple[float, float]:
        """The medians (s) of the earlier and of the later half. ValueError for fewer than two points."""
        if len(self.points) < 2:
            raise ValueError("one recovery has no halves")
        took_s, half = [one.took_s for one in self.points], len(self.points) // 2
        return median(took_s[:half]), median(took_s[len(took_s) - half :])


def recovery_trend(ledger: Ledger, person: str, *, made_up: bool = False) -> RecoveryTrend | None:
    """Return how soon ``person`` came back alone in their latest 60 sessions, None where there was nothing to come back
    from; ``made_up``: of the virtual person of that name. LedgerError where a session can't be read."""
    sessions = [one for one in ledger.sessions() if person in one.people and (person in one.made_up) == made_up]
    latest = sessions[-LATEST_SESSIONS:]
    found = figures(ledger, latest, person)
    return trend_of([(one.id, one.started, own) for one, own in zip(latest, found, strict=True)])


def trend_of(sessions: Sequence[tuple[str, str, Figures]]) -> RecoveryTrend | None:
    """Return the trend over ``sessions`` (id, start, figures), oldest first; None where none holds a recovery."""
    by_mark: dict[bool, list[Recovered]] = {False: [], True: []}
    for id, started, own in sessions:
        if own.recovery_s is not None:
            by_mark[own.recovery_marked].append(Recovered(id, started, own.recovery_s))
    # A mark is set before the peak, so the two are different measures: the one with more sessions is told.
    marked = len(by_mark[True]) > len(by_mark[False])
    points = tuple(by_mark[marked])
    if not points:
        return None
    middle = own_median([one.took_s for one in points])
    if len(points) < LEAST_SESSIONS:
        return RecoveryTrend(points, marked, middle, None, None)
    score, p_value = mann_kendall([one.took_s for one in points])
    direction: Direction = "no change" if p_value >= LEVEL else "sooner" if score < 0 else "later"
    return RecoveryTrend(points, marked, middle, direction, p_value)


def in_words(trend: RecoveryTrend) -> str:
    """Return the trend as one sentence, of a person against themselves alone."""
    what = f"Alone, half-way back after {'a marked stress' if trend.marked else 'the peak'}"
    if trend.direction is None:
        there = f"{len(trend.points)} of the {LEAST_SESSIONS} sessions it takes"
        return f"{what}: cannot tell yet if that changes ({there})."
    since = f"over {len(trend.points)} sessions since {trend.points[0].day}"
    own = f"your median is {trend.median_s:.0f} s"
    if trend.direction == "no change":
        return f"{what}: no change to tell {since}; {own}."
    earlier, later = trend.halves_s
    return f"{what}: {trend.direction} {since}, {earlier:.0f} s in the earlier half, {later:.0f} s in the later; {own}."


def mann_kendall(values: Sequence[float]) -> tuple[int, float]:
    """Return Kendall's score of ``values`` in their order (below 0: they fall), and its two-sided chance without any
    trend.

    Mann, Econometrica 13:245-259, 1945, with the variance for ties (Kendall 1975) and a correction for continuity.
    """
    score = sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))
    ties = [values.count(value) for value in set(values)]
    variance = (_spread(len(values)) - sum(map(_spread, ties))) / 18
    if variance <= 0 or score == 0:
        return score, 1.0
    return score, min(1.0, 2 * upper_tail((abs(score) - 1) / math.sqrt(variance)))


def _spread(n: int) -> int:
    return n * (n - 1) * (2 * n + 5)
