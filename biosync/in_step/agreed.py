"""What may be told of people who belong together, as each of them has it: it holds in every view and stream alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from biosync.consent import Consent, Sharing
from biosync.events import Event, Group, Synchrony, Turn

_LEADER: frozenset[Sharing] = frozenset({"own", "all", "coach"})
"""Who leads is told where everybody it is about chose one of these."""
_NAMES: frozenset[Sharing] = frozenset({"all", "coach"})
"""So is whose heart rate rose, and each one's part in a group."""


class Agreed:
    """What people agreed to; who agreed to nothing here (a strap that a shell names, a virtual person) keeps nothing
    back."""

    def __init__(self, consents: Iterable[Consent] = ()) -> None:
        self._sharing = {one.person: one.sharing for one in consents}

    def agree(self, consent: Consent) -> None:
        """Keep to this from now on."""
        self._sharing[consent.person] = consent.sharing

    def told(self, event: Event, *, alone: bool = False) -> Event | None:
        """Return the event as it may be told: without who leads, each one's part, or whose heart rate rose, unless all
        whom it is about let that be known; None where nothing may be. ``alone``: nobody else takes part."""
        match event:
            case Synchrony() if not self._all_in(event.people, _LEADER):
                return replace(event, leader=None, lag_s=None, lag_interval_s=None)
            case Group() if not self._all_in(event.people, _NAMES):
                return replace(event, members=None)
            case Turn() if not (alone or self._all_in(event.people, _NAMES)):
                return None if event.turn == "settled" else replace(event, who=())
            case _:
                return event

    def _all_in(self, people: Iterable[str], modes: frozenset[Sharing]) -> bool:
        return all(self._sharing.get(name, "all") in modes for name in people)
