"""The list of sessions: each with the course of its heart rate, what was marked in it, and whether it is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from biosync.consent import Consent
from biosync.events import Marker, Note
from biosync.store.kept_summaries import Course, courses
from biosync.store.ledger.kinds import StoredSession
from biosync.store.review.permission import keepers

if TYPE_CHECKING:
    from biosync.store.ledger.reader import Ledger


@dataclass(frozen=True, slots=True)
class Listed:
    """A session in the list. ``course`` is that of the heart rate (bpm, None without beats) of all together, or of the
    one person who is looked for; None where somebody in it keeps theirs. ``marked``: what was marked, as far as it may
    be read, and ``noted`` what was noted down about people. ``kept``: who shows their figures to nobody else;
    ``recorded``: it was fed from a recording."""

    session: StoredSession
    course: Course | None
    marked: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    recorded: bool = False


def listed(ledger: Ledger, person: str | None = None) -> list[Listed]:
    """Return the sessions, of ``person`` where one is named, newest first; LedgerError where they can't be read."""
    sessions = [one for one in ledger.sessions() if person is None or person in one.people]
    consents, markers, notes = ledger.all_consents(), ledger.all_markers(), ledger.all_notes()
    recorded = ledger.all_recorded()
    drawn = dict(zip((one.id for one in sessions), shown_courses(ledger, sessions, consents, person), strict=True))
    found = []
    for one in sessions:
        kept = keepers(one.people, consents.get(one.id, ()))
        marked = tuple(words_of(markers.get(one.id, ()), kept, person))
        noted = tuple(words_of(notes.get(one.id, ()), kept, person))
        found.append(Listed(one, drawn[one.id], marked, noted, kept, one.id in recorded))
    return found[::-1]


def shown_courses(
    ledger: Ledger,
    sessions: Sequence[StoredSession],
    consents: Mapping[str, Sequence[Consent]],
    person: str | None = None,
) -> list[Course | None]:
    """Return the course of the heart rate in each session, of ``person`` or of all together; None where that would
    tell of one who keeps theirs."""
    shown = [
        one for one in sessions if person is not None or not keepers(one.people, consents.get(one.id, ()))
    ]
    made = dict(zip((one.id for one in shown), courses(ledger, shown, person), strict=True))
    return [made.get(one.id) for one in sessions]


def words_of(said: Iterable[Marker | Note], kept: Sequence[str], person: str | None = None) -> list[str]:
    """Return what was marked or noted down: for all, for those who show theirs, and for ``person``."""
    return [one.text for one in said if one.person is None or one.person == person or one.person not in kept]

