"""Many straps, many packets, many drops: nothing lost, nothing double, and soon back."""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import time
from typing import TYPE_CHECKING

from devices.heart_rate import MEASUREMENT
from devices.link import StrapInfo, Timing
from devices.radio import Radio
from tests.bluez.strap import Strap, packet
from tests.devices.listening import PATIENT, Heard, listening

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

SIXTEEN = [f"A0:9E:1A:00:02:{n:02X}" for n in range(16)]
HCI1 = "/org/bluez/hci1"
CALM = Timing(slice_s=0.5, hear_s=0.05, backoff_s=(0.01, 0.05))
"""The real patience with silence, connections and answers: sixteen straps share one computer with other tests."""
INFO = StrapInfo("Polar Electro Oy", "H10", "5.0.0", "12345678", "chest")


def numbers(heard: Heard) -> list[int]:
    return [int.from_bytes(payload[2:4], "little") for payload in heard.packets]


async def listen_to_all(stack: contextlib.AsyncExitStack, radio: Radio, timing: Timing = CALM) -> list[Heard]:
    return [await stack.enter_async_context(listening(address, radio, timing)) for address in SIXTEEN]


async def test_sixteen_straps_are_found_connected_read_and_subscribed(fake_bluez: FakeBluez) -> None:
    fake_bluez.plug(HCI1)
    for address in SIXTEEN:
        fake_bluez.add(Strap(address, period_s=0.1))
        fake_bluez.also_heard(address, HCI1)
    radio = Radio(timing=CALM)
    assert sorted(sighting.address for sighting in await radio.scan(0.3)) == SIXTEEN
    async with contextlib.AsyncExitStack() as stack:
        everybody = await listen_to_all(stack, radio)
        for heard in everybody:
            await heard.until(lambda h: h.last.info == INFO and h.last.battery_percent == 87 and len(h.packets) > 2)
        assert fake_bluez.linked() == set(SIXTEEN)
        assert [fake_bluez.listeners(address) for address in SIXTEEN] == [1] * 16
        assert len(fake_bluez.linked(HCI1)) == 8
        for _ in range(3):
            for address, heard in zip(SIXTEEN, everybody, strict=True):
                before = len(heard.changes), len(heard.packets)
                fake_bluez.drop(address)
                await heard.until_state("live", after=before[0])
                await heard.until_packets(before[1] + 2)
    assert fake_bluez.linked() == set()
    for address, heard in zip(SIXTEEN, everybody, strict=True):
        assert heard.states.count("lost") == 3
        assert numbers(heard) == list(range(fake_bluez.sent(address)))


async def test_forty_thousand_notifications_of_sixteen_straps_in_a_rush_arrive_once_each_in_order(
    fake_bluez: FakeBluez,
) -> None:
    fake_bluez.add(*(Strap(address) for address in SIXTEEN))
    radio = Radio(timing=PATIENT)
    sent = [bytes([0, 60]) + n.to_bytes(3, "little") for n in range(2_500)]
    async with contextlib.AsyncExitStack() as stack:
        everybody = await listen_to_all(stack, radio)
        for heard in everybody:
            await heard.until(lambda h: h.last.info is not None)
        begin = time.perf_counter()
        for address in SIXTEEN:
            assert await asyncio.to_thread(fake_bluez.notify, address, *sent) == len(sent)
        for heard in everybody:
            await heard.until_packets(len(sent))
        print(f"{16 * len(sent) / (time.perf_counter() - begin):.0f} notifications/s")
    for heard in everybody:
        assert heard.packets == sent
        arrivals = [t for uuid, _, t in heard.data if uuid == MEASUREMENT]
        assert arrivals == sorted(arrivals)
        assert "lost" not in heard.states


async def test_a_strap_of_a_thousand_notifications_a_second_goes_on_while_another_is_heard(
    fake_bluez: FakeBluez,
) -> None:
    ana, ben = SIXTEEN[:2]
    fake_bluez.add(Strap(ana, period_s=0.001), Strap(ben, period_s=0.05))
    radio = Radio(timing=CALM)
    async with listening(ana, radio) as fast, listening(ben, radio) as slow:
        await fast.until_packets(2_000)
        await slow.until_packets(10)
    assert numbers(fast) == list(range(fake_bluez.sent(ana)))
    assert numbers(slow) == list(range(fake_bluez.sent(ben)))


async def test_with_the_radios_own_timing_a_dropped_strap_is_back_in_two_seconds(fake_bluez: FakeBluez) -> None:
    """The emulated strap takes 0.3 s to connect, as real ones do, and is back on air at once."""
    address = SIXTEEN[0]
    fake_bluez.add(Strap(address, period_s=0.02, connect_s=0.3))
    took: list[float] = []
    async with listening(address, timing=Timing()) as heard:
        await heard.until_packets(1)
        for _ in range(15):
            packets = len(heard.packets)
            begin = time.monotonic()
            fake_bluez.drop(address)
            await heard.until(lambda h, n=packets: h.last.state == "live" and len(h.packets) > n)  # type: ignore[misc]
            took.append(time.monotonic() - begin)
    print(f"median {statistics.median(took):.2f} s, longest {max(took):.2f} s")
    assert statistics.median(took) <= 2.0


async def test_after_an_absence_the_strap_is_back_two_seconds_after_it_is_on_air(fake_bluez: FakeBluez) -> None:
    address = SIXTEEN[0]
    fake_bluez.add(Strap(address, period_s=0.02, connect_s=0.3))
    took: list[float] = []
    async with listening(address, timing=Timing(search_s=0.2)) as heard:
        await heard.until_packets(1)
        for _ in range(5):
            changes = len(heard.changes)
            fake_bluez.leave(address)
            await heard.until(lambda h, n=changes: any("not seen" in c.why for c in h.changes[n:]))  # type: ignore[misc]
            packets, begin = len(heard.packets), time.monotonic()
            fake_bluez.change(address, in_range=True)
            await heard.until_packets(packets + 1)
            took.append(time.monotonic() - begin)
    assert statistics.median(took) <= 2.0
    assert numbers(heard) == [n for n in range(len(heard.packets))] and packet(0) == heard.packets[0]
