"""One person's beats as the session goes on: decoded, placed on the clock, labelled, and kept for the windows."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

import numpy as np

from biosync.events import LABELS, Beat, Interval, Notification
from biosync.heart.beats import SILENCE_S, BeatClock, PlacedBeat
from biosync.heart.intervals import Beats
from biosync.heart.labeller import Labeller
from biosync.heart.quality import SensorGate
from biosync.types import FloatArray
from devices import battery, heart_rate
from devices.device import DecodeError
from devices.measurement import HeartRate

MEMORY_S = 330.0
"""The longest window that anything reads live, and a little more."""
UNDECODED = 64
"""So many of the last payloads that could not be decoded are kept: a strap may send nothing else for hours."""
DUPLICATE_S = 0.05
"""The same bytes again within this time are one notification delivered twice."""


class Track:
    """The beats of one person. ``delay_s``, ``delay_uncertainty_s``: what the strap's model holds beats back;
    ``memory_s``: for how long they are remembered (infinite: to look at a whole session afterwards)."""

    def __init__(
        self, person: str, delay_s: float = 0.0, delay_uncertainty_s: float = 0.0, memory_s: float = MEMORY_S
    ) -> None:
        self.person = person
        self._memory_s = memory_s
        self.heart_rate: HeartRate | None = None
        self.battery_percent: int | None = None
        self.last_arrival_t: float | None = None
        self.undecoded: deque[str] = deque(maxlen=UNDECODED)
        self.synthetic = False
        self.count = 0
        self._clock = BeatClock(delay_s, delay_uncertainty_s)
        self._labeller = Labeller()
        self._gate = SensorGate()
        self._waiting: list[PlacedBeat] = []
        self._placed: list[PlacedBeat] = []
        self._codes: list[int] = []
        self._last_payload: dict[str, tuple[float, bytes]] = {}
        self._resumes_after_t: float | None = None
        self._beats: Beats | None = None

    def notification(self, event: Notification) -> list[Beat]:
        """Take one notification; return the beats that are labelled now."""
        if self._is_duplicate(event):
            return []
        try:
            if event.characteristic == battery.LEVEL:
                self.battery_percent = battery.decode(event.payload).percent
            elif event.characteristic == heart_rate.MEASUREMENT:
                return self._measured(event.t, heart_rate.decode(event.payload))
        except DecodeError as error:
            self.undecoded.append(f"{event.payload.hex()}: {error}")
        return []

    def interval(self, event: Interval) -> list[Beat]:
        """Take intervals of a recording; those with a time of their own are taken at their word."""
        self.last_arrival_t = event.t
        if event.beat_t is None:
            return self._label(event.t, self._clock.feed(event.t, event.rr_ms, event.gap))
        ends = event.beat_t - (sum(event.rr_ms) - np.cumsum(event.rr_ms)) / 1000
        gaps = [event.gap] + [False] * (len(event.rr_ms) - 1)
        placed = [
            PlacedBeat(rr, float(t), event.t_uncertainty_s, gap)
            for rr, t, gap in zip(event.rr_ms, ends, gaps, strict=True)
        ]
        return self._label(event.t, placed)

    def worn(self, delay_s: float, delay_uncertainty_s: float) -> None:
        """Learn the strap model's delay; once beats are placed it stays as it was, so that time does not jump."""
        if not self._placed and not self._waiting:
            self._clock = BeatClock(delay_s, delay_uncertainty_s)

    def begin_again(self, delay_s: float, delay_uncertainty_s: float) -> None:
        """Go on with the beats of a person who is back, perhaps with another strap: what lies between is a gap."""
        self._clock, self._gate = BeatClock(delay_s, delay_uncertainty_s), SensorGate()
        self.heart_rate = self.battery_percent = self.last_arrival_t = None
        self._last_payload.clear()
        self.synthetic = False
        self._resumes_after_t = self.last_beat_t

    def settle(self, t: float) -> list[Beat]:
        """Label the last beats before a silence: they need not wait for what may never come."""
        if not self._waiting or self.last_arrival_t is None or t - self.last_arrival_t <= SILENCE_S:
            return []
        return self.finish(t)

    def link_lost(self, t: float) -> list[Beat]:
        """Place the beats that were held in doubt: with the link gone nothing will come that could tell."""
        return self._label(t, self._clock.flush())

    def finish(self, t: float) -> list[Beat]:
        """Label what is still waiting, at the end of the session."""
        return self._label(t, self._clock.flush()) + self._decided(t, self._labeller.flush())

    def beats(self) -> Beats:
        """Return the labelled beats of the last ``memory_s``; the same object until there are others."""
        if self._beats is None:
            placed = self._placed
            self._beats = Beats(
                np.array([beat.beat_t for beat in placed], dtype=np.float64),
                np.array([beat.rr_ms for beat in placed], dtype=np.float64),
                np.array(self._codes, dtype=np.int8),
                np.array([beat.gap for beat in placed], dtype=np.bool_),
            )
        return self._beats

    def uncertainty_s(self) -> FloatArray:
        """Return how far (n,) the times of ``beats`` may be off, in seconds."""
        return np.array([beat.t_uncertainty_s for beat in self._placed], dtype=np.float64)

    @property
    def last_beat_t(self) -> float | None:
        """When the newest labelled beat ended, None before the first."""
        return self._placed[-1].beat_t if self._placed else None

    def _is_duplicate(self, event: Notification) -> bool:
        """Tell if it is the one before again; a battery level may have come in between."""
        last = self._last_payload.get(event.characteristic)
        self._last_payload[event.characteristic] = event.t, event.payload
        return last is not None and last[1] == event.payload and event.t - last[0] < DUPLICATE_S

    def _measured(self, t: float, measured: HeartRate) -> list[Beat]:
        self.heart_rate, self.last_arrival_t = measured, t
        if measured.rr_ticks:
            self.synthetic = self._gate.feed(measured.heart_rate_bpm, measured.rr_ticks)
        # An interval of 0 is no interval: the strap's way of saying that it has none.
        return self._label(t, self._clock.feed(t, [rr for rr in measured.rr_ms if rr > 0], sees_empty=True))

    def _label(self, t: float, placed: list[PlacedBeat]) -> list[Beat]:
        codes: list[int] = []
        for beat in self._resumed(placed):
            self._waiting.append(beat)
            codes += self._labeller.feed(beat.rr_ms, beat.gap)
        return self._decided(t, codes)

    def _resumed(self, placed: list[PlacedBeat]) -> list[PlacedBeat]:
        """Return ``placed``; after a break, without what was heard before it already, and with a gap in front."""
        if self._resumes_after_t is None or not placed:
            return placed
        fresh = [beat for beat in placed if beat.beat_t - beat.rr_ms / 1000 >= self._resumes_after_t]
        if fresh:
            fresh[0] = replace(fresh[0], gap=True)
            self._resumes_after_t = None
        return fresh

    def _decided(self, t: float, codes: list[int]) -> list[Beat]:
        decided, self._waiting = self._waiting[: len(codes)], self._waiting[len(codes) :]
        self._placed += decided
        self._codes += codes
        if decided:
            self._beats = None
        self.count += len(decided)
        self._forget(t - self._memory_s)
        return [
            Beat(t, self.person, beat.rr_ms, LABELS[code], beat.beat_t, beat.t_uncertainty_s)
            for beat, code in zip(decided, codes, strict=True)
        ]

    def _forget(self, before_t: float) -> None:
        if len(self._placed) > 64 and self._placed[32].beat_t < before_t:
            del self._placed[:32], self._codes[:32]
            self._beats = None
