"""A stored session fed again: the same figures to the bit, at any speed, paused, and from any place in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.clock import Clock, ReplayClock
from biosync.engine import Member
from biosync.events import Beat, Cue, End, Event, Link, Marker, Metrics, Notification, Raw, Say, Tick
from biosync.feeds import StoredFeed
from biosync.player import Player
from biosync.run import Cast, LiveSession
from devices.heart_rate import MEASUREMENT, encode
from devices.measurement import HeartRate
from tests.playing import play

FIGURES = (Beat, Metrics, Cue, Say, Marker)


def figures(events: list[Event]) -> list[Event]:
    return [event for event in events if isinstance(event, FIGURES)]


def came_in(events: list[Event]) -> list[Raw]:
    return [event for event in events if isinstance(event, Raw)]


def again(raw: list[Raw], *people: str, end_t: float, **options: object) -> tuple[LiveSession, list[Event]]:
    """Return a session that is fed ``raw`` again, and the list that its events go to."""
    seen: list[Event] = []
    members = tuple(Member(name, "replay", "recording") for name in people)
    cast = Cast(members, (people,), (StoredFeed({name: name for name in people}, raw, end_t),))
    return LiveSession(cast, sinks=[seen.append], **options), seen  # type: ignore[arg-type]


def test_the_figures_are_those_of_live_to_the_bit() -> None:
    live = play("demo:Ana", "demo:Ben?seed=2", seconds=100)
    session, seen = again(came_in(live), "Ana", "Ben", end_t=100.0, speed=None)
    asyncio.run(session.run())
    assert figures(seen) == figures(live)
    assert isinstance(seen[-1], End) and isinstance(live[-1], End)
    assert (seen[-1].t, seen[-1].beats) == (live[-1].t, live[-1].beats)


class _HastyStrap:
    """A strap whose notifications are stamped a little before or after the tick that they are taken in at."""

    person = "Ana"

    def __init__(self, offsets: list[float]) -> None:
        self._offsets = offsets

    async def listen(self, now: Callable[[], float], hand_on: Callable[[Raw | Member], None]) -> None:
        hand_on(Member("Ana", "strap", "Polar H10", 0.2, 0.05))
        for k, offset in enumerate(self._offsets):
            payload = encode(HeartRate(70, (820 + 7 * (k % 9), 850)))
            hand_on(Notification(max(0.0, now() + offset), "Ana", "Polar H10", MEASUREMENT, payload))
            await asyncio.sleep(0)
        hand_on(Say(now(), "Ana", "too_slow"))
        hand_on(Marker(now(), None, "end"))


@given(offsets=st.lists(st.floats(-0.9, 0.9), min_size=5, max_size=40))
def test_what_was_taken_in_early_or_late_is_taken_in_so_again(offsets: list[float]) -> None:
    live: list[Event] = []
    fed: list[Raw | Member] = []
    cast = Cast((Member("Ana", "strap", ""),), (("Ana",),), (), (_HastyStrap(offsets),))
    session = LiveSession(cast, seconds=45.0, speed=None, sinks=[live.append], snapshots=False)
    _note(session, fed)
    asyncio.run(session.run())
    assert any(isinstance(event, Tick) for event in fed)
    seen: list[Event] = []
    feed = StoredFeed({"Ana": "Zoe"}, fed, 45.0)
    replayed = LiveSession(Cast((Member("Zoe", "replay", ""),), (("Zoe",),), (feed,)), speed=None, sinks=[seen.append])
    asyncio.run(replayed.run())
    assert _under(figures(live), "Zoe") == figures(seen)
    assert replayed.engine.people["Zoe"].member == Member("Zoe", "replay", "Polar H10", 0.2, 0.05)


def _note(session: LiveSession, fed: list[Raw | Member]) -> None:
    """Write down what the session's engine is fed, as a ledger does."""
    feed, wears = session.engine.feed, session.engine.wears

    def note_feed(event: Raw) -> list[Event]:
        fed.append(event)
        return feed(event)

    def note_wears(member: Member) -> None:
        fed.append(member)
        wears(member)

    session.engine.feed, session.engine.wears = note_feed, note_wears  # type: ignore[method-assign]


