"""How well a strap is heard, judged from its packets alone: live, weak, or heart rate only."""

from __future__ import annotations

from typing import NamedTuple

from devices import heart_rate
from devices.device import DecodeError
from devices.link import LinkState
from devices.measurement import HeartRate

_SLOW_PACKET_S = 2.5
"""Straps send about once a second: a longer pause means that packets were lost."""
_WEAK_AFTER_SLOW_S = 10.0
_IN_A_ROW = 3
_WITHOUT_RR_S = 10.0
"""At 20 beats a minute there are still three beats in it."""
_WITHOUT_RR_PACKETS = 8

WELL = "the strap is heard well"
UNREADABLE = "what the strap sends can't be read: take its clip off the belt and put it on again"
NO_CONTACT = "the strap has no contact with the skin: moisten it and pull it tighter"
NO_BEATS = "no single beats are coming just now: moisten the strap and check that it sits well"
ONLY_RATE = "this sensor sends the heart rate but no single beats: a chest strap is needed for the rest"
LOSING = "packets are being lost: come closer to the computer"


class Heard(NamedTuple):
    """A state and one sentence why."""

    state: LinkState
    why: str


class Reception:
    """Watches the Heart Rate Measurement packets of one link; times in seconds, never falling.

    ``sends_rr`` is False for a model that is known to send no intervals: then nothing needs to be waited for.
    """

    def __init__(self, sends_rr: bool = True) -> None:
        self._sends_rr = sends_rr
        self._last_t: float | None = None
        self._last_slow_t: float | None = None
        self._unreadable = 0
        self._no_contact = 0
        self._ever_rr = False
        self._rr_missing_since: float | None = None
        self._without_rr = 0

    def feed(self, payload: bytes, t: float) -> Heard:
        """Take the packet ``payload`` that arrived at ``t`` and return how the strap is heard now."""
        if self._last_t is not None and t - self._last_t > _SLOW_PACKET_S:
            self._last_slow_t = t
        self._last_t = t
        try:
            self._take(heart_rate.decode(payload), t)
        except DecodeError:
            self._unreadable += 1
        return self._judge(t)

    def _take(self, measurement: HeartRate, t: float) -> None:
        self._unreadable = 0
        self._no_contact = self._no_contact + 1 if measurement.contact is False else 0
        if measurement.rr_ticks or measurement.heart_rate_bpm == 0:
            self._ever_rr = self._ever_rr or bool(measurement.rr_ticks)
            self._rr_missing_since, self._without_rr = None, 0
            return
        self._without_rr += 1
        if self._rr_missing_since is None:
            self._rr_missing_since = t

    def _judge(self, t: float) -> Heard:
        if self._unreadable >= _IN_A_ROW:
            return Heard("weak", UNREADABLE)
        if self._no_contact >= _IN_A_ROW:
            return Heard("weak", NO_CONTACT)
        if self._rr_missing(t):
            return Heard("weak", NO_BEATS) if self._ever_rr else Heard("hr_only", ONLY_RATE)
        if self._last_slow_t is not None and t - self._last_slow_t < _WEAK_AFTER_SLOW_S:
            return Heard("weak", LOSING)
        return Heard("live", WELL)

    def _rr_missing(self, t: float) -> bool:
        if not self._sends_rr and not self._ever_rr:
            return True
        since = self._rr_missing_since
        return since is not None and t - since >= _WITHOUT_RR_S and self._without_rr >= _WITHOUT_RR_PACKETS
