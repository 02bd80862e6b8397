"""The computer sleeps in the middle of a session: for hearts it is a gap in time, virtual people sleep too."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from biosync.cast import Cast
from biosync.casting import cast, parts
from biosync.clock import Clock, SystemClock
from biosync.engine import Member
from biosync.events import Beat, End, Event, Metrics, Notification, Raw, Tick
from biosync.run import LiveSession
from biosync.sources import parse
from devices.heart_rate import MEASUREMENT
from tests.bluez.strap import packet

SLEPT_S = 3600.0


class Seconds:
    """A monotonic clock that tests set."""

    def __init__(self) -> None:
        self.t = 1000.0

    def __call__(self) -> float:
        return self.t


class _Worn:
    """A strap that sends ten packets a second apart, before the computer sleeps for an hour, and ten afterwards."""

    person, address = "Ana", "A0:9E:1A:00:00:01"

    def __init__(self, seconds: Seconds, stop: Callable[[], None]) -> None:
        self._seconds, self._stop = seconds, stop
        self._taken_in = asyncio.Event()

    def notice(self, event: Event) -> None:
        """See what the session tells, as a sink."""
        if isinstance(event, Notification):
            self._taken_in.set()

    async def listen(self, now: Callable[[], float], hand_on: Callable[[Raw | Member], None]) -> None:
        for number in range(20):
            self._seconds.t += SLEPT_S if number == 10 else 1.0
            hand_on(Notification(now(), "Ana", "Polar H10", MEASUREMENT, packet(number)))
            await self._taken_in.wait()
            self._taken_in.clear()
        self._stop()
        await asyncio.Event().wait()


async def lived(seconds: Seconds, clock: Clock | None) -> tuple[LiveSession, list[Event]]:
    seen: list[Event] = []
    strap = _Worn(seconds, lambda: session.stop())
    people = Cast((Member("Ana", "strap", "strap"),), (("Ana",),), (), (strap,))
    session = LiveSession(people, sinks=[seen.append, strap.notice], clock=clock)
    async with asyncio.timeout(30):
        await session.run()
    return session, seen


async def test_an_hour_of_sleep_is_an_hour_without_beats() -> None:
    seconds = Seconds()
    session, seen = await lived(seconds, SystemClock(seconds=seconds))
    assert isinstance(seen[-1], End) and seen[-1].t == SLEPT_S + 19
    beats = session.engine.people["Ana"].track.beats()
    assert len(beats) == 20 and list(beats.gap.nonzero()[0]) == [10]
    assert beats.t_s[10] - beats.t_s[9] > SLEPT_S - 5
    assert seen[-1].beats == {"Ana": sum(isinstance(event, Beat) for event in seen)} == {"Ana": 20}


async def test_every_second_of_the_sleep_is_told_before_the_first_new_beat_and_no_figure_stands() -> None:
    seconds = Seconds()
    _, seen = await lived(seconds, SystemClock(seconds=seconds))
    ticks = [event.t for event in seen if isinstance(event, Tick)]
    assert ticks == [float(k) for k in range(1, int(SLEPT_S) + 19)]
    first_new = [k for k, event in enumerate(seen) if isinstance(event, Notification)][10]
    assert max(event.t for event in seen[:first_new] if isinstance(event, Tick)) == SLEPT_S + 9
    asleep = [event for event in seen[:first_new] if isinstance(event, Metrics) and event.t > 20]
    assert len(asleep) > SLEPT_S - 20 and {event.heart_rate_bpm for event in asleep} == {None}


async def test_a_session_with_straps_reads_the_clock_that_counts_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = Seconds()
    monkeypatch.setattr("biosync.clock.clock_that_counts_sleep", seconds)
    _, seen = await lived(seconds, None)
    assert seen[-1].t == SLEPT_S + 19


async def test_virtual_people_sleep_with_the_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = Seconds()
    monkeypatch.setattr("biosync.clock.clock_that_counts_sleep", seconds)
    session = LiveSession(cast(parts([parse("demo:Ana")])), seconds=0.2)
    running = asyncio.create_task(session.run())
    await asyncio.sleep(0)
    seconds.t += SLEPT_S
    assert session.now() < SLEPT_S
    await running
    assert session.engine.beats()["Ana"] < 5
