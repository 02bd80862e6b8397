"""The only reader of time. A session's clock counts seconds since the session's start.

Everything else is handed a clock (or only its ``now``), so that tests and simulations bring their own.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from devices.uptime import clock_that_counts_sleep


class Clock(Protocol):
    """Seconds since the session's start, never falling."""

    def now(self) -> float:
        """Return the seconds since the start."""
        ...

    def wait_s(self, until: float) -> float:
        """Return how many real seconds to wait until the clock shows ``until`` (0 when it already does)."""
        ...

    def reached(self, t: float) -> None:
        """Tell the clock that the session has got to ``t`` (a simulated clock follows)."""
        ...


class SystemClock:
    """The machine's clock, ``speed`` times as fast, counted in the ``seconds`` of a monotonic clock.

    The usual one stands still while the computer sleeps, and so do virtual people and recordings. Hearts don't:
    ``waking_or_asleep`` makes the clock for them.
    """

    def __init__(self, speed: float = 1.0, seconds: Callable[[], float] = time.monotonic) -> None:
        self._speed = speed
        self._seconds = seconds
        self._start = seconds()

    @classmethod
    def waking_or_asleep(cls) -> SystemClock:
        """Return a clock that goes on while the computer sleeps, so that a sleep is a gap in time."""
        return cls(seconds=clock_that_counts_sleep)

    def now(self) -> float:
        """Return the seconds since the clock was made, times the speed."""
        return (self._seconds() - self._start) * self._speed

    def wait_s(self, until: float) -> float:
        """Return the real seconds until the clock shows ``until``."""
        return max(0.0, (until - self.now()) / self._speed)

    def reached(self, t: float) -> None:
        """Do nothing: real time passes by itself."""


class SimulatedClock:
    """A clock that jumps to wherever the session has got: as fast as the machine can (``--speed max``)."""

    def __init__(self) -> None:
        self._now = 0.0

    def now(self) -> float:
        """Return the time last reached."""
        return self._now

    def wait_s(self, until: float) -> float:
        """Return 0: nothing is waited for."""
        return 0.0

    def reached(self, t: float) -> None:
        """Jump forward to ``t``; never back."""
        self._now = max(self._now, t)


class ReplayClock:
    """A clock for what was recorded: it runs ``speed`` times as fast, can be paused, and set to any time."""

    LOOK_S = 0.1
    """Nobody waits for longer (in real seconds) without looking at it again: it may have been paused or set."""

    def __init__(self, speed: float = 1.0, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._speed = speed
        self._monotonic = monotonic
        self._base = 0.0
        self._since: float | None = monotonic()

    @property
    def paused(self) -> bool:
        """True while it stands still."""
        return self._since is None

    def now(self) -> float:
        """Return the seconds of the recording."""
        return self._base if self._since is None else self._base + (self._monotonic() - self._since) * self._speed

    def pause(self) -> None:
        """Stand still."""
        self._base, self._since = self.now(), None

    def go_on(self) -> None:
        """Run again from where it stands."""
        self._base, self._since = self.now(), self._monotonic()

    def set(self, t: float) -> None:
        """Show ``t`` from now on; paused or running as before."""
        self._base, self._since = t, None if self._since is None else self._monotonic()

    def wait_s(self, until: float) -> float:
        """Return the real seconds until the clock shows ``until``, at most ``LOOK_S``."""
        left_s = max(0.0, (until - self.now()) / self._speed)
        return min(left_s, self.LOOK_S)

    def reached(self, t: float) -> None:
        """Do nothing: real time passes by itself."""


def utc_now() -> datetime:
    """Return the wall clock's time in UTC; read once a session, for its name and date."""
    return datetime.now(UTC)
