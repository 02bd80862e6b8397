"""Courses and figures of many sessions, from the ledger's cache where it has them, made and kept there where not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import metadata
from typing import TYPE_CHECKING, TypeGuard

from biosync.store.ledger.kinds import StoredSession
from biosync.store.summaries import COURSE_PARTS, Figures, figures_of, heart_rate_course

if TYPE_CHECKING:
    from biosync.store.ledger.reader import Ledger

FIGURES = 3
"""Raised whenever a course or a figure comes out otherwise: what was kept before is then made again. A test knows what
both are for a session that never changes."""

Course = list[float | None]


def courses(ledger: Ledger, sessions: Sequence[StoredSession], person: str | None = None) -> list[Course]:
    """Return the course of the heart rate (bpm) in each session, of ``person`` or of all together."""

    def make(session: StoredSession) -> Course:
        people = session.people if person is None else (person,)
        return heart_rate_course([ledger.recording(session.id, name) for name in people])

    return _kept(ledger, sessions, person, "course", COURSE_PARTS, make)


def figures(ledger: Ledger, sessions: Sequence[StoredSession], person: str) -> list[Figures]:
    """Return ``person``'s figures in each session."""

    def make(session: StoredSession) -> Course:
        found = figures_of(ledger, session, person)
        return [found.rmssd_ms, found.coherence_score, found.recovery_s, float(found.recovery_marked)]

    kept = _kept(ledger, sessions, person, "figures", 4, make)
    return [Figures(rmssd, score, recovery, bool(marked)) for rmssd, score, recovery, marked in kept]


def _kept(
    ledger: Ledger,
    sessions: Sequence[StoredSession],
    person: str | None,
    kind: str,
    length: int,
    make: Callable[[StoredSession], Course],
) -> list[Course]:
    """Return ``length`` numbers for each session, and keep those that had to be made."""
    version = f"{metadata.version('biosync')}/{FIGURES}"
    kept = {key: value for key, value in ledger.derived(kind, version).items() if _are_numbers(value, length)}
    made = {(one.id, person): make(one) for one in sessions if (one.id, person) not in kept}
    if made:
        ledger.keep_derived(kind, version, made)
    return [(kept | made)[one.id, person] for one in sessions]


def _are_numbers(value: object, length: int) -> TypeGuard[Course]:
    """Tell if ``value`` is what it was when it was kept: a damaged one is made again."""
    return isinstance(value, list) and len(value) == length and all(x is None or isinstance(x, float) for x in value)
