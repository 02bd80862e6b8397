"""Who of a stored session keeps their figures to themselves, as they agreed to before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from biosync.consent import FIGURES, Consent, hidden_figures
from biosync.store.ledger.problems import NoSuchPerson

if TYPE_CHECKING:
    from biosync.store.ledger.kinds import StoredSession
    from biosync.store.ledger.reader import Ledger

ALL_FIGURES = frozenset({*FIGURES, "breath"})
_TO_THEMSELVES = ("rhythm", "own")


def keep_theirs(ledger: Ledger, session: StoredSession) -> tuple[str, ...]:
    """Return the people whose figures are told to nobody but themselves: those who took part with others and did not
    agree to show all. Who was asked nothing (a strap that a shell named, a virtual person) is not among them."""
    return keepers(session.people, ledger.consents(session.id) if len(session.people) > 1 else ())


def keepers(people: Sequence[str], consents: Iterable[Consent]) -> tuple[str, ...]:
    """Return the same for a session of these ``people`` with these ``consents``."""
    if len(people) < 2:
        return ()
    own = {consent.person for consent in consents if consent.sharing != "all"}
    return tuple(name for name in people if name in own)


def kept_from(
    people: Sequence[str], consents: Sequence[Consent], person: str | None = None
) -> Mapping[str, frozenset[str]]:
    """Return by name which figures (heart_rate, rmssd, coherence, breath) go into nothing that is handed over.

    With ``person`` it is made for them: everybody else's stay out. Without, all who took part may read it: a client
    ticked what stays in; of those who show all, it does where nobody keeps everything. A score of one under 16 never
    does. NoSuchPerson if ``person`` took no part.
    """
    agreed = {one.person: one for one in consents}
    if person is not None:
        check_part(people, person)
        own = agreed.get(person)
        shown = frozenset() if own is None else hidden_figures(own, alone=True)
        return {name: shown if name == person else ALL_FIGURES for name in people}
    one_keeps_all = len(people) > 1 and any(one.sharing in _TO_THEMSELVES for one in consents if one.person in people)
    return {name: _kept(agreed.get(name), len(people) == 1, one_keeps_all) for name in people}


def without_score(
    sessions: Iterable[StoredSession], consents: Mapping[str, Sequence[Consent]], person: str
) -> frozenset[str]:
    """Return the ids of the sessions in which ``person`` was under 16: these have no score. ``consents`` by id."""
    return frozenset(
        one.id for one in sessions
        if "coherence" in kept_from(one.people, consents.get(one.id, ()), person)[person]
    )  # fmt: skip


def check_part(people: Sequence[str], person: str) -> None:
    """Raise NoSuchPerson if ``person`` is not one of ``people``."""
    if person not in people:
        raise NoSuchPerson(f"nobody named {person!r} took part; there is: {', '.join(people)}")


def why_kept(names: Sequence[str]) -> str:
    """Return who keeps their figures to themselves, and how to see one's own."""
    said = f"{names[0]} did" if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]} did"
    return f"{said} not agree to show all of their figures to the others: --person NAME gives one person's own"


def _kept(consent: Consent | None, alone: bool, one_keeps_all: bool) -> frozenset[str]:
    if one_keeps_all and (consent is None or consent.sharing == "all"):
        return ALL_FIGURES
    return frozenset() if consent is None else hidden_figures(consent, alone=alone)
