"""A person's own figures in each of their sessions, as far as they are told at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from biosync.store.kept_summaries import figures
from biosync.store.review.permission import without_score
from biosync.store.summaries import Figures

if TYPE_CHECKING:
    from biosync.store.ledger.kinds import StoredSession
    from biosync.store.ledger.reader import Ledger


def own_figures(ledger: Ledger, sessions: Sequence[StoredSession], person: str) -> list[Figures]:
    """Return ``person``'s figures in each session, without a score where they were under 16; LedgerError."""
    no_score = without_score(sessions, ledger.all_consents(), person)
    found = zip(sessions, figures(ledger, sessions, person), strict=True)
    return [replace(of, coherence_score=None, scored=False) if one.id in no_score else of for one, of in found]
