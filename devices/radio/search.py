"""What is done with advertisements: a strap is looked for, or all straps are listed."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

from devices.advertisement import worn
from devices.connection_words import RadioProblem, Trouble
from devices.link import Sighting
from devices.radio.adapter import Adapter
from devices.radio.choice import Place, best
from devices.straps import display_name


class Found(NamedTuple):
    """A strap, and the adapter to connect from."""

    adapter: Adapter
    device: BLEDevice


class Watch(Protocol):
    """Sees every advertisement until ``done``, which also gets the RadioProblem that ends all scanning."""

    done: asyncio.Future[Found]

    def see(self, adapter: Adapter, device: BLEDevice, advertisement: AdvertisementData) -> None:
        """Take one advertisement."""


class Census:
    """Lists every strap; done as soon as what was seen is ``enough``, which nothing is by itself."""

    def __init__(self, enough: Callable[[Sequence[Sighting]], bool] = lambda _: False) -> None:
        self.done: asyncio.Future[Found] = asyncio.get_running_loop().create_future()
        self._enough = enough
        self._seen: dict[str, dict[str, Sighting]] = {}

    def see(self, adapter: Adapter, device: BLEDevice, advertisement: AdvertisementData) -> None:
        """Note the strap as this adapter hears it now."""
        by_adapter = self._seen.setdefault(device.address, {})
        name = display_name(advertisement.local_name or device.name, device.address)
        known = worn(advertisement.manufacturer_data)
        if known is None and adapter.name in by_adapter:
            known = by_adapter[adapter.name].worn
        by_adapter[adapter.name] = Sighting(name, device.address, advertisement.rssi, known)
        if self._enough(self.sightings()):
            self.done.set_result(Found(adapter, device))

    def sightings(self) -> list[Sighting]:
        """Return each strap as the adapter that hears it best does, strongest first."""
        seen = [max(by_adapter.values(), key=_strength) for by_adapter in self._seen.values()]
        return sorted(seen, key=lambda sighting: (-_strength(sighting), sighting.address))


def _strength(sighting: Sighting) -> int:
    return sighting.rssi_dbm or 0


class Memory:
    """What a strap's earlier attempts have taught: ``last`` worked; ``failures`` in a row by adapter since then."""

    def __init__(self) -> None:
        self.last: Adapter | None = None
        self.failures: Counter[Adapter] = Counter()

    def worked(self, adapter: Adapter) -> None:
        """A packet came over ``adapter``."""
        self.last = adapter
        self.failures.clear()


class Search:
    """Looks for the strap at ``address``, and picks the adapter.

    ``homes`` says which strap (by its address) is which adapter's; this one's home is written there as it is decided,
    because others may decide in the same moment. It is taken at once where it worked last, or when all ``listening``
    adapters have heard it; otherwise the others get ``hear_s`` from the first advertisement on. Done with RadioProblem
    TOO_MANY if only full adapters hear it.
    """

    def __init__(
        self,
        address: str,
        memory: Memory,
        homes: dict[str, Adapter],
        listening: Callable[[], set[Adapter]],
        hear_s: float,
    ) -> None:
        self.done: asyncio.Future[Found] = asyncio.get_running_loop().create_future()
        self._address = address
        self._memory = memory
        self._homes = homes
        self._listening = listening
        self._hear_s = hear_s
        self._heard: dict[Adapter, tuple[BLEDevice, int]] = {}

    def see(self, adapter: Adapter, device: BLEDevice, advertisement: AdvertisementData) -> None:
        """Take one advertisement; others' are none of its business."""
        if device.address.casefold() != self._address.casefold():
            return
        first = not self._heard
        self._heard[adapter] = (device, advertisement.rssi)
        usual = adapter is self._memory.last and not adapter.full and not self._memory.failures[adapter]
        if usual or self._listening() <= self._heard.keys():
            self._decide()
        elif first:
            asyncio.get_running_loop().call_later(self._hear_s, self._decide)

    def _decide(self) -> None:
        if self.done.done():
            return
        places = {self._place(adapter, rssi): adapter for adapter, (_, rssi) in self._heard.items()}
        place = best(places)
        if place is None:
            self.done.set_exception(RadioProblem(Trouble.TOO_MANY))
        else:
            self._homes[self._address] = adapter = places[place]
            self.done.set_result(Found(adapter, self._heard[adapter][0]))

    def _place(self, adapter: Adapter, rssi_dbm: int) -> Place:
        return Place(
            adapter.name,
            rssi_dbm,
            sum(home is adapter and address != self._address for address, home in self._homes.items()),
            adapter.full,
            adapter is self._memory.last,
            self._memory.failures[adapter],
        )
