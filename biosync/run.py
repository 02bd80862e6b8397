"""The one coroutine: sources -> engine -> sinks, and what happens on faults.

Sources with a timetable (virtual people, recordings) are asked when they are due, in the order of their times, so
that the same seed gives the same session at any speed. Straps push: their events wait in an inbox, stamped on arrival.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from biosync import events
from biosync.clock import Clock, SimulatedClock, SystemClock, utc_now
from biosync.engine import Engine, Member
from biosync.events import Cue, End, Event, Interval, Link, Marker, Notification, Raw, Say, Tick
from biosync.feeds import Feed
from biosync.pacer.settings import Settings
from biosync.run_problems import SinkClosed
from biosync.snapshot import Snapshot
from biosync.snapshots import Snapshots

TICK_S = 1.0
Sink = Callable[[Event], None]


class Store(Protocol):
    """Where a session is kept. ``kept`` is False while it can't be, and after ``close`` if some of it could not be; the
    session goes on all the same."""

    kept: bool

    def __call__(self, event: Event | Member) -> None:
        """Keep the event; never raises."""

    def close(self) -> None:
        """Hand everything to the disk."""


class Session(Protocol):
    """A running session as a surface sees it.

    ``latest`` and ``now`` may be read from any thread; ``stop``, ``say`` and ``mark`` belong to the session's own
    loop (the window's bridge uses call_soon_threadsafe).
    """

    latest: Snapshot | None

    async def run(self) -> None:
        """Run until it ends or is stopped; SessionProblem with one sentence when it can't go on."""

    def now(self) -> float:
        """Return the seconds since the start."""
        ...

    def stop(self) -> None:
        """End the session cleanly."""

    def say(self, text: str, person: str | None = None) -> None:
        """Pass on what a person says: too_slow, too_fast, stop, go."""

    def mark(self, text: str, person: str | None = None) -> None:
        """Put a marker here."""


class StrapListener(Protocol):
    """A source that pushes: listens until cancelled, and hands on what comes, stamped by ``now``."""

    person: str

    async def listen(self, now: Callable[[], float], hand_on: Callable[[Raw | Member], None]) -> None:
        """Listen until cancelled; SessionProblem when that is impossible from the start."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes part: every member, who belongs together, and where their hearts come from."""

    members: tuple[Member, ...]
    groups: tuple[tuple[str, ...], ...]
    feeds: tuple[Feed, ...] = ()
    straps: tuple[StrapListener, ...] = ()
    settings: Settings | None = None


class LiveSession:
    """One session of a ``cast``. ``seconds`` ends it (None: when its sources do); ``speed`` None is as fast as can
    be, ``clock`` has its own time instead. ``open_store`` opens the store of the cast's session under an id;
    ``snapshots`` False spares the pictures."""

    def __init__(
        self,
        cast: Cast,
        *,
        seconds: float | None = None,
        speed: float | None = 1.0,
        sinks: Sequence[Sink] = (),
        open_store: Callable[[str, Cast], Store] | None = None,
        snapshots: bool = True,
        clock: Clock | None = None,
    ) -> None:
        self.latest: Snapshot | None = None
        self.engine = Engine(cast.members, cast.groups, cast.settings)
        self._cast = cast
        self._seconds = seconds
        self._speed = speed
        self._sinks = list(sinks)
        self._open_store = open_store
        self._snapshots = Snapshots(self.engine) if snapshots else None
        self._own_clock = clock
        self._clock: Clock = clock or SimulatedClock()
        self._inbox: asyncio.Queue[Raw | Member] = asyncio.Queue()
        self._stopping = asyncio.Event()
        self._t = 0.0
        self._id = ""
        self._store: Store | None = None
        self._before_first_beat: list[Event | Member] = []

    def now(self) -> float:
        """Return the seconds since the start."""
        return self._clock.now()

    def stop(self) -> None:
        """End the session cleanly."""
        self._stopping.set()

    def say(self, text: str, person: str | None = None) -> None:
        """Pass on what a person says."""
        self._inbox.put_nowait(Say(self.now(), person, text))

    def mark(self, text: str, person: str | None = None) -> None:
        """Put a marker here."""
        self._inbox.put_nowait(Marker(self.now(), person, text))

    async def run(self) -> None:
        """Run until every source has ended, ``seconds`` are over, or it is stopped."""
        if self._own_clock is None:
            self._clock = SimulatedClock() if self._speed is None else SystemClock(self._speed)
        self._begin()
        listeners = [asyncio.create_task(strap.listen(self.now, self._inbox.put_nowait)) for strap in self._cast.straps]
        try:
            await self._go_on(listeners)
        except SinkClosed:
            self._sinks.clear()
        finally:
            for listener in listeners:
                listener.cancel()
            await asyncio.gather(*listeners, return_exceptions=True)
            self._end()

    # --- the loop ---

    async def _go_on(self, listeners: list[asyncio.Task[None]]) -> None:
        next_tick = TICK_S
        while not self._stopping.is_set():
            for listener in listeners:
                if listener.done():
                    listener.result()  # raises what stopped it
            feed = self._next_feed()
            if feed is None and not listeners:
                return
            due = min(next_tick, feed.next_t if feed is not None and feed.next_t is not None else next_tick)
            if self._seconds is not None and due > self._seconds:
                due = self._seconds
            pushed = await self._wait(due)
            if self._stopping.is_set():
                return
            if pushed is not None:
                self._take_in(pushed)
                continue
            self._clock.reached(due)
            if self._seconds is not None and due >= self._seconds:
                return
            if feed is not None and feed.next_t is not None and feed.next_t <= due:
                for event in feed.take():
                    self._take_in(event)
            else:
                self._take_in(Tick(next_tick))
                next_tick += TICK_S

    def _next_feed(self) -> Feed | None:
        running = [feed for feed in self._cast.feeds if feed.next_t is not None]
        return min(running, key=lambda feed: feed.next_t or 0.0, default=None)

    async def _wait(self, due: float) -> Raw | Member | None:
        """Wait for the clock to show ``due``; return what was pushed meanwhile, None when nothing was."""
        if not self._inbox.empty():
            return self._inbox.get_nowait()
        wait_s = self._clock.wait_s(due)
        if wait_s <= 0:
            await asyncio.sleep(0)
        while wait_s > 0:
            pushed, stopping = asyncio.ensure_future(self._inbox.get()), asyncio.ensure_future(self._stopping.wait())
            done, pending = await asyncio.wait({pushed, stopping}, timeout=wait_s, return_when=asyncio.FIRST_COMPLETED)
            for future in pending:
                future.cancel()
            if done:
                return pushed.result() if pushed in done else None
            wait_s = self._clock.wait_s(due)  # a clock that was paused or set has more to wait for
        return None

    # --- what every event goes through ---

    def _begin(self) -> None:
        started = utc_now()
        self._id = f"{started:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        people = tuple(member.name for member in self._cast.members)
        simulated = any(member.origin == "simulated" for member in self._cast.members)
        self._put(events.Session(0.0, self._id, f"{started:%Y-%m-%dT%H:%M:%SZ}", people, simulated))
        for member in self._cast.members:
            if member.origin != "strap":
                why = "a virtual strap" if member.origin == "simulated" else "a recording is played again"
                self._take_in(Link(0.0, member.name, "live", why))

    def _end(self) -> None:
        t = max(self._t, min(self.now(), self._seconds or self.now()))
        for beat in self.engine.finish(t):
            self._put(beat)
        kept = False
        if self._store is not None:
            self._store(End(t, self.engine.beats(), self._id))
            self._store.close()
            kept = self._store.kept
        self._put(End(t, self.engine.beats(), self._id if kept else None))
        if self._snapshots is not None:
            self.latest = self._snapshots.take(t, running=False)

    def _take_in(self, event: Raw | Member) -> None:
        self._keep(event)  # just as the engine is told it, and before anything is made of it
        if isinstance(event, Member):
            self.engine.wears(event)
            return
        if not isinstance(event, Link | Say | Marker):
            self._put(event)
        for derived in self.engine.feed(event):
            self._put(derived)
            if isinstance(derived, Cue):
                for feed in self._cast.feeds:
                    if feed.person in derived.people:
                        feed.hear(derived)
        if self._snapshots is not None and not isinstance(event, Tick):
            self._snapshots.note(event)
        if self._snapshots is not None:
            self.latest = self._snapshots.take(self._t)

    def _put(self, event: Event) -> None:
        """Hand an event to every sink; the stream's times never fall."""
        if event.t < self._t:
            event = replace(event, t=self._t)
        self._t = event.t
        if self._snapshots is not None:
            self._snapshots.note(event)
        if not isinstance(event, Raw | End):
            self._keep(event)
        for sink in self._sinks:
            sink(event)

    def _keep(self, event: Event | Member) -> None:
        """Keep what happened, before it is shown; a session without a single packet is none, and leaves nothing."""
        if self._store is not None:
            self._store(event)
        elif self._open_store is not None:
            self._before_first_beat.append(event)
            if isinstance(event, Notification | Interval):
                self._store = self._open_store(self._id, self._cast)
                for early in self._before_first_beat:
                    self._store(early)
                self._before_first_beat.clear()
