"""What this screen may not show of its people: what they keep to themselves, and a score from one under 16."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from biosync.consent import Consent
from biosync.gui.consenting import FIGURES, seen_by_others
from biosync.snapshot import PersonView, Snapshot


def hidden_figures(consents: Sequence[Consent]) -> dict[str, frozenset[str]]:
    """Return by name which of FIGURES stay off the screen that these people share. Who is alone hides nothing."""
    return {one.person: _hidden(one, alone=len(consents) == 1) for one in consents}


def _hidden(consent: Consent, *, alone: bool) -> frozenset[str]:
    kept: frozenset[str] = frozenset() if alone else frozenset(FIGURES) - seen_by_others(consent)
    return kept | {"coherence"} if consent.guardian is not None else kept


class Veil:
    """Lies over the snapshots that the views see; a person who has not changed stays the same object."""

    def __init__(self, hidden: Mapping[str, frozenset[str]] | None = None) -> None:
        self._hidden = dict(hidden or {})
        self._before: Snapshot | None = None
        self._veiled: Snapshot | None = None
        self._people: dict[str, tuple[PersonView, PersonView]] = {}

    def add(self, consent: Consent) -> None:
        """Hide what one who joins others keeps to themselves."""
        self._hidden[consent.person] = _hidden(consent, alone=False)
        self._before = None

    def over(self, snapshot: Snapshot | None) -> Snapshot | None:
        """Return ``snapshot`` with what is hidden marked so."""
        if snapshot is None or not self._hidden:
            return snapshot
        if snapshot is not self._before:
            self._before = snapshot
            self._veiled = replace(snapshot, people=tuple(self._person(one) for one in snapshot.people))
        return self._veiled

    def _person(self, person: PersonView) -> PersonView:
        hidden = self._hidden.get(person.name)
        if not hidden:
            return person
        seen, veiled = self._people.get(person.name, (None, person))
        if seen is not person:
            veiled = replace(person, hidden=hidden)
            self._people[person.name] = (person, veiled)
        return veiled
