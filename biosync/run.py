"""The one coroutine: sources -> engine -> sinks, and what happens on faults.

Sources with a timetable (virtual people, recordings) are asked when they are due, in the order of their times, so
that the same seed gives the same session at any speed. Straps push: their events wait in an inbox, stamped on arrival,
until the session has got to their time: after a sleep of the computer, each second of it is told before a new beat.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace

from biosync import events
from biosync.attendance import Attendance
from biosync.cast import Cast as Cast
from biosync.cast import Newcomer as Newcomer
from biosync.cast import StrapListener as StrapListener
from biosync.charts.charts import Charts
from biosync.clock import Clock, SimulatedClock, SystemClock, utc_now
from biosync.consent import Consent
from biosync.engine import Engine, Member
from biosync.events import (
    SAYINGS,
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
    Origin,
    Raw,
    Say,
    Tick,
)
from biosync.feeds import Feed
from biosync.inbox import Inbox
from biosync.live_charts import LiveCharts
from biosync.run_problems import SessionProblem, SinkClosed
from biosync.session import Session as Session
from biosync.session import Sink as Sink
from biosync.session import Store as Store
from biosync.snapshot import Snapshot
from biosync.snapshots import Snapshots
from biosync.straps import StrapLetGo, Straps

TICK_S = 1.0


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
        self.duration_s: float | None = None
        self.paused = False
        self.engine = Engine(cast.members, cast.groups, cast.settings, cast.consents)
        self._cast = cast
        self._feeds = list(cast.feeds)
        self._seconds = seconds
        self._speed = speed
        self._sinks = list(sinks)
        self._open_store = open_store
        self._snapshots = Snapshots(self.engine, cast.consents) if snapshots else None
        self._charts = LiveCharts(self.engine, self._snapshots) if self._snapshots is not None else None
        self._own_clock = clock
        self._clock: Clock = clock or SimulatedClock()
        self._inbox = Inbox()
        self._straps = Straps(self.now, self._inbox.put)
        self._attendance = Attendance(cast, self.engine)
        self._stopping = False
        self._over = False
        self._t = 0.0
        self._id = ""
        self._store: Store | None = None
        self._before_first_beat: list[Event | Member | Consent | Note] = []

    @property
    def here(self) -> tuple[str, ...]:
        """Who takes part, once all that was asked for is done."""
        return self._attendance.here

    @property
    def heard_nothing(self) -> bool:
        """True where straps took part and no beat came from anybody."""
        return bool(self._cast.straps) and not any(self.engine.beats().values())

    def now(self) -> float:
        """Return the seconds since the start."""
        return self._clock.now()

    def stop(self) -> None:
        """End the session cleanly."""
        self._stopping = True
        self._inbox.wake()

    def charts(self, person: str) -> Charts | None:
        """Return the charts of ``person`` as things stand, None where there are none."""
        return self._charts.charts(person, self._t) if self._charts is not None else None

    def say(self, text: str, person: str | None = None) -> None:
        """Pass on what a person says."""
        if text not in SAYINGS:
            raise SessionProblem(f"one can say {', '.join(SAYINGS)}, not {text!r}")
        self._attendance.check(person)
        self._inbox.put(Say(self.now(), person, text))

    def mark(self, text: str, person: str | None = None, at_t: float | None = None) -> None:
        """Put a marker here, or at ``at_t``."""
        self._attendance.check(person)
        self._inbox.put(Marker(self.now(), person, text, at_t))

    def note(self, person: str, text: str) -> None:
        """Keep what is noted about ``person``."""
        if self._open_store is None or person not in self.engine.people:
            raise SessionProblem("this session is not kept, so what is noted is gone with it")
        self._keep(Note(self.now(), person, text))

    def join(self, newcomer: Newcomer, beside: Sequence[str] = (), *, again: bool = False) -> None:
        """Let ``newcomer`` take part from now on."""
        if newcomer.address and self._straps.listens_to(newcomer.address):
            raise SessionProblem(f"the strap {newcomer.address} is worn by somebody here already: give another one")
        if again and not beside:
            beside = self._attendance.shared_before(newcomer.member.name)
        member = self._attendance.admit(newcomer, beside)
        if not beside:
            member = self._cast.memory.reminded(member)
        about = (member.origin, member.device, member.delay_s, member.delay_uncertainty_s)
        known = (member.resonance_bpm, member.resonance_sd_bpm)
        self._inbox.put(Join(self.now(), member.name, *about, tuple(beside), *known))

    def leave(self, person: str) -> None:
        """Let ``person`` go."""
        self._attendance.dismiss(person)
        self._inbox.put(Leave(self.now(), person))

    def pause(self) -> None:
        """Do nothing: what happens now can't be paused."""

    def go_on(self) -> None:
        """Do nothing: it goes on anyway."""

    def seek(self, t: float) -> None:
        """Do nothing: now is now."""

    async def run(self) -> None:
        """Run until every source has ended, everybody has left, ``seconds`` are over, or it is stopped."""
        if self._own_clock is None:
            self._clock = self._usual_clock()
        self._begin()
        for strap in self._cast.straps:
            self._straps.begin(strap)
        try:
            await self._go_on()
        finally:
            await self._close()

    def _usual_clock(self) -> Clock:
        if self._speed is None:
            return SimulatedClock()
        live = self._cast.straps and self._speed == 1.0
        return SystemClock.waking_or_asleep() if live else SystemClock(self._speed)

    # --- the loop ---

    async def _go_on(self) -> None:
        next_tick = TICK_S
        while not self._stopping:
            self._look_after_straps()
            feed = self._next_feed()
            if not self.engine.here or (feed is None and not self._straps and not self._inbox):
                self._over = True
                return
            due = min(next_tick, feed.next_t if feed is not None and feed.next_t is not None else next_tick)
            if self._seconds is not None and due > self._seconds:
                due = self._seconds
            pushed = await self._wait(due)
            if pushed is not None:
                self._take_in(pushed)
                continue
            if self._stopping:
                return
            self._clock.reached(due)
            if self._seconds is not None and due >= self._seconds:
                return
            if feed is not None and feed.next_t is not None and feed.next_t <= due:
                for event in feed.take():
                    self._take_in(event)
            else:
                self._take_in(Tick(next_tick))
                next_tick += TICK_S

    def _look_after_straps(self) -> None:
        """End the session where the strap of its beginning can't be listened to; one who joined is told, alone, and so
        is one whose strap was let go, while there are others."""
        for person, problem in self._straps.failed():
            others = bool(self._straps) or self._next_feed() is not None
            alone = self._attendance.has_joined(person) or (isinstance(problem, StrapLetGo) and others)
            if not alone:
                raise problem
            self._take_in(Link(self.now(), person, "gone", str(problem)))

    def _next_feed(self) -> Feed | None:
        running = [feed for feed in self._feeds if feed.next_t is not None]
        return min(running, key=lambda feed: feed.next_t or 0.0, default=None)

    async def _wait(self, due: float) -> Raw | Member | None:
        """Wait for the clock to show ``due``; return what was pushed until then, None when nothing was."""
        pushed = self._inbox.take(due)
        if pushed is not None:
            return pushed
        wait_s = self._clock.wait_s(due)
        if wait_s <= 0:
            await asyncio.sleep(0)
        while wait_s > 0 and pushed is None and not self._stopping:
            await self._inbox.news(wait_s)
            pushed = self._inbox.take(due)
            wait_s = self._clock.wait_s(due)  # a clock that was paused or set has more to wait for
        return pushed

    # --- what every event goes through ---

    def _begin(self) -> None:
        started = utc_now()
        self._id = f"{started:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        people = tuple(member.name for member in self._cast.members)
        simulated = any(member.origin == "simulated" for member in self._cast.members)
        self._put(events.Session(0.0, self._id, f"{started:%Y-%m-%dT%H:%M:%SZ}", people, simulated))
        for member in self._cast.members:
            self._greet(member.origin, member.name, 0.0)

    def _greet(self, origin: Origin, person: str, t: float) -> None:
        """Tell that a source which is no strap is there; a strap tells it itself."""
        if origin != "strap":
            why = "a virtual strap" if origin == "simulated" else "a recording is played again"
            self._take_in(Link(t, person, "live", why))

    async def _close(self) -> None:
        """Take in what was handed on so far, and what the straps send until they are let go; then tell the end."""
        try:
            self._take_in_rest()
        finally:
            await self._straps.end()
        self._take_in_rest(packets_alone=True)
        self._end()

    def _take_in_rest(self, *, packets_alone: bool = False) -> None:
        """Take in what waits and happened before the time was over; that links end at the end goes without saying."""
        while (event := self._inbox.take(self._seconds)) is not None:
            if not packets_alone or isinstance(event, Notification | Member):
                self._take_in(event)

    def _end(self) -> None:
        t = self._t  # what ends by itself ends with the last that happened, at any speed
        if not self._over:
            t = max(t, min(self.now(), self._seconds or self.now()))
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
        if self._is_late(event):
            return
        self._keep(event)  # just as the engine is told it, and before anything is made of it
        if isinstance(event, Member):
            self.engine.wears(event)
            return
        if not isinstance(event, Link | Say | Marker):
            self._put(event)
        for derived in self.engine.feed(event):
            self._put(derived)
            if isinstance(derived, Cue):
                self._let_hear(derived)
        if self._snapshots is not None:
            if not isinstance(event, Tick):
                self._snapshots.note(event)
            self.latest = self._snapshots.take(self._t)
        if isinstance(event, Join):
            self._welcome(event)
        elif isinstance(event, Leave):
            self._straps.let_go(event.person)
            self._feeds = [feed for feed in self._feeds if feed.person != event.person or self._cast.closed]

    def _is_late(self, event: Raw | Member) -> bool:
        """Tell if the event is of somebody who has left: what was under way then is no part of the session."""
        match event:
            case Member():
                return event.name not in self.engine.here
            case Tick() | Join() | Marker():
                return False
            case _:
                return event.person is not None and event.person not in self.engine.here

    def _let_hear(self, cue: Cue) -> None:
        for feed in self._feeds:
            if feed.person in cue.people:
                feed.hear(cue)

    def _welcome(self, event: Join) -> None:
        """Begin with the source of one who has joined."""
        newcomer = self._attendance.came_in(event.person)
        if newcomer is None:
            return
        if newcomer.consent is not None:
            consent = replace(newcomer.consent, person=event.person)
            self._keep(consent)
            self.engine.agree(consent)
            if self._snapshots is not None:
                self._snapshots.agree(consent)
        if newcomer.feed is not None:
            self._feeds.append(newcomer.feed(event.person, event.t))
        if newcomer.strap is not None:
            self._straps.begin(newcomer.strap(event.person))
        self._greet(newcomer.member.origin, event.person, event.t)

    def _put(self, event: Event) -> None:
        """Hand an event to every sink; the stream's times never fall."""
        if event.t < self._t:
            event = replace(event, t=self._t)
        self._t = event.t
        if self._snapshots is not None and self._charts is not None:
            self._snapshots.note(event)
            self._charts.note(event)
        if not isinstance(event, Raw | End):
            self._keep(event)
        try:
            for sink in self._sinks:
                sink(event)
        except SinkClosed:
            self._sinks.clear()
            self.stop()

    def _keep(self, event: Event | Member | Consent | Note) -> None:
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
