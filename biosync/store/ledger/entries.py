"""From the events of one running session to rows of the ledger, numbered in the order in which they came."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from biosync.engine import Member
from biosync.events import Beat, Cue, End, Event, Interval, Link, Marker, Notification, Raw, Say, Session, Tick
from biosync.store.ledger.recovery import ENDED, RUNNING

Row = tuple[object, ...]


class Entries:
    """Rows that wait to be written, by table, each without its first column, the session's number.

    ``most`` rows wait at most; what comes then is counted in ``unkept`` and dropped.
    """

    def __init__(self, members: Sequence[Member], groups: Sequence[tuple[str, ...]], most: int) -> None:
        self.started = ""
        self.simulated = False
        self.state = RUNNING
        self.duration_s = 0.0
        self.ticks = 0
        self.seq = 0
        self.unkept = 0
        self.number_of = {member.name: number for number, member in enumerate(members)}
        self.beats = dict.fromkeys(self.number_of, 0)
        self.sources: dict[tuple[int, str, str], int] = {}
        self.waiting: dict[str, list[Row]] = {}
        self.count = 0
        self._circle_of = {name: circle for circle, names in enumerate(groups) for name in names}
        self._most = most

    def add(self, event: Event | Member) -> None:
        """Take the next thing that happened."""
        if isinstance(event, Member):
            number = self.number_of[event.name]
            self._row("worn", number, event.origin, event.device, event.delay_s, event.delay_uncertainty_s)
            return
        self.duration_s = max(self.duration_s, event.t)
        match event:
            case Tick():
                self.ticks += 1
            case Beat():
                self.beats[event.person] += 1
            case Session():
                self.started, self.simulated = event.started, event.simulated
            case Cue():
                self._cue(event)
            case End():
                # What follows from End's time must follow from the ledger's: it is this one, also where it is earlier.
                self.state, self.duration_s = ENDED, event.t
            case Notification() | Interval() | Link() | Say() | Marker():
                self._raw(event)
            case _:
                pass  # figures are not kept: they can be made again

    def written(self) -> None:
        """Forget the rows that wait: they are in the ledger."""
        self.waiting, self.count = {}, 0

    def _raw(self, event: Raw) -> None:
        match event:
            case Notification():
                source = self._source(event)
                self._row("notification", event.t, source, event.payload)
            case Interval():
                rr_ms = struct.pack(f"<{len(event.rr_ms)}d", *event.rr_ms)
                number = self.number_of[event.person]
                self._row("interval", event.t, number, rr_ms, event.beat_t, int(event.gap))
            case Link():
                number = self.number_of[event.person]
                self._row("link", event.t, number, event.state, event.why, event.battery_percent)
            case Say() | Marker():
                person = None if event.person is None else self.number_of[event.person]
                self._row("said", event.t, person, int(isinstance(event, Marker)), event.text)

    def _cue(self, cue: Cue) -> None:
        circle = self._circle_of[cue.people[0]]
        self._row("cue", cue.t, circle, cue.rate_bpm, cue.phase, cue.inhale_fraction, cue.stage, cue.strength, cue.why)

    def _source(self, event: Notification) -> int:
        key = (self.number_of[event.person], event.device, event.characteristic)
        return self.sources.setdefault(key, len(self.sources))

    def _row(self, table: str, *values: object) -> None:
        if self.count >= self._most:
            self.unkept += 1
            return
        self.waiting.setdefault(table, []).append((self.seq, self.ticks, *values))
        self.seq += 1
        self.count += 1
