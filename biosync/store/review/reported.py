"""What a report of a stored session holds: a page a person who shows figures, and what all may know of the session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from biosync.store.review.opened import Opened, opened
from biosync.store.review.permission import ALL_FIGURES, keepers, kept_from
from biosync.store.shared_course import shared_course

if TYPE_CHECKING:
    from biosync.store.ledger.kinds import StoredSession
    from biosync.store.ledger.reader import Ledger
    from biosync.together.course_summary import Summary


@dataclass(frozen=True, slots=True, eq=False)
class Reported:
    """A session's report. No ``pages``: nobody in it shows figures to all who may read it. ``together`` is how they
    went together, None for one alone; ``kept``: who keeps theirs; ``recorded``: it was fed from a recording."""

    session: StoredSession
    pages: tuple[Opened, ...]
    together: Summary | None
    kept: tuple[str, ...]
    recorded: bool


def reported(ledger: Ledger, session: StoredSession, person: str | None = None) -> Reported:
    """Return the report of ``session``, or of one ``person`` in it; NoSuchPerson, LedgerError. It takes seconds."""
    consents = ledger.consents(session.id)
    hidden = kept_from(session.people, consents, person)
    own = person is not None
    pages = [
        opened(ledger, session, name, own=own, hidden=hidden[name], own_marks_only=own and len(session.people) > 1)
        for name in session.people if hidden[name] != ALL_FIGURES
    ]  # fmt: skip
    kept = () if own else keepers(session.people, consents)
    together = shared_course(ledger, session, person)
    return Reported(session, tuple(pages), together, kept, session.id in ledger.all_recorded())
