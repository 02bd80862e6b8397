"""A stored session with all that the engine was fed: what it takes to live through it again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from biosync.consent import Consent
from biosync.engine import Member
from biosync.events import Raw
from biosync.pacer.settings import Settings
from biosync.store.ledger.reader import Ledger


@dataclass(frozen=True, slots=True)
class WholeSession:
    """The session ``id``: who took part, who belonged together, what the pacer was told before, and ``events``, all
    that came in, ticks included, in its order, until it ended after ``duration_s``; and what they agreed to then."""

    id: str
    duration_s: float
    members: tuple[Member, ...]
    groups: tuple[tuple[str, ...], ...]
    settings: Settings | None
    events: tuple[Raw | Member, ...]
    consents: tuple[Consent, ...]


def whole_session(home: Path, begins: str) -> WholeSession | None:
    """Return the session whose id is ``begins``, or alone begins so; None if no id does; LedgerError if several do."""
    with Ledger.open(home) as ledger:
        if not any(one.id.startswith(begins) for one in ledger.sessions()):
            return None
        session = ledger.session(begins)
        return WholeSession(
            session.id,
            session.duration_s,
            tuple(ledger.members(session.id)),
            tuple(ledger.groups(session.id)),
            ledger.settings(session.id),
            tuple(ledger.raw_events(session.id)),
            tuple(ledger.consents(session.id)),
        )
