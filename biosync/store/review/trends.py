"""How a person's figures go over weeks, against their own median and nobody else's.

If they go up or down is asked of Kendall's rank correlation with time, two-sided (Kendall, Biometrika 30:81-93, 1938;
Mann, Econometrica 13:245-259, 1945), and how fast is told by the slope of Theil and Sen (Sen, J Am Stat Assoc
63:1379-1389, 1968): neither minds a single odd session. Of steady hearts, one in twenty is called a change by chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.stats import kendalltau, theilslopes

from biosync.store.ledger.kinds import Measured
from biosync.store.memory import Known, combined
from biosync.store.review.own_figures import own_figures
from biosync.store.summaries import LATEST_SESSIONS, LEVEL_SHARE, Figures, own_median

if TYPE_CHECKING:
    from biosync.store.ledger.reader import Ledger

LEAST_SESSIONS = 6
"""Of fewer sessions nothing is told of a direction: four in a row can't be told from chance, five hardly."""
LEAST_DAYS = 14.0
"""Within less than two weeks a change is a good or a bad week, no trend."""
SURE = 0.05
DAYS_A_WEEK = 7.0
_DAY_S = 86400.0

Direction = Literal["rising", "falling", "level", "unknown"]
"""``level``: no direction that can be told from chance; ``unknown``: too few sessions, or too short a time."""


@dataclass(frozen=True, slots=True)
class Course:
    """One figure over sessions: ``day`` since the first (0), ``value``, both known only; ``median`` of all of them
    (None for fewer than three). ``per_week``: the slope, where there is a direction. ``missing``: how many more
    sessions are needed to tell one, 0 where the time is too short."""

    day: tuple[float, ...]
    value: tuple[float, ...]
    median: float | None
    direction: Direction
    per_week: float | None = None
    p_value: float | None = None
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Resonances:
    """Where the heart swung most, a measurement a session: ``day`` since the first session, ``bpm`` and its spread
    ``sd_bpm`` (a standard deviation); ``now`` is what all of them tell together, None without any."""

    day: tuple[float, ...]
    bpm: tuple[float, ...]
    sd_bpm: tuple[float, ...]
    now: Known | None


@dataclass(frozen=True, slots=True)
class Trends:
    """Of ``person`` (made up or not), over ``sessions`` whose first was at ``first`` (ISO 8601, UTC): ``rmssd_ms``,
    ``coherence_score``, and ``recovery_s``, in which the heart came half-way back alone: from stresses that somebody
    marked (``recovery_marked``), or else from the peak."""

    person: str
    made_up: bool
    sessions: int
    first: str | None
    rmssd_ms: Course
    coherence_score: Course
    recovery_s: Course
    resonance: Resonances
    recovery_marked: bool = False


def trends(ledger: Ledger, person: str, *, made_up: bool = False) -> Trends:
    """Return the trends of ``person`` over their latest sessions; LedgerError where they can't be read."""
    of_them = [one for one in ledger.sessions() if person in one.people and (person in one.made_up) == made_up]
    latest = of_them[-LATEST_SESSIONS:]
    found = own_figures(ledger, latest, person)
    start = latest[0].started if latest else None
    days = [days_between(start, one.started) for one in latest]
    recovery_s, marked = alike_recoveries(found)
    measured = [(at, one) for at, one in ledger.resonances_of(person, made_up) if start is None or at >= start]
    return Trends(
        person, made_up, len(latest), start,
        course(days, [one.rmssd_ms for one in found]),
        course(days, [one.coherence_score for one in found]),
        course(days, recovery_s),
        _resonances(start, measured),
        marked,
    )  # fmt: skip


def course(days: Sequence[float], values: Sequence[float | None]) -> Course:
    """Return the course of one figure from what is known of it; ``days`` (n,) rise, ``values`` (n,)."""
    known = [(day, value) for day, value in zip(days, values, strict=True) if value is not None]
    day, value = tuple(one for one, _ in known), tuple(one for _, one in known)
    middle = own_median(value)
    missing = max(0, LEAST_SESSIONS - len(value))
    if missing or day[-1] - day[0] < LEAST_DAYS:
        return Course(day, value, middle, "unknown", missing=missing)
    tau, p_value = kendalltau(day, value)
    if not np.isfinite(tau) or p_value >= SURE:  # all values alike: nothing rises
        return Course(day, value, middle, "level", p_value=float(p_value) if np.isfinite(p_value) else None)
    slope = float(theilslopes(value, day)[0])
    if abs(slope) * (day[-1] - day[0]) <= LEVEL_SHARE * abs(float(np.median(value))):
        return Course(day, value, middle, "level", p_value=float(p_value))  # it moves, but by next to nothing
    slope *= DAYS_A_WEEK
    return Course(day, value, middle, "rising" if tau > 0 else "falling", slope, float(p_value))


def alike_recoveries(found: Sequence[Figures]) -> tuple[list[float | None], bool]:
    """Return how soon (s) the heart came half-way back in each session, and if that is from a marked stress.

    A mark is set before the peak, so times from a mark and from the peak are not one measure: those of which there are
    more are told, the others are None.
    """
    known = [one for one in found if one.recovery_s is not None]
    marked = 2 * sum(one.recovery_marked for one in known) > len(known)
    return [one.recovery_s if one.recovery_marked == marked else None for one in found], marked


def days_between(first: str | None, then: str) -> float:
    """Return the days from one time (ISO 8601) to another, 0 where the first is not known."""
    if first is None:
        return 0.0
    return (datetime.fromisoformat(then) - datetime.fromisoformat(first)).total_seconds() / _DAY_S


def _resonances(start: str | None, measured: Sequence[tuple[str, Measured]]) -> Resonances:
    days = tuple(days_between(start, at) for at, _ in measured)
    found = [one for _, one in measured]
    return Resonances(
        days,
        tuple(one.resonance_bpm for one in found),
        tuple(one.resonance_sd_bpm for one in found),
        combined(found),
    )
