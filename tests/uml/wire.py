"""What the straps wrote down: every notification, sent or not, and every link (pure)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from devices import heart_rate


@dataclass(frozen=True, slots=True)
class Sent:
    """A notification of a strap: when, its bytes, when each beat that ended in it really was; times in s.

    ``sent`` is False where nobody listened or the strap was silent: then it threw the beats away.
    """

    t: float
    payload: str
    beats: tuple[float, ...]
    sent: bool


@dataclass(frozen=True, slots=True)
class LinkNote:
    """What a strap noticed of its link: connected, subscribed, unsubscribed, disconnected."""

    t: float
    event: str


@dataclass
class StrapLog:
    """One strap's side of the story, in order."""

    packets: list[Sent] = field(default_factory=list)
    notes: list[LinkNote] = field(default_factory=list)

    @property
    def sent(self) -> list[Sent]:
        """The notifications that went out over a link."""
        return [packet for packet in self.packets if packet.sent]

    def count(self, event: str) -> int:
        """Return how often ``event`` happened to the link."""
        return sum(note.event == event for note in self.notes)

    @property
    def fruitless(self) -> int:
        """Return how many links ended before anybody had subscribed."""
        events = [note.event for note in self.notes]
        return sum(pair == ("connected", "disconnected") for pair in pairwise(events))


def read(lines: Iterable[str]) -> dict[int, StrapLog]:
    """Return the log of every strap by its number; ValueError for a line that is none of ours."""
    logs: dict[int, StrapLog] = {}
    for line in lines:
        record = json.loads(line)
        log = logs.setdefault(record["strap"], StrapLog())
        if record["event"] == "packet":
            log.packets.append(Sent(record["t"], record["payload"], tuple(record["beats"]), record["sent"]))
        else:
            log.notes.append(LinkNote(record["t"], record["event"]))
    return logs


def true_beats(packet: Sent) -> list[tuple[float, int]]:
    """Return (when it really was, interval in 1/1024 s) of every interval in the notification.

    A strap's very first beat ends no interval, so there may be one beat more than intervals.
    """
    ticks = heart_rate.decode(bytes.fromhex(packet.payload)).rr_ticks
    if not 0 <= len(packet.beats) - len(ticks) <= 1:
        raise ValueError(f"{len(ticks)} intervals for {len(packet.beats)} beats in {packet.payload}")
    return list(zip(packet.beats[len(packet.beats) - len(ticks) :], ticks, strict=True))
