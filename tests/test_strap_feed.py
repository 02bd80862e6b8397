"""A real strap as a source: who gets remembered, and a sensor that computes its intervals is seen through."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from biosync.engine import Member
from biosync.events import Link, Raw
from biosync.heart.quality import COMPUTED
from biosync.store.ledger.kinds import Strap as Known
from biosync.store.ledger.strap_use import StrapUse, is_used
from biosync.strap_feed import ANOTHER_STRAP, TAKEN, StrapFeed, _changed_wearer, changed_wearer
from devices.heart_rate import encode
from devices.measurement import HeartRate
from devices.radio import Radio
from devices.reception import ONLY_RATE
from devices.straps import in_a_line
from tests.bluez.strap import SERIAL, Strap
from tests.devices.listening import PATIENCE_S, PATIENT, until
from tests.running import Running

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

A = "A0:9E:1A:00:00:01"
NAME = "Polar H10 12345678"
MIO = [(86, 1), (83, 1), (80, 2), (78, 1), (76, 1), (74, 1), (73, 2), (73, 1)]
"""Heart rates and numbers of intervals of a Mio Fuse's packets (wrist, optical), one after the other."""


def computed(heart_rate_bpm: int, count: int) -> bytes:
    """Return a packet whose intervals are the heart rate turned round, as the Mio's are to the tick."""
    return encode(HeartRate(heart_rate_bpm, (round(61440 / heart_rate_bpm),) * count))


def test_the_made_packets_are_those_of_the_capture() -> None:
    assert computed(86, 1).hex() == "1056ca02" and computed(80, 2).hex() == "105000030003"
    assert computed(73, 2).hex() == "10494a034a03"


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))
    return tmp_path


class Told:
    """What a feed hands on, and whom it has remembered."""

    def __init__(self) -> None:
        self.links: list[Link] = []
        self.devices: list[str] = []
        self.packets = 0
        self.remembered: list[tuple[str, str, str, str | None]] = []

    def hand_on(self, event: Raw | Member) -> None:
        if isinstance(event, Link):
            self.links.append(event)
        elif isinstance(event, Member):
            self.devices.append(event.device)
        else:
            self.packets += 1

    def remember(self, *strap: str | None) -> None:
        self.remembered.append(strap)  # type: ignore[arg-type]  # as the feed calls it

    async def until(self, holds: Callable[[Link], bool]) -> Link:
        await until(lambda: bool(self.links) and holds(self.links[-1]))
        return self.links[-1]


@asynccontextmanager
async def feeding(
    person: str = "Ana", known: tuple[Known, ...] = (), *, unnamed: bool = False
) -> AsyncIterator[Told]:
    """Listen to the strap at A inside the block."""
    told, ticks = Told(), iter(range(10**6))
    feed = StrapFeed(person, A, told.remember, known, unnamed=unnamed, radio=Radio(timing=PATIENT))
    task = asyncio.create_task(feed.listen(lambda: float(next(ticks)), told.hand_on))
    try:
        yield told
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def test_a_strap_is_remembered_once_with_its_serial_and_not_before_it_is_there(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(A, period_s=0.01))
    async with feeding() as told:
        await until(lambda: bool(told.remembered))
        packets = told.packets
        await until(lambda: told.packets > packets + 20)
    assert told.remembered == [(NAME, A, "Ana", "12345678")]


async def test_a_strap_without_information_is_remembered_without_a_serial(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(A, period_s=0.01, information={}))
    async with feeding() as told:
        await until(lambda: bool(told.remembered))
    assert told.remembered == [(NAME, A, "Ana", None)]


@pytest.mark.parametrize("address", [A, "A0:9E:1A:00:00:77"])
async def test_another_strap_of_the_known_name_is_told_and_not_remembered(
    fake_bluez: FakeBluez, address: str
) -> None:
    fake_bluez.add(Strap(A, period_s=0.01))
    async with feeding(known=(Known(NAME, address, "Ana", "87654321"),)) as told:
        link = await told.until(lambda link: ANOTHER_STRAP in link.why)
    assert link.state in ("live", "weak") and told.remembered == []


async def test_the_same_strap_at_a_new_address_is_remembered_there(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(A, period_s=0.01))
    async with feeding(known=(Known(NAME, "A0:9E:1A:00:00:77", "Ana", "12345678"),)) as told:
        await until(lambda: bool(told.remembered))
    assert told.remembered == [(NAME, A, "Ana", "12345678")]
    assert ANOTHER_STRAP not in "".join(link.why for link in told.links)


