"""From the events of one running session to rows of the ledger, numbered in the order in which they came."""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence

from biosync.consent import Consent
from biosync.engine import Member
from biosync.events import (
    Beat,
    Cue,
    End,
    Event,
    Interval,
    Join,
    Leave,
    Link,
    Marker,
    Note,
    Notification,
    Raw,
    ResonanceMeasured,
    Say,
    Session,
    Tick,
)
from biosync.store.ledger.recovery import ENDED, RUNNING

Row = tuple[object, ...]
NO_CIRCLE = -1
"""Stands where people are none of the circles of the start."""


class Entries:
    """Rows that wait to be written, by table, each without its first column, the session's number.

    ``most`` rows wait at most; what comes then is counted in ``unkept`` and dropped. ``joined`` are those who were not
    there at the start, as they came; ``consents`` grow by those of people who join; ``resonances`` holds for each who
    has a cue of their own when it was measured, the pace, and its standard deviation; ``notes`` the newest.
    """

    def __init__(
        self,
        members: Sequence[Member],
        groups: Sequence[tuple[str, ...]],
        most: int,
        consents: Sequence[Consent] = (),
    ) -> None:
        self.started = ""
        self.simulated = False
        self.state = RUNNING
        self.duration_s = 0.0
        self.ticks = 0
        self.seq = 0
        self.unkept = 0
        self.number_of = {member.name: number for number, member in enumerate(members)}
        self.beats = dict.fromkeys(self.number_of, 0)
        self.joined: list[Member] = []
        self.consents = list(consents)
        self.sources: dict[tuple[int, str, str], int] = {}
        self.resonances: dict[int, tuple[float, float, float]] = {}
        self.notes: dict[int, tuple[float, str]] = {}
        self._before: dict[int, float] = {}
        self.waiting: dict[str, list[Row]] = {}
        self.count = 0
        self._circles = {tuple(names): circle for circle, names in enumerate(groups)}
        self._most = most

    def add(self, event: Event | Member | Consent | Note) -> None:
        """Take the next thing that happened."""
        if isinstance(event, Consent):
            self.consents.append(event)
            return
        if isinstance(event, Member):
            number = self.number_of[event.name]
            self._row("worn", number, event.origin, event.device, event.delay_s, event.delay_uncertainty_s)
            return
        if isinstance(event, Note):
            self.notes[self.number_of[event.person]] = (event.t, event.text)
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
            case ResonanceMeasured():
                self._measured(event)
            case End():
                # What follows from End's time must follow from the ledger's: it is this one, also where it is earlier.
                self.state, self.duration_s = ENDED, event.t
            case Notification() | Interval() | Link() | Say() | Marker() | Join() | Leave():
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
                self._row("interval", event.t, number, rr_ms, event.beat_t, int(event.gap), event.t_uncertainty_s)
            case Link():
                number = self.number_of[event.person]
                self._row("link", event.t, number, event.state, event.why, event.battery_percent)
            case Say() | Marker():
                person = None if event.person is None else self.number_of[event.person]
                at_t = event.at_t if isinstance(event, Marker) else None
                self._row("said", event.t, person, int(isinstance(event, Marker)), event.text, at_t)
            case Join():
                self._joins(event)
            case Leave():
                self._row("coming", event.t, self.number_of[event.person], *[None] * 7)

    def _joins(self, event: Join) -> None:
        name, about = event.person, (event.origin, event.device, event.delay_s, event.delay_uncertainty_s)
        known = (event.resonance_bpm, event.resonance_sd_bpm)
        if name not in self.number_of:
            self.number_of[name] = len(self.number_of)
            self.beats[name] = 0
            self.joined.append(Member(name, *about, *known))
            self.simulated |= event.origin == "simulated"
        number = self.number_of[name]
        if number in self.resonances:  # they were here before
            self._before[number] = self.resonances[number][2]
        self._row("coming", event.t, number, *about, self._numbers(event.group), *known)

    def _cue(self, cue: Cue) -> None:
        plan = (cue.rate_bpm, cue.phase, cue.inhale_fraction, cue.stage, cue.strength, cue.why)
        circle = self._circles.get(cue.people)
        # Whose cue it is goes without saying as long as nobody has joined them or left.
        people = self._numbers(cue.people) if circle is None else None
        known = (cue.resonance_bpm, cue.resonance_sd_bpm)
        self._row("cue", cue.t, NO_CIRCLE if circle is None else circle, *plan, people, *known)

    def _measured(self, event: ResonanceMeasured) -> None:
        """Keep the newest of a search; one who came back is searched anew, and that counts once it is surer."""
        number, sd_bpm = self.number_of[event.person], event.resonance_sd_bpm
        if sd_bpm <= self._before.get(number, sd_bpm):
            self.resonances[number] = (event.t, event.resonance_bpm, sd_bpm)

    def _numbers(self, people: Sequence[str]) -> str:
        return json.dumps([self.number_of[name] for name in people if name in self.number_of])

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