def _under(events: list[Event], name: str) -> list[Event]:
    import dataclasses

    return [
        dataclasses.replace(e, people=(name,)) if isinstance(e, Cue)
        else dataclasses.replace(e, person=name) if getattr(e, "person", None) else e
        for e in events
    ]  # fmt: skip


def test_it_ends_when_the_session_ended_and_says_so() -> None:
    session, seen = again([], "Ana", end_t=3.5, speed=None)
    asyncio.run(session.run())
    assert [event.t for event in seen if isinstance(event, Tick)] == [1.0, 2.0, 3.0]
    (gone,) = [event for event in seen if isinstance(event, Link) and event.state == "gone"]
    assert (gone.t, gone.why) == (3.5, "the recording is over")
    assert seen[-1].t == 3.5


# --- pausing and seeking ---


class Hours:
    """Real time as the tests have it: every look at it takes 20 ms; ``pass_by`` lets much of it pass."""

    def __init__(self) -> None:
        self._now = 0.0

    def __call__(self) -> float:
        self._now += 0.02
        return self._now

    def pass_by(self, seconds: float) -> None:
        self._now += seconds


@pytest.fixture(scope="module")
def minute() -> list[Event]:
    return play("demo:Ana", seconds=60)


def player(live: list[Event], seen: list[Event], hours: Hours | None = None) -> Player:
    raw = came_in(live)

    def make(clock: Clock) -> LiveSession:
        seen.clear()
        cast = Cast(
            (Member("Ana", "replay", ""),), (("Ana",),), (StoredFeed({"Ana": "Ana"}, raw, 60.0),)
        )
        return LiveSession(cast, sinks=[seen.append], clock=clock)

    return Player(make, 60.0, ReplayClock(20.0, hours or Hours()))


async def until(reached: Callable[[], bool]) -> None:
    while not reached():
        await asyncio.sleep(0)


async def a_while() -> None:
    """Give everything that could happen now the chance to."""
    for _ in range(200):
        await asyncio.sleep(0)


def last_t(seen: list[Event]) -> float:
    return seen[-1].t if seen else -1.0


async def test_played_to_its_end_it_is_as_live(minute: list[Event]) -> None:
    seen: list[Event] = []
    playing = player(minute, seen)
    await playing.run()
    assert [e for e in figures(seen) if e.t < 60] == [e for e in figures(minute) if e.t < 60]
    assert playing.now() == 60.0


async def test_paused_nothing_comes_until_it_goes_on(minute: list[Event]) -> None:
    seen: list[Event] = []
    hours = Hours()
    playing = player(minute, seen, hours)
    running = asyncio.create_task(playing.run())
    await until(lambda: last_t(seen) >= 10)
    playing.pause()
    await a_while()
    stood, count = playing.now(), len(seen)
    hours.pass_by(3600)
    await a_while()
    assert playing.paused and playing.now() == stood < 60
    assert len(seen) == count and not running.done()
    playing.go_on()
    await running
    assert [e for e in figures(seen) if e.t < 60] == [e for e in figures(minute) if e.t < 60]


@pytest.mark.parametrize("first", [45.0, 5.0])
async def test_wherever_it_is_set_the_figures_are_those_of_then(minute: list[Event], first: float) -> None:
    seen: list[Event] = []
    playing = player(minute, seen)
    running = asyncio.create_task(playing.run())
    await until(lambda: last_t(seen) >= 2)
    playing.pause()
    for t in (first, 20.0, 33.3):
        playing.seek(t)
        await until(lambda t=t: t - 1.2 <= last_t(seen) <= t)  # type: ignore[misc]
        await a_while()
        assert playing.now() == t
        assert figures(seen) == [event for event in figures(minute) if event.t <= t]
        assert playing.latest is not None and playing.latest.running
    playing.stop()
    await running


async def test_it_can_be_set_before_it_runs_and_never_beyond_its_ends(minute: list[Event]) -> None:
    seen: list[Event] = []
    playing = player(minute, seen)
    playing.seek(-5.0)
    assert playing.now() == 0.0
    playing.seek(1e9)
    assert playing.now() == 60.0
    await playing.run()
    assert len(figures(seen)) == len(figures(minute))
