"""A virtual strap, worn by a virtual person: speaks the same bytes as a real one, about once a second.

Times are seconds since the session's start. Nothing is lost between person and strap unless the contact is poor;
then the strap does what real ones do: it misses beats, finds beats that were not there, and may say so.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Protocol

from devices import battery, heart_rate
from devices.measurement import TICKS_PER_SECOND, HeartRate
from devices.person import Traits, TrueBeat

NOTIFY_EVERY_S = 1.0
BATTERY_EVERY_S = 60.0
POOR_CONTACT_S = 20.0
_RADIO_DELAY_S = (0.02, 0.12)
_MOST_RR = 9  # what fits a payload of 20 bytes


@dataclass(frozen=True, slots=True)
class Packet:
    """One notification as it arrives: when, of which characteristic, and its bytes."""

    t: float
    characteristic: str
    payload: bytes


class Wearer(Protocol):
    """Who wears a virtual strap: a person alone, or one in a room with others."""

    @property
    def traits(self) -> Traits:
        """What sets the person apart."""
        ...

    def hear(self, t: float, phase: float, rate_bpm: float, strength: float) -> None:
        """Let the person hear a cue from time ``t`` (s) on: at ``phase`` (cycles) then, advancing at ``rate_bpm``."""

    def live_until(self, t: float) -> list[TrueBeat]:
        """Live on to time ``t`` (s) and return the beats on the way."""
        ...


class VirtualStrap:
    """The strap on ``person``; deterministic, with a notification due at ``next_t``."""

    name = "virtual strap"

    def __init__(self, person: Wearer) -> None:
        self.person = person
        self._dice = random.Random(f"strap {person.traits.seed}")
        self._sent_t = self._dice.uniform(0.1, 0.9)
        self.next_t = self._sent_t + self._radio_delay()
        self._last_ticks = 0
        self._rate_bpm = round(person.traits.heart_rate_bpm)
        self._battery_t = 0.0
        self._poor_until = 0.0
        self._first = True

    def send(self) -> list[Packet]:
        """Return what arrives at ``next_t``, and set the next."""
        arrival = self.next_t
        beats = self.person.live_until(self._sent_t)
        self._poor_until = self._sent_t + POOR_CONTACT_S if self._loses_contact() else self._poor_until
        poor = self._sent_t < self._poor_until
        packets = [Packet(arrival, heart_rate.MEASUREMENT, heart_rate.encode(self._measure(beats, poor)))]
        if self._sent_t >= self._battery_t:
            packets.append(Packet(arrival, battery.LEVEL, bytes([self._battery_percent()])))
            self._battery_t = self._sent_t + BATTERY_EVERY_S
        self._sent_t += NOTIFY_EVERY_S
        self.next_t = max(self._sent_t + self._radio_delay(), arrival)
        return packets

    def _measure(self, beats: list[TrueBeat], poor: bool) -> HeartRate:
        seen = [beat.t for beat in beats if not (poor and self._dice.random() < 0.3)]
        if poor and beats and self._dice.random() < 0.4:
            seen = sorted([*seen, beats[-1].t - self._dice.uniform(0.15, 0.5) * beats[-1].rr_s])
        ticks = self._intervals(seen)
        if ticks:
            self._rate_bpm = min(255, round(60 * TICKS_PER_SECOND * len(ticks) / sum(ticks)))
        return HeartRate(self._rate_bpm, tuple(ticks[-_MOST_RR:]), contact=not poor)

    def _intervals(self, beat_times: list[float]) -> list[int]:
        """Return the intervals that end at ``beat_times``, in ticks; the rounding is carried, so the sum keeps time."""
        ticks = []
        for t in beat_times:
            at = round(t * TICKS_PER_SECOND)
            if at > self._last_ticks:
                if not self._first:
                    ticks.append(min(at - self._last_ticks, 0xFFFF))
                self._first = False
                self._last_ticks = at
        return ticks

    def _loses_contact(self) -> bool:
        return self._dice.random() < self.person.traits.poor_contact_per_hour / 3600 * NOTIFY_EVERY_S

    def _battery_percent(self) -> int:
        return max(1, 92 - int(self._sent_t // 1800) - self.person.traits.seed % 20)

    def _radio_delay(self) -> float:
        return self._dice.uniform(*_RADIO_DELAY_S)
