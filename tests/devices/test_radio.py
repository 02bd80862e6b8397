"""bleak's real BlueZ backend against the emulated service: the ordinary course of things."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING

import pytest

from devices.battery import LEVEL
from devices.heart_rate import MEASUREMENT
from devices.link import Sighting, StrapInfo, Timing
from devices.radio import Radio
from tests.bluez.strap import Strap, packet
from tests.devices.listening import PATIENT, QUICK, Heard, listening, until

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

ANA, BEN, CLEO = "A0:9E:1A:00:00:01", "A0:9E:1A:00:00:02", "A0:9E:1A:00:00:03"


async def test_scan_finds_straps_strongest_first_and_cleans_their_names(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(
        Strap(ANA, name="Polar H10 1", rssi=-80),
        Strap(BEN, name="\u202eevil\x1b[31m\nname\u2066", rssi=-50),
        Strap(CLEO, name=None, rssi=-60),
    )
    assert await Radio(timing=QUICK).scan(0.3) == [
        Sighting("evil[31mname", BEN, -50),
        Sighting("Strap 00:03", CLEO, -60),
        Sighting("Polar H10 1", ANA, -80),
    ]
    assert not fake_bluez.discovering()


async def test_scan_of_an_empty_room_finds_nothing(fake_bluez: FakeBluez) -> None:
    assert await Radio(timing=QUICK).scan(0.1) == []


async def test_scan_lists_a_strap_that_this_computer_holds_without_a_signal_strength(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA))
    fake_bluez.hold(ANA)
    assert await Radio(timing=QUICK).scan(0.1) == [Sighting("Polar H10 12345678", ANA, None)]


async def test_a_strap_is_connected_described_and_heard(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA))
    async with listening(ANA.lower(), timing=PATIENT) as heard:
        await heard.until(lambda h: h.last.info is not None)
        assert fake_bluez.notify(ANA, packet(0), packet(1)) == 2
        await heard.until_packets(2)
        await heard.until(lambda h: h.last.battery_percent == 87)
    assert heard.states == ["searching", "connecting", "live", "gone"]
    assert heard.packets == [packet(0), packet(1)]
    assert heard.data[0] == (LEVEL, bytes([87]), 0.0)
    assert [t for _, _, t in heard.data] == sorted(t for _, _, t in heard.data)
    live = next(change for change in heard.changes if change.state == "live")
    assert live.device == "Polar H10 12345678"
    assert live.info == StrapInfo("Polar Electro Oy", "H10", "5.0.0", "12345678", "chest")
    assert heard.last.battery_percent is None


async def test_when_cancelled_nothing_stays_connected_subscribed_or_scanning(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.01))
    async with listening(ANA) as heard:
        await heard.until_packets(3)
        assert fake_bluez.linked() == {ANA}
    assert fake_bluez.linked() == set()
    assert not fake_bluez.discovering()
    await until(lambda: fake_bluez.listeners(ANA) == 0)  # the service hears of a program's end a moment later


async def test_cancelled_while_searching_it_stops_scanning(fake_bluez: FakeBluez) -> None:
    async with listening(ANA) as heard:
        await heard.until(lambda h: "not seen" in h.last.why)
    assert heard.states == ["searching", "gone"]
    assert (await Radio(timing=QUICK).scan(0.1)) == []


async def test_cancelled_while_connecting_the_attempt_is_called_off(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, hangs=True))
    async with listening(ANA, timing=PATIENT) as heard:
        await heard.until_state("connecting")
        await until(lambda: fake_bluez.calls("Connect") == 1)
    assert fake_bluez.linked() == set()
    assert fake_bluez.calls("Disconnect") == 1


async def test_the_battery_is_followed_by_notification(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.01))
    async with listening(ANA) as heard:
        await until(lambda: fake_bluez.listeners(ANA, "2a19") == 1)
        fake_bluez.notify(ANA, bytes([41]), characteristic="2a19")
        await heard.until(lambda h: h.last.battery_percent == 41)
        fake_bluez.notify(ANA, bytes([250]), characteristic="2a19")
        await heard.until(lambda h: h.last.battery_percent is None)
    assert [payload for uuid, payload, _ in heard.data if uuid == LEVEL] == [bytes([87]), bytes([41]), bytes([250])]


async def test_a_battery_that_can_only_be_read_is_read_again(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.01, battery_notifies=False))
    async with listening(ANA, timing=Timing(battery_s=0.02)) as heard:
        await heard.until(lambda h: sum(uuid == LEVEL for uuid, _, _ in h.data) >= 3)


async def test_a_strap_that_offers_nothing_but_heart_rate_is_enough(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, battery=None, information={}, location=None, period_s=0.01))
    async with listening(ANA) as heard:
        await heard.until(lambda h: h.last.info is not None and h.last.state == "live")
    assert {change.info for change in heard.changes} == {None, StrapInfo()}
    assert all(change.battery_percent is None for change in heard.changes)


async def test_a_strap_left_connected_by_a_crash_is_taken_over(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.01))
    fake_bluez.hold(ANA)
    async with listening(ANA) as heard:
        await heard.until_packets(3)
    assert fake_bluez.calls("Connect") == 0
    assert fake_bluez.linked() == set()


async def test_twelve_straps_at_once_connect_one_after_another(fake_bluez: FakeBluez) -> None:
    addresses = [f"A0:9E:1A:00:01:{n:02X}" for n in range(12)]
    fake_bluez.add(*(Strap(address, period_s=0.05, connect_s=0.005) for address in addresses))
    radio = Radio(timing=Timing(slice_s=0.5))
    async with contextlib.AsyncExitStack() as stack:
        all_heard = [await stack.enter_async_context(listening(address, radio)) for address in addresses]
        for heard in all_heard:
            await heard.until_packets(5)
        assert fake_bluez.linked() == set(addresses)
        assert fake_bluez.most_connecting() == 1
    assert fake_bluez.linked() == set()
    for heard in all_heard:
        assert heard.packets == [packet(n) for n in range(len(heard.packets))]
        assert heard.states == ["searching", "connecting", "live", "gone"]


async def test_straps_join_and_leave_while_another_goes_on(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.01), Strap(BEN, period_s=0.01))
    radio = Radio(timing=QUICK)
    async with listening(ANA, radio) as ana:
        await ana.until_packets(3)
        async with listening(BEN, radio) as ben:
            await ben.until_packets(3)
        assert fake_bluez.linked() == {ANA}
        await ana.until_packets(len(ana.packets) + 5)
    assert "lost" not in ana.states


async def test_a_scan_works_while_a_strap_is_heard(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.01), Strap(BEN))
    radio = Radio(timing=QUICK)
    async with listening(ANA, radio) as ana:
        await ana.until_packets(3)
        assert {sighting.address: sighting.rssi_dbm for sighting in await radio.scan(0.2)} == {ANA: None, BEN: -60}
    assert "lost" not in ana.states


async def test_ten_thousand_notifications_in_a_rush_arrive_once_each_in_order(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA))
    sent = [bytes([0, 60]) + n.to_bytes(3, "little") for n in range(10_000)]
    async with listening(ANA, timing=PATIENT) as heard:
        await heard.until(lambda h: h.last.info is not None)
        begin = time.perf_counter()
        assert await asyncio.to_thread(fake_bluez.notify, ANA, *sent) == len(sent)
        await heard.until_packets(len(sent))
        print(f"{len(sent) / (time.perf_counter() - begin):.0f} notifications/s")
    assert heard.packets == sent
    assert len({t for _, _, t in heard.data}) == len(heard.data)


@pytest.mark.parametrize("payload", [b"", b"\x10", b"\x01\x2c", b"\x11" + bytes(511)])
async def test_garbage_is_passed_on_as_it_is_and_told(fake_bluez: FakeBluez, payload: bytes) -> None:
    fake_bluez.add(Strap(ANA))
    async with listening(ANA, timing=PATIENT) as heard:
        await heard.until(lambda h: h.last.info is not None)
        fake_bluez.notify(ANA, *[payload] * 3)
        await heard.until_packets(3)
        await heard.until_state("weak")
    assert heard.packets == [payload] * 3
    assert {uuid for uuid, _, _ in heard.data} == {MEASUREMENT, LEVEL}


async def test_arrival_is_stamped_in_the_callback_not_when_the_listener_gets_round_to_it(fake_bluez: FakeBluez) -> None:
    """The clock shows how many packets the listener has had. While it is busy with the first, ten more come in."""
    fake_bluez.add(Strap(ANA, battery=None))
    heard = Heard()

    def busy(uuid: str, payload: bytes, t: float) -> None:
        heard.take_data(uuid, payload, t)
        if len(heard.packets) == 1:
            fake_bluez.notify(ANA, *(packet(n) for n in range(1, 11)))

    task = asyncio.create_task(
        Radio(timing=PATIENT).listen(ANA, now=lambda: len(heard.packets), on_data=busy, on_state=heard.take_state)
    )
    await heard.until(lambda h: h.last.info is not None)
    fake_bluez.notify(ANA, packet(0))
    await heard.until_packets(11)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert heard.packets == [packet(n) for n in range(11)]
    assert heard.data[-1][2] < 10
