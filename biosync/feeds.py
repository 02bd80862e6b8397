"""Sources that say themselves when their next event is due: virtual people and recordings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from biosync.events import Cue, Interval, Link, Notification, Raw
from devices.person import Person, Traits
from devices.virtual import VirtualStrap


class Feed(Protocol):
    """A source with a timetable. ``next_t`` is when its next events are due (s), None after the last."""

    person: str

    @property
    def next_t(self) -> float | None:
        """When its next events are due."""
        ...

    def take(self) -> list[Raw]:
        """Return the events due at ``next_t`` and go on to the next."""
        ...

    def hear(self, cue: Cue) -> None:
        """Let whoever is behind the source hear the cue."""


class VirtualFeed:
    """A virtual person with a virtual strap, who hears the cue."""

    def __init__(self, person: str, traits: Traits) -> None:
        self.person = person
        self._strap = VirtualStrap(Person(traits))
        self.next_t: float | None = self._strap.next_t

    def take(self) -> list[Raw]:
        """Return the notifications due now."""
        packets = self._strap.send()
        self.next_t = self._strap.next_t
        return [Notification(p.t, self.person, self._strap.name, p.characteristic, p.payload) for p in packets]

    def hear(self, cue: Cue) -> None:
        """Let the person hear the cue; whether they follow is theirs."""
        self._strap.person.hear(cue.t, cue.phase, cue.rate_bpm, cue.strength)


class RecordingFeed:
    """A recording's intervals, fed again; it ends, and says so."""

    def __init__(self, person: str, intervals: Iterator[Interval]) -> None:
        self.person = person
        self._intervals = intervals
        self._next = next(intervals, None)
        self._ended = self._next is None
        self._last_t = 0.0

    @property
    def next_t(self) -> float | None:
        """When the next interval is due; after the last one, the end is."""
        if self._next is not None:
            return self._next.t
        return None if self._ended else self._last_t

    def take(self) -> list[Raw]:
        """Return the interval due now, or that the recording is over."""
        if self._next is None:
            self._ended = True
            return [Link(self._last_t, self.person, "gone", "the recording is over")]
        now, self._next = self._next, next(self._intervals, None)
        self._last_t = now.t
        return [now]

    def hear(self, cue: Cue) -> None:
        """Do nothing: who was recorded then can't hear the cue of today."""