@pytest.mark.parametrize(
    ("address", "serial"), [(A, "12345678"), (A, None), ("A0:9E:1A:00:00:77", "12345678")]
)
async def test_a_strap_that_changes_its_wearer_is_told_with_both_names_and_the_way_back(
    fake_bluez: FakeBluez, address: str, serial: str | None
) -> None:
    fake_bluez.add(Strap(A, period_s=0.01))
    async with feeding("Ben", (Known(NAME, address, "Ana", serial),)) as told:
        link = await told.until(lambda link: "until now this strap was Ana's" in link.why)
    assert "counts as Ben's" in link.why and f"NAME=ble:{A}" in link.why
    assert told.remembered == [(NAME, A, "Ben", "12345678")]


async def test_a_strap_that_only_looks_like_anothers_is_taken_without_a_word_of_them(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(A, period_s=0.01))
    async with feeding("Ben", (Known(NAME, "A0:9E:1A:00:00:77", "Ana", None),)) as told:
        await until(lambda: bool(told.remembered))
        packets = told.packets
        await until(lambda: told.packets > packets + 5)
    assert not any("Ana" in link.why for link in told.links)


async def test_somebody_elses_strap_of_that_name_is_their_own(fake_bluez: FakeBluez) -> None:
    """Ben named it by its address: that Ana has another one of the name is nothing against it."""
    fake_bluez.add(Strap(A, period_s=0.01))
    async with feeding("Ben", known=(Known(NAME, "A0:9E:1A:00:00:77", "Ana", "87654321"),)) as told:
        await until(lambda: bool(told.remembered))
    assert told.remembered == [(NAME, A, "Ben", "12345678")]


async def test_intervals_that_are_the_heart_rate_turned_round_are_taken_for_heart_rate_only(
    fake_bluez: FakeBluez
) -> None:
    fake_bluez.add(Strap(A, name="Mio Global-FUSE"))
    async with feeding() as told:
        await until(lambda: fake_bluez.listeners(A) > 0)
        fake_bluez.notify(A, *(computed(*frame) for frame in MIO))
        await told.until(lambda link: link.state == "live")
        fake_bluez.notify(A, *(computed(*frame) for frame in reversed(MIO)))
        link = await told.until(lambda link: link.state == "hr_only")
        assert link.why == COMPUTED
        fake_bluez.notify(A, *(computed(*frame) for frame in MIO))
        await until(lambda: told.packets >= 3 * len(MIO))
        assert told.links[-1].state == "hr_only", "and it stays so"


async def test_a_sensor_without_intervals_is_told_plainly(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(A, name="Polar OH1 5"))
    async with feeding() as told:
        await until(lambda: fake_bluez.listeners(A) > 0)
        fake_bluez.notify(A, encode(HeartRate(72)))
        assert (await told.until(lambda link: link.state == "hr_only")).why == ONLY_RATE


def test_a_session_with_a_computing_sensor_gives_no_hrv(fake_bluez: FakeBluez, tmp_path: Path) -> None:
    """The whole way: the installed command, bleak's backend, and the emulated service."""
    fake_bluez.add(Strap(A, name="Mio Global-FUSE", period_s=None))
    with Running(fake_bluez, tmp_path, f"Ana=ble:{A}") as session:
        session.until_link("connecting")
        sent = 0
        while not fake_bluez.notify(A, computed(*MIO[0])):
            pass
        for sent in range(24):
            fake_bluez.notify(A, computed(*MIO[sent % len(MIO)]))
        told = session.until_link("hr_only")
        assert told["why"] == COMPUTED
        later = [session.until(lambda event: event["type"] == "metrics") for _ in range(3)][-1]
        assert (later["rmssd_ms"], later["coherence_ratio"], later["quality"]) == (None, None, "none")


async def test_a_strap_in_use_is_waited_for(fake_bluez: FakeBluez, at_home: Path) -> None:
    fake_bluez.add(Strap(A, period_s=0.01))
    other = StrapUse(at_home, A)
    assert other.take()
    async with feeding() as told:
        assert (await told.until(lambda link: link.state == "searching")).why == TAKEN
        other.release()
        async with asyncio.timeout(PATIENCE_S):
            await told.until(lambda link: link.state == "live")
        assert is_used(at_home, A)
    assert not is_used(at_home, A)


async def test_names_that_would_mislead_are_shown_safely(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(A, name="\x1b[31mH\u202e10\n", information={SERIAL: b"12\x1b[0m34"}, period_s=0.01))
    async with feeding() as told:
        await until(lambda: bool(told.remembered))
    assert told.remembered == [("[31mH10", A, "Ana", "12[0m34")]
    assert set(told.devices) <= {"[31mH10", "Strap 00:01"}


@pytest.mark.parametrize("wearer, person", [("Ana", "Ben"), ("A. {person}'s", "it counts as"), ("\u05d0\u05d1", "Ben")])
def test_who_wore_it_before_is_read_from_the_reason(wearer: str, person: str) -> None:
    why = f"worn; {_changed_wearer(wearer, person, A)}"
    assert changed_wearer(why) == (in_a_line(wearer), in_a_line(person))
    assert changed_wearer("worn") is None
