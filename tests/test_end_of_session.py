"""How a session ends: all that a strap had sent by then is in the stream and in the ledger, whatever ends it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from biosync.cast import Cast
from biosync.engine import Member
from biosync.events import Beat, End, Event, Link, Marker, Notification, Raw
from biosync.run import LiveSession
from biosync.run_problems import SinkClosed
from biosync.store.ledger.reader import Ledger
from devices.heart_rate import MEASUREMENT
from tests.bluez.strap import Strap, packet
from tests.driven import driven

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

A, B = "A0:9E:1A:00:00:01", "A0:9E:1A:00:00:02"


@pytest.mark.parametrize("period_s", [0.002, 0.03])
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_what_was_sent_before_the_signal_is_in_the_stream_and_in_the_ledger(
    fake_bluez: FakeBluez, tmp_path: Path, sign: signal.Signals, period_s: float
) -> None:
    """The installed command; the strap takes a while to be let go, and sends all the time."""
    people = {"Ana": A, "Ben": B}
    fake_bluez.add(*(Strap(address, period_s=period_s, disconnect_s=0.2) for address in people.values()))
    with driven(tmp_path, "run", *(f"{name}=ble:{address}" for name, address in people.items())) as program:
        for name in people:
            program.until("beat", person=name)
        sent = {name: fake_bluez.sent(address) for name, address in people.items()}
        program.process.send_signal(sign)
        code, err = program.end()
    assert (code, err) == (0, "")
    assert fake_bluez.linked() == set()
    end = program.lines[-1]
    for name in people:
        kept = numbers(tmp_path, str(end["stored"]), name)
        assert kept == list(range(len(kept))) and len(kept) >= sent[name], "each once, none lost"
        told = [line["rr_ms"] for line in program.lines if line["type"] == "beat" and line["person"] == name]
        assert told == [(1004 + number % 40) / 1.024 for number in kept]
        assert end["beats"][name] == len(kept)  # type: ignore[index]


def numbers(home: Path, session: str, person: str) -> list[int]:
    """Return the numbers of the packets that the ledger has of ``person``, in its order."""
    with Ledger.open(home) as ledger:
        kept = [event for event in ledger.raw_events(session) if isinstance(event, Notification)]
    mine = [event.payload for event in kept if (event.person, event.characteristic) == (person, MEASUREMENT)]
    return [int.from_bytes(payload[2:4], "little") for payload in mine]


class _Chatty:
    """A strap that has handed on ``early`` packets when it calls ``stop``, and ``late`` ones until it is let go."""

    person, address = "Ana", A

    def __init__(self, early: int, late: int, stop: Callable[[], None]) -> None:
        self._early, self._late, self._stop = early, late, stop

    async def listen(self, now: Callable[[], float], hand_on: Callable[[Raw | Member], None]) -> None:
        hand_on(Link(now(), "Ana", "live", "here"))
        for number in range(self._early):
            hand_on(Notification(now(), "Ana", "Polar H10", MEASUREMENT, packet(number)))
        self._stop()
        try:
            await asyncio.Event().wait()
        finally:
            for number in range(self._early, self._early + self._late):
                hand_on(Notification(now(), "Ana", "Polar H10", MEASUREMENT, packet(number)))
            hand_on(Link(now(), "Ana", "gone", "let go"))


async def ended(seconds: float | None, *sinks: Callable[[Event], None]) -> LiveSession:
    """Run a session that is over with 20 packets and a marker under way, and 5 more packets on their way."""

    def stop() -> None:
        session.mark("the end")
        if seconds is None:
            session.stop()

    cast = Cast((Member("Ana", "strap", "strap"),), (("Ana",),), (), (_Chatty(20, 5, stop),))
    session = LiveSession(cast, seconds=seconds, sinks=sinks)
    await session.run()
    return session


async def test_what_waits_at_a_stop_is_taken_in_and_that_links_end_is_not_told() -> None:
    seen: list[Event] = []
    await ended(None, seen.append)
    assert sum(isinstance(event, Notification) for event in seen) == 25
    assert [event.text for event in seen if isinstance(event, Marker)] == ["the end"]
    assert [event.state for event in seen if isinstance(event, Link)] == ["live"]
    assert isinstance(seen[-1], End) and seen[-1].beats == {"Ana": sum(isinstance(event, Beat) for event in seen)}
    assert seen[-1].t >= seen[-2].t


async def test_what_comes_after_its_time_is_no_part_of_a_session() -> None:
    seen: list[Event] = []
    await ended(0.2, seen.append)
    assert sum(isinstance(event, Notification) for event in seen) == 20
    assert seen[-1].t == 0.2


async def test_a_reader_who_is_gone_takes_nothing_from_the_others_or_the_end() -> None:
    seen: list[Event] = []

    def leaves(event: Event) -> None:
        seen.append(event)
        if isinstance(event, Notification):
            raise SinkClosed

    session = await ended(None, leaves)
    assert sum(isinstance(event, Notification) for event in seen) == 1
    assert session.engine.beats() == {"Ana": 25}
