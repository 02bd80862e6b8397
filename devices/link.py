"""The words of the way to a strap: what was seen, how the link is, and what can stand in the way."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

LinkState = Literal["searching", "connecting", "live", "weak", "hr_only", "lost", "gone"]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A heart-rate strap in range. ``rssi_dbm`` is None where this computer is connected to it already.

    ``worn`` is what its advertisement tells of skin contact, None where it tells nothing.
    """

    name: str
    address: str
    rssi_dbm: int | None
    worn: bool | None = None


@dataclass(frozen=True, slots=True)
class StrapInfo:
    """What a strap tells about itself (Device Information service, Body Sensor Location); None is not offered."""

    manufacturer: str | None = None
    model: str | None = None
    firmware: str | None = None
    serial: str | None = None
    location: str | None = None
    software: str | None = None

    @property
    def version(self) -> str | None:
        """What people call its firmware: where a strap tells a software revision, that is the one that changes."""
        return self.software or self.firmware


@dataclass(frozen=True, slots=True)
class LinkChange:
    """The way to a strap as it is from now on.

    ``why`` is one sentence for the person; ``battery_percent`` is None while unknown; ``device`` is the strap's name,
    safe to display; ``info`` is None until it has been read once.
    """

    state: LinkState
    why: str
    device: str
    battery_percent: int | None = None
    info: StrapInfo | None = None


@dataclass(frozen=True, slots=True)
class Listener:
    """Whom a link tells. ``now`` stamps arrivals; ``on_data(characteristic_uuid, payload, arrival_t)`` gets every
    notification; ``on_state`` every change of the link. None of them may block."""

    now: Callable[[], float]
    on_data: Callable[[str, bytes, float], None]
    on_state: Callable[[LinkChange], None]


def settle_s(system: str = sys.platform) -> float:
    """Return the pause in seconds that ``system`` (as in sys.platform) needs after every link."""
    return 1.5 if system == "win32" else 0.0


@dataclass(frozen=True, slots=True)
class Timing:
    """How long the radio waits, in seconds of real time; tests use shorter ones.

    ``silence_s``: no packet for so long and the link counts as lost, whatever the system says. In a
    silence the strap is asked after ``ask_s`` if it is still there; one that answers is waited for until ``renew_s``.
    ``let_go_s``: so long the system may take to end a link, ``gone_s`` one that is known to be gone.
    ``unusable_s``: the longest pause while the computer's Bluetooth can't be used.
    ``search_s``: unseen for so long, and the person is told what to look at. ``slice_s``: the scanner is opened anew
    after so long, because a scanner of a service that was restarted finds nothing and does not say so.
    ``backoff_s``: the pauses before the next attempt after 1, 2, ... failures in a row; the last one repeats.
    ``settle_s``: the pause after every link (Windows needs one, bleak #1402). ``hear_s``: so long the other
    adapters may take to hear a strap that one has heard. ``full_s``: so long an adapter that is full is left alone.
    ``empty_s``: not one strap heard for so long, and the scan itself is in doubt. ``slept_s``: a gap in time that
    counts as a sleep.
    """

    start_s: float = 8.0
    slice_s: float = 10.0
    search_s: float = 10.0
    connect_s: float = 10.0
    answer_s: float = 8.0
    read_s: float = 4.0
    silence_s: float = 5.0
    let_go_s: float = 6.0
    battery_s: float = 600.0
    settle_s: float = field(default_factory=lambda: settle_s())
    backoff_s: tuple[float, ...] = (0.25, 0.5, 1.0, 2.0)
    hear_s: float = 0.5
    full_s: float = 5.0
    empty_s: float = 60.0
    slept_s: float = 5.0
    gone_s: float = 0.5
    unusable_s: float = 0.5

    @property
    def ask_s(self) -> float:
        """After so long a silence (s) the strap is asked if it is still there."""
        return 0.4 * self.silence_s

    @property
    def renew_s(self) -> float:
        """After so long a silence (s) the link is renewed although the strap answers."""
        return 3 * self.silence_s

    def pause_s(self, failures: int) -> float:
        """Return the pause before the next attempt after ``failures`` failed ones in a row."""
        if failures == 0:
            return self.settle_s
        return max(self.settle_s, self.backoff_s[min(failures, len(self.backoff_s)) - 1])
