"""Several Bluetooth adapters: straps are spread, moved when one is pulled or full, and stay where they worked."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from devices.connection_words import Trouble, words
from devices.link import Sighting
from devices.radio import Radio
from tests.bluez.strap import Strap
from tests.devices.listening import QUICK, Heard, listening, until

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

ANA, BEN, CLEO, DORA = (f"A0:9E:1A:00:00:0{n}" for n in range(1, 5))
HCI0, HCI1 = "/org/bluez/hci0", "/org/bluez/hci1"
TWO = replace(QUICK, hear_s=0.2)
SLOW = replace(TWO, silence_s=5.0, connect_s=5.0, answer_s=5.0, search_s=5.0)
"""For a dozen at once, on a machine with much to do."""


@pytest.fixture
def two_adapters(fake_bluez: FakeBluez) -> FakeBluez:
    fake_bluez.plug(HCI1)
    return fake_bluez


def wear(bluez: FakeBluez, *addresses: str, rssi: tuple[int, int] = (-60, -60)) -> None:
    """Put straps on that both adapters hear."""
    for address in addresses:
        bluez.add(Strap(address, rssi=rssi[0], period_s=0.01))
        bluez.also_heard(address, HCI1, rssi[1])


async def test_a_strap_is_taken_by_the_adapter_that_hears_it_better(two_adapters: FakeBluez) -> None:
    wear(two_adapters, ANA, rssi=(-60, -80))
    wear(two_adapters, BEN, rssi=(-80, -60))
    radio = Radio(timing=TWO)
    async with listening(ANA, radio) as ana, listening(BEN, radio) as ben:
        await ana.until_packets(3)
        await ben.until_packets(3)
        assert (two_adapters.linked(HCI0), two_adapters.linked(HCI1)) == ({ANA}, {BEN})


async def test_a_strap_that_only_the_second_adapter_hears_is_found(two_adapters: FakeBluez) -> None:
    two_adapters.add(Strap(ANA, period_s=0.01), adapter=HCI1)
    async with listening(ANA, timing=TWO) as heard:
        await heard.until_packets(3)
    assert two_adapters.linked() == set()


async def test_twelve_straps_are_spread_evenly_over_two_adapters(two_adapters: FakeBluez) -> None:
    addresses = [f"A0:9E:1A:00:01:{n:02X}" for n in range(12)]
    wear(two_adapters, *addresses)
    radio = Radio(timing=replace(SLOW, hear_s=2.0))
    async with contextlib.AsyncExitStack() as stack:
        everybody = [await stack.enter_async_context(listening(address, radio)) for address in addresses]
        for heard in everybody:
            await heard.until_packets(3)
        assert len(two_adapters.linked(HCI0)) == len(two_adapters.linked(HCI1)) == 6
        assert two_adapters.most_connecting() == 1, "on one adapter at a time"
    assert two_adapters.linked() == set()
    assert [heard.states for heard in everybody] == [["searching", "connecting", "live", "gone"]] * 12


async def test_while_one_adapter_is_slow_to_connect_the_other_does_not_take_all_the_rest(
    two_adapters: FakeBluez,
) -> None:
    addresses = [f"A0:9E:1A:00:01:{n:02X}" for n in range(8)]
    wear(two_adapters, *addresses)
    two_adapters.change(addresses[0], connect_s=0.1)  # one of the first two goes to either adapter
    two_adapters.change(addresses[1], connect_s=0.5)
    radio = Radio(timing=replace(SLOW, hear_s=2.0))
    async with contextlib.AsyncExitStack() as stack:
        everybody = [await stack.enter_async_context(listening(address, radio)) for address in addresses[:2]]
        for heard in everybody:
            await heard.until_state("connecting")
        everybody += [await stack.enter_async_context(listening(address, radio)) for address in addresses[2:]]
        for heard in everybody:
            await heard.until_packets(3)
        assert len(two_adapters.linked(HCI0)) == len(two_adapters.linked(HCI1)) == 4


async def test_an_emptier_adapter_that_hangs_is_not_waited_for_long(two_adapters: FakeBluez) -> None:
    two_adapters.add(Strap(ANA, hangs=True), adapter=HCI1)
    wear(two_adapters, BEN, CLEO, DORA)
    radio = Radio(timing=replace(SLOW, connect_s=60.0))
    async with listening(ANA, radio) as ana:
        await ana.until_state("connecting")
        await until(lambda: two_adapters.calls("Connect") == 1)
        async with listening(BEN, radio) as ben, listening(CLEO, radio) as cleo, listening(DORA, radio) as dora:
            for heard in (ben, cleo, dora):
                await heard.until_packets(3)
            assert two_adapters.linked(HCI0) == {BEN, CLEO, DORA}
            told = [change.why for heard in (ben, cleo, dora) for change in heard.changes]
            assert not any(words(Trouble.NOT_SEEN) in why for why in told)


async def test_a_strap_comes_back_to_the_adapter_that_worked(two_adapters: FakeBluez) -> None:
    wear(two_adapters, ANA, rssi=(-65, -60))
    async with listening(ANA, timing=TWO) as heard:
        await heard.until_packets(3)
        two_adapters.also_heard(ANA, HCI0, rssi=-55)
        for _ in range(3):
            assert two_adapters.linked(HCI1) == {ANA}
            changes, packets = len(heard.changes), len(heard.packets)
            two_adapters.drop(ANA)
            await heard.until_state("live", after=changes)
            await heard.until_packets(packets + 3)


async def test_when_an_adapter_is_full_the_next_one_is_tried_without_a_word(two_adapters: FakeBluez) -> None:
    wear(two_adapters, ANA, BEN, rssi=(-50, -90))
    two_adapters.limit_links(1)
    radio = Radio(timing=TWO)
    async with listening(ANA, radio) as ana:
        await ana.until_packets(3)
        async with listening(BEN, radio) as ben:
            await ben.until_packets(3)
            assert two_adapters.linked(HCI1) == {BEN}
    assert ben.states == ["searching", "connecting", "live", "gone"]
    assert not any(words(Trouble.TOO_MANY) in change.why for change in ben.changes)


async def test_when_all_are_full_it_is_told_once_and_tried_quietly_until_there_is_room(two_adapters: FakeBluez) -> None:
    wear(two_adapters, ANA, BEN, CLEO)
    two_adapters.limit_links(1, HCI0)
    two_adapters.limit_links(1, HCI1)
    radio = Radio(timing=TWO)
    async with listening(ANA, radio) as ana, listening(BEN, radio) as ben:
        await asyncio.gather(ana.until_packets(3), ben.until_packets(3))
        async with listening(CLEO, radio) as cleo:
            await cleo.until(lambda h: words(Trouble.TOO_MANY) in h.last.why)
            tried = two_adapters.calls("Connect")
            await until(lambda: two_adapters.calls("Connect") >= tried + 3)
            two_adapters.limit_links(2, HCI1)
            await cleo.until_packets(3)
    assert cleo.states == ["searching", "connecting", "searching", "live", "gone"]


async def test_when_a_strap_of_ours_leaves_a_full_adapter_the_next_one_is_tried_at_once(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005), Strap(BEN, period_s=0.005))
    fake_bluez.limit_links(1)
    radio = Radio(timing=replace(QUICK, full_s=3600.0))
    async with contextlib.AsyncExitStack() as first:
        await (await first.enter_async_context(listening(ANA, radio))).until_packets(3)
        async with listening(BEN, radio) as ben:
            await ben.until(lambda h: words(Trouble.TOO_MANY) in h.last.why)
            await first.aclose()
            await ben.until_packets(3)


async def test_an_adapter_is_pulled_and_its_straps_move_to_the_other(two_adapters: FakeBluez) -> None:
    wear(two_adapters, ANA, BEN)
    radio = Radio(timing=TWO)
    async with listening(ANA, radio) as ana, listening(BEN, radio) as ben:
        await asyncio.gather(ana.until_packets(3), ben.until_packets(3))
        stays, moves = (ana, ben) if two_adapters.linked(HCI0) == {ANA} else (ben, ana)
        changes, packets = len(moves.changes), len(moves.packets)
        two_adapters.unplug(HCI1)
        await moves.until_state("live", after=changes)
        await moves.until_packets(packets + 3)
        assert two_adapters.linked(HCI0) == {ANA, BEN}
        assert "lost" in moves.states and "lost" not in stays.states


async def test_an_adapter_that_is_switched_off_gives_its_straps_to_the_other(two_adapters: FakeBluez) -> None:
    wear(two_adapters, ANA, rssi=(-50, -80))
    async with listening(ANA, timing=TWO) as heard:
        await heard.until_packets(3)
        packets = len(heard.packets)
        two_adapters.power(False, HCI0)
        await heard.until_packets(packets + 3)
        assert two_adapters.linked(HCI1) == {ANA}


async def test_an_adapter_plugged_in_while_a_strap_is_looked_for_finds_it(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.01), adapter=HCI1)
    async with listening(ANA, timing=TWO) as heard:
        await heard.until(lambda h: words(Trouble.NOT_SEEN) in h.last.why)
        fake_bluez.plug(HCI1)
        await heard.until_packets(3)


async def test_both_adapters_gone_is_told_as_no_adapter_and_ends_when_one_is_back(two_adapters: FakeBluez) -> None:
    wear(two_adapters, ANA)
    async with listening(ANA, timing=TWO) as heard:
        await heard.until_packets(3)
        two_adapters.unplug(HCI0)
        two_adapters.unplug(HCI1)
        await heard.until(lambda h: h.last.state == "lost" and words(Trouble.NO_ADAPTER) in h.last.why)
        packets = len(heard.packets)
        two_adapters.plug(HCI1)
        await heard.until_packets(packets + 3)


async def test_where_connecting_keeps_failing_the_other_adapter_is_tried(two_adapters: FakeBluez) -> None:
    wear(two_adapters, ANA, rssi=(-55, -60))
    abort = ("org.bluez.Error.Failed", "Software caused connection abort")
    two_adapters.change(ANA, connect_errors=[abort])
    async with listening(ANA, timing=TWO) as heard:
        await heard.until_packets(3)
        assert two_adapters.linked(HCI1) == {ANA}


async def test_a_strap_left_connected_over_the_second_adapter_is_taken_over_there(two_adapters: FakeBluez) -> None:
    two_adapters.add(Strap(ANA, period_s=0.01), adapter=HCI1)
    two_adapters.hold(ANA)
    assert await Radio(timing=TWO).scan(0.1) == [Sighting("Polar H10 12345678", ANA, None)]
    assert await Radio(timing=TWO).held() == [Sighting("Polar H10 12345678", ANA, None)]
    async with listening(ANA, timing=TWO) as heard:
        await heard.until_packets(3)
    assert two_adapters.calls("Connect") == 0
    assert two_adapters.linked() == set()


async def test_a_scan_lists_a_strap_once_as_the_adapter_that_hears_it_best_does(two_adapters: FakeBluez) -> None:
    wear(two_adapters, ANA, rssi=(-80, -55))
    two_adapters.add(Strap(BEN, rssi=-70), adapter=HCI1)
    seen = await Radio(timing=TWO).scan(0.3)
    assert [(sighting.address, sighting.rssi_dbm) for sighting in seen] == [(ANA, -55), (BEN, -70)]


async def test_one_that_hangs_on_one_adapter_does_not_hold_up_the_other(two_adapters: FakeBluez) -> None:
    two_adapters.add(Strap(ANA, hangs=True))
    two_adapters.add(Strap(BEN, period_s=0.01), adapter=HCI1)
    radio = Radio(timing=replace(TWO, connect_s=60.0))
    async with listening(ANA, radio) as ana:
        await ana.until_state("connecting")
        await until(lambda: two_adapters.calls("Connect") == 1)
        heard: Heard
        async with listening(BEN, radio) as heard:
            await heard.until_packets(3)


async def test_a_second_adapter_can_be_chosen(fake_bluez: FakeBluez) -> None:
    fake_bluez.plug(HCI1)
    fake_bluez.add(Strap(ANA, period_s=0.005), adapter=HCI1)
    async with listening(ANA, Radio("hci1", timing=QUICK)) as heard:
        await heard.until_packets(3)
