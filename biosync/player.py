"""A stored session as something to look at again: it can be paused, and set to any time in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from biosync.charts.charts import Charts
from biosync.clock import Clock, ReplayClock
from biosync.run import LiveSession, Newcomer
from biosync.run_problems import SessionProblem
from biosync.snapshot import Snapshot


class Player:
    """Plays what ``make`` builds with ``clock``, ``duration_s`` long.

    A Session as the surfaces know it; it stands at 0 until it runs. Figures at a time are those of live, because
    the engine hears everything up to it: going forward it catches up, going back it begins anew and catches up, at some
    hundred times the real speed. Whoever calls ``pause``, ``go_on`` and ``seek`` does so in the loop that runs it.
    """

    def __init__(self, make: Callable[[Clock], LiveSession], duration_s: float, clock: ReplayClock) -> None:
        self.duration_s = duration_s
        self._make = make
        self._clock = clock
        self._clock.pause()
        self._clock.set(0.0)
        self._session = make(self._clock)
        self._held: Snapshot | None = None
        self._anew = False

    @property
    def latest(self) -> Snapshot | None:
        """The newest picture; while it goes back, the one from before."""
        return self._held if self._anew else self._session.latest or self._held

    @property
    def paused(self) -> bool:
        """True while it stands still."""
        return self._clock.paused

    def now(self) -> float:
        """Return the seconds since the recording's start."""
        return min(self._clock.now(), self.duration_s)

    async def run(self) -> None:
        """Play until the recording is over, or it is stopped."""
        self._clock.go_on()
        await self._session.run()
        while self._anew:
            self._anew = False
            self._session = self._make(self._clock)
            await self._session.run()

    def pause(self) -> None:
        """Stand still."""
        self._clock.pause()

    def go_on(self) -> None:
        """Play on from here."""
        self._clock.go_on()

    def seek(self, t: float) -> None:
        """Go to ``t`` seconds, within the recording; paused or playing as before."""
        back = t < self._clock.now()
        self._clock.set(min(max(t, 0.0), self.duration_s))
        if back:
            self._held = self.latest
            self._anew = True
            self._session.stop()

    def stop(self) -> None:
        """End it."""
        self._anew = False
        self._session.stop()

    def charts(self, person: str) -> Charts | None:
        """Return the charts of ``person`` as things stood then."""
        return self._session.charts(person)

    def say(self, text: str, person: str | None = None) -> None:
        """Pass on what a person says to the pacer of today."""
        self._session.say(text, person)

    def mark(self, text: str, person: str | None = None, at_t: float | None = None) -> None:
        """Put a marker here, or at ``at_t``."""
        self._session.mark(text, person, at_t)

    def note(self, person: str, text: str) -> None:
        """Refuse: what is noted belongs to the stored session."""
        raise SessionProblem("a replay keeps nothing: write the note into the session itself, in Sessions")

    def join(self, newcomer: Newcomer, beside: Sequence[str] = (), *, again: bool = False) -> None:
        """Refuse: what was is as it was."""
        raise SessionProblem("a replay is as it was, so nobody joins it: end it, and begin a session together")

    def leave(self, person: str) -> None:
        """Refuse: what was is as it was."""
        raise SessionProblem("a replay is as it was, so nobody leaves it: Esc ends it")
