"""Who of a stored session keeps their figures to themselves, as they agreed to before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from biosync.store.ledger.kinds import StoredSession
    from biosync.store.ledger.reader import Ledger


def keep_theirs(ledger: Ledger, session: StoredSession) -> tuple[str, ...]:
    """Return the people whose figures are told to nobody but themselves: those who took part with others and did not
    agree to show all. Who was asked nothing (a strap that a shell named, a virtual person) is not among them."""
    if len(session.people) < 2:
        return ()
    own = {consent.person for consent in ledger.consents(session.id) if consent.sharing != "all"}
    return tuple(name for name in session.people if name in own)


def why_kept(names: Sequence[str]) -> str:
    """Return who keeps their figures to themselves, and how to see one's own."""
    said = f"{names[0]} did" if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]} did"
    return f"{said} not agree to show all of their figures to the others: --person NAME gives one person's own"
