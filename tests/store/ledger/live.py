"""Runs whole sessions that are kept in a ledger, as fast as the machine can."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from biosync.cast import Newcomer
from biosync.casting import cast, newcomer, parts
from biosync.consent import Consent
from biosync.engine import Engine, Member
from biosync.events import Beat, Cue, End, Event, Link, Marker, Metrics, Notification, Raw, Say, Tick
from biosync.pacer.settings import Settings
from biosync.run import Cast, LiveSession, Store
from biosync.sources import parse
from biosync.store.ledger.reader import Ledger
from biosync.store.ledger.writer import LedgerStore
from biosync.store.memory import Known, Memory
from devices.person import Person, Traits
from devices.virtual import VirtualStrap

Derived = Beat | Metrics | Cue


def demo(*sources: str, groups: tuple[tuple[str, ...], ...] = ()) -> Cast:
    """Return a cast of virtual people."""
    return cast(parts([parse(source) for source in sources]), groups=groups)


def opener(
    home: Path, told: list[str], consents: tuple[Consent, ...] = (), key: str | None = None
) -> Callable[[str, Cast], Store]:
    """Return what opens a session's store in ``home``."""

    def open_store(session_id: str, who: Cast) -> Store:
        return LedgerStore(
            home, session_id, who.members, who.groups, told.append, who.settings, consents=consents, key=key
        )

    return open_store


def keep(
    home: Path,
    who: Cast,
    seconds: float = 60.0,
    told: list[str] | None = None,
    consents: tuple[Consent, ...] = (),
    key: str | None = None,
) -> list[Event]:
    """Run a session that is kept in ``home``; return what it put out."""
    seen: list[Event] = []
    store = opener(home, told if told is not None else [], consents, key)
    session = LiveSession(
        who, seconds=seconds, speed=None, sinks=[seen.append], open_store=store, snapshots=False
    )
    asyncio.run(session.run())
    return seen


def keep_with_guests(home: Path, open_store: Callable[[str, Cast], Store] | None = None) -> list[Event]:
    """Run a session of virtual people who come and go, kept in ``home``; return what it put out.

    Cleo joins Ana and Ben, Dan, of whom something is known, comes with a cue of his own, Ben leaves and comes back
    alone, Cleo leaves.
    """
    consent = Consent("somebody", "own", "2026-01-01T00:00:00Z")
    plan: dict[float, Callable[[], None]] = {
        20.0: lambda: session.join(replace(guest("Cleo", 3), consent=consent), ("Ana",)),
        31.0: lambda: session.join(guest("Dan", 4)),
        60.0: lambda: session.leave("Ben"),
        95.0: lambda: session.join(guest("Ben", 2)),
        120.0: lambda: session.leave("Cleo"),
    }

    def follow(event: Event) -> None:
        seen.append(event)
        if isinstance(event, Tick) and event.t in plan:
            plan.pop(event.t)()

    seen: list[Event] = []
    memory = Memory({("Dan", True): Known(5.7, 0.25), ("Cleo", True): Known(6.1, 0.3)})
    who = replace(demo("demo:Ana?seed=1", "demo:Ben?seed=2"), memory=memory)
    store = open_store or opener(home, [])
    session = LiveSession(
        who, seconds=150.5, speed=None, sinks=[follow], open_store=store, snapshots=False
    )
    asyncio.run(session.run())
    return seen


def guest(name: str, seed: int) -> Newcomer:
    """Return a virtual person who joins."""
    return newcomer(parts([parse(f"demo:{name}?seed={seed}")])[0])


def stored(events: list[Event]) -> str:
    """Return the id under which the session of these events is kept."""
    end = events[-1]
    assert isinstance(end, End) and end.stored is not None
    return end.stored


def derived(events: list[Event]) -> list[Derived]:
    """Return what the engine made."""
    return [event for event in events if isinstance(event, Derived)]


def lived_again(home: Path, id: str, key: str | None = None) -> list[Event]:
    """Feed the stored session to a fresh engine; return what it makes."""
    with Ledger.open(home, key) as ledger:
        engine = Engine(ledger.members(id), ledger.groups(id), ledger.settings(id))
        made: list[Event] = []
        for event in ledger.raw_events(id):
            if isinstance(event, Member):
                engine.wears(event)
            else:
                made += engine.feed(event)
        return made + engine.finish(ledger.session(id).duration_s)


class WornStrap:
    """A strap that pushes: its notifications are taken in late or early, and it tells its name after a while."""

    def __init__(self, person: str, seed: int) -> None:
        self.person = person
        self._strap = VirtualStrap(Person(Traits(seed=seed)))

    async def listen(self, now: Callable[[], float], hand_on: Callable[[Raw | Member], None]) -> None:
        hand_on(Link(now(), self.person, "live", "worn"))
        count = 0
        while True:
            await asyncio.sleep(0)
            while self._strap.next_t is not None and self._strap.next_t <= now():
                due = self._strap.next_t
                for packet in self._strap.send():
                    name = "strap" if count < 2 else "H10 1234"
                    hand_on(Notification(due, self.person, name, packet.characteristic, packet.payload))
                count += 1
                if count == 2:
                    hand_on(Member(self.person, "strap", "H10 1234", 0.6, 0.3))
                if count == 20:
                    hand_on(Say(due, self.person, "too_slow"))
                    hand_on(Marker(due, None, f"{self.person} laughs"))
                if count == 25:
                    hand_on(Say(due, self.person, "lead"))
                    hand_on(Say(due, None, "without"))
                if count == 30:
                    hand_on(Link(now(), self.person, "lost", "out of range"))
                    hand_on(Link(now(), self.person, "live", "back"))


def worn(*people: str) -> Cast:
    """Return a cast whose straps push, as real ones do."""
    members = tuple(Member(name, "strap", "strap", 1.5, 1.1) for name in people)
    straps = tuple(WornStrap(name, seed) for seed, name in enumerate(people, start=1))
    return Cast(members, (tuple(reversed(people)),), (), straps, Settings(slowest_bpm=5.0, leader=people[0]))
