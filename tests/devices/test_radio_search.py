"""Which adapter a strap waits for that only one of two has heard: real adapters, whose connections last as long as the
test wants."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import cast

import pytest
from bleak import BleakClient
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

from devices.connection_words import RadioProblem, Trouble
from devices.link import Timing
from devices.radio.adapter import Adapter
from devices.radio.search import Memory, Search
from tests.devices.connects import Connects

HEAR_S, LONG_S = 0.2, 30.0
STRAPS = [f"A0:9E:1A:00:01:{n:02X}" for n in range(8)]


class Two:
    """Two adapters that could take straps, and whose each strap is."""

    def __init__(self) -> None:
        self.adapters = [Adapter(name, Timing(hear_s=HEAR_S)) for name in ("hci0", "hci1")]
        self.homes: dict[str, Adapter] = {}

    def search(self, address: str, search_s: float = LONG_S) -> Search:
        timing = Timing(hear_s=HEAR_S, search_s=search_s)
        return Search(address, Memory(), self.homes, lambda: set(self.adapters), timing)

    @contextlib.asynccontextmanager
    async def connecting(self, which: int, address: str = "another") -> AsyncIterator[None]:
        """Let an adapter be busy with a strap of its own."""
        adapter = self.adapters[which]
        self.homes[address] = adapter
        task = asyncio.create_task(adapter.connect(cast("BleakClient", Connects())))
        await asyncio.sleep(0)
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    @contextlib.asynccontextmanager
    async def both_connecting(self) -> AsyncIterator[None]:
        """Let both be busy, the first with two straps, the other with one."""
        async with self.connecting(0, "one"), self.connecting(0, "two"), self.connecting(1):
            yield

    async def fill(self, which: int) -> None:
        """Let an adapter find out that it can't hold any more."""
        client = Connects(_one_too_many)
        client.may.set()
        with contextlib.suppress(RadioProblem):
            await self.adapters[which].connect(cast("BleakClient", client))

    def hears(self, which: int, *searches: Search) -> None:
        for search, address in zip(searches, STRAPS, strict=False):
            advertisement = AdvertisementData("H10", {}, {}, [], None, -60, ())
            search.see(self.adapters[which], BLEDevice(address, "H10", {}), advertisement)

    def straps(self, which: int, *searches: Search) -> int:
        return sum(one.done.done() and one.done.result().adapter is self.adapters[which] for one in searches)


def _one_too_many() -> None:
    raise RadioProblem(Trouble.TOO_MANY)


async def seconds_until_decided(search: Search) -> float:
    loop = asyncio.get_running_loop()
    began = loop.time()
    await asyncio.wait({search.done}, timeout=10)
    assert search.done.done()
    return loop.time() - began


async def test_a_burst_does_not_all_go_to_one_adapter_while_the_other_connects() -> None:
    two = Two()
    searches = [two.search(address) for address in STRAPS]
    async with two.connecting(1):
        two.hears(0, *searches)
        await asyncio.sleep(1.5 * HEAR_S)
        assert two.straps(0, *searches) <= 5  # and one more a look
    two.hears(1, *searches)
    assert abs(two.straps(0, *searches) - (two.straps(1, *searches) + 1)) <= 1


async def test_who_only_the_one_hears_is_given_to_it_after_a_while_however_long_both_are_busy() -> None:
    two = Two()
    search = two.search(STRAPS[0])
    async with two.both_connecting():
        two.hears(0, search)
        took_s = await seconds_until_decided(search)
    assert two.straps(0, search) == 1
    assert took_s >= 5 * HEAR_S


async def test_a_strap_that_was_heard_is_decided_before_the_search_is_given_up() -> None:
    two = Two()
    search = two.search(STRAPS[0], search_s=2 * HEAR_S)
    async with two.both_connecting():
        two.hears(0, search)
        assert await seconds_until_decided(search) < 5 * HEAR_S


async def test_one_that_listens_and_does_not_hear_it_is_not_waited_for_any_longer() -> None:
    two = Two()
    search = two.search(STRAPS[0])
    async with two.connecting(0):
        two.hears(0, search)
        assert await seconds_until_decided(search) < 5 * HEAR_S


async def test_where_the_one_that_hears_it_is_free_the_busy_one_is_not_waited_for_any_longer() -> None:
    two = Two()
    two.homes.update({"one": two.adapters[0], "two": two.adapters[0]})
    search = two.search(STRAPS[0])
    async with two.connecting(1):
        two.hears(0, search)
        assert await seconds_until_decided(search) < 5 * HEAR_S


async def test_nobody_waits_for_a_busy_one_that_has_as_many_straps() -> None:
    two = Two()
    search = two.search(STRAPS[0])
    async with two.connecting(0, "one"), two.connecting(1, "other"):
        two.hears(0, search)
        assert search.done.done()


async def test_nobody_waits_for_a_busy_one_that_is_full() -> None:
    two = Two()
    await two.fill(1)
    search = two.search(STRAPS[0])
    async with two.both_connecting():
        two.hears(0, search)
        assert search.done.done()


async def test_it_is_not_too_many_while_one_that_has_room_may_yet_hear_it() -> None:
    two = Two()
    await two.fill(0)
    search = two.search(STRAPS[0])
    async with two.connecting(1):
        two.hears(0, search)
        await asyncio.sleep(2 * HEAR_S)
        assert not search.done.done()
    two.hears(1, search)
    assert two.straps(1, search) == 1


async def test_it_is_too_many_where_all_are_full() -> None:
    two = Two()
    await two.fill(0)
    await two.fill(1)
    search = two.search(STRAPS[0])
    two.hears(0, search)
    two.hears(1, search)
    with pytest.raises(RadioProblem) as told:
        await search.done
    assert told.value.trouble is Trouble.TOO_MANY
