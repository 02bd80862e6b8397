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
from devices.link import Sighting, Timing
from devices.radio.adapter import Adapter
from devices.radio.choice import Place, best
from devices.straps import display_name

_LONGEST = 6
"""So many times ``hear_s`` an emptier adapter that is busy is waited for at most: a connection takes one to three
seconds, and one that hangs must not keep the others' straps."""


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
    because others may decide in the same moment. It is taken at once where it worked last, or when all ``usable``
    adapters have heard it; otherwise the others get ``hear_s`` from the first advertisement on. An adapter that is busy
    connecting hears nothing: it gets that time only if it has fewer straps, and more of it while the one that would
    take the strap is busy too. Done before ``search_s`` are over if it was heard at all; with RadioProblem TOO_MANY if
    only full adapters hear it.
    """

    def __init__(
        self,
        address: str,
        memory: Memory,
        homes: dict[str, Adapter],
        usable: Callable[[], set[Adapter]],
        timing: Timing,
    ) -> None:
        self.done: asyncio.Future[Found] = asyncio.get_running_loop().create_future()
        self._address = address
        self._memory = memory
        self._homes = homes
        self._usable = usable
        self._hear_s = timing.hear_s
        self._waits_until = asyncio.get_running_loop().time() + timing.search_s - timing.hear_s
        self._were_busy: set[Adapter] = set()
        self._heard: dict[Adapter, tuple[BLEDevice, int]] = {}

    def see(self, adapter: Adapter, device: BLEDevice, advertisement: AdvertisementData) -> None:
        """Take one advertisement; others' are none of its business."""
        if device.address.casefold() != self._address.casefold():
            return
        first = not self._heard
        self._heard[adapter] = (device, advertisement.rssi)
        usual = adapter is self._memory.last and not adapter.full and not self._memory.failures[adapter]
        if usual or not self._awaited():
            self._decide()
        elif first:
            self._waits_until = min(self._waits_until, asyncio.get_running_loop().time() + _LONGEST * self._hear_s)
            self._look_later()

    def _awaited(self) -> bool:
        """Return whether an adapter that has not heard it yet is worth waiting for."""
        return bool(self._emptier()) or any(not adapter.busy for adapter in self._unheard())

    def _emptier(self) -> set[Adapter]:
        """Return who has not heard it, and should rather have it than the best of those who have."""
        choice = self._choice()
        return {
            adapter
            for adapter in self._unheard()
            if not adapter.full and (choice is None or self._straps(adapter) < self._straps(choice))
        }

    def _unheard(self) -> set[Adapter]:
        return self._usable() - self._heard.keys()

    def _busy(self) -> set[Adapter]:
        return {adapter for adapter in self._usable() if adapter.busy}

    def _look_later(self) -> None:
        self._were_busy = self._busy()
        asyncio.get_running_loop().call_later(self._hear_s, self._look_again)

    def _look_again(self) -> None:
        """Decide, unless who would take it could not connect it now anyway, and an emptier one that could not hear it
        may yet do: else all that were seen while that one connects would queue at the other."""
        if self.done.done():
            return
        choice = self._choice()
        in_time = asyncio.get_running_loop().time() < self._waits_until
        waits = choice is None or choice.busy
        if in_time and waits and self._emptier() & (self._were_busy | self._busy()):
            self._look_later()
        else:
            self._decide()

    def _decide(self) -> None:
        if self.done.done():
            return
        choice = self._choice()
        if choice is None:
            self.done.set_exception(RadioProblem(Trouble.TOO_MANY))
        else:
            self._homes[self._address] = choice
            choice.expect()
            self.done.set_result(Found(choice, self._heard[choice][0]))

    def _choice(self) -> Adapter | None:
        """Return the best of the adapters that have heard it; None if all of them are full."""
        places = {self._place(adapter, rssi): adapter for adapter, (_, rssi) in self._heard.items()}
        place = best(places)
        return None if place is None else places[place]

    def _place(self, adapter: Adapter, rssi_dbm: int) -> Place:
        return Place(
            adapter.name,
            rssi_dbm,
            self._straps(adapter),
            adapter.full,
            adapter is self._memory.last,
            self._memory.failures[adapter],
        )

    def _straps(self, adapter: Adapter) -> int:
        return sum(home is adapter and address != self._address for address, home in self._homes.items())
