"""All adapters of the computer: who looks for what, which straps are where."""

from __future__ import annotations

import asyncio

from bleak import BleakAdapter
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

from devices.connection_words import RadioProblem, Trouble
from devices.link import Timing
from devices.radio.adapter import Adapter
from devices.radio.platforms import adapter_names
from devices.radio.problems import told_as_radio_problem
from devices.radio.search import Found, Memory, Search, Watch

_UNKNOWN_RSSI = -127


class Air:
    """``chosen`` is the only adapter to use; None is every one there is. ``live``: the straps heard now, by address."""

    def __init__(self, chosen: str | None, timing: Timing) -> None:
        self.live: set[str] = set()
        self._timing = timing
        self._chosen = chosen
        self._adapters = [Adapter(name, timing) for name in adapter_names(chosen)]
        self._watches: list[Watch] = []
        self._scanners: dict[Adapter, asyncio.Task[None]] = {}
        self._homes: dict[str, Adapter] = {}
        self._deaf_s = 0.0
        self._since = 0.0

    @property
    def worked(self) -> bool:
        """Whether any adapter ever scanned."""
        return any(adapter.worked for adapter in self._adapters)

    @property
    def problem(self) -> RadioProblem | None:
        """Why nothing can be found; None if an adapter scans or has yet to try."""
        problems = [adapter.problem for adapter in self._adapters if adapter.problem]
        if len(problems) < len(self._adapters):
            return None
        told = [problem for problem in problems if problem.trouble is not Trouble.NO_SUCH_ADAPTER]
        missing = RadioProblem(Trouble.NO_ADAPTER) if self._chosen is None else problems[0]
        return told[0] if told else missing

    @property
    def deaf(self) -> bool:
        """Whether not one strap was heard in a long time of scanning, and none is heard now."""
        return not self.live and self._deaf_s + self._scanned_s() >= self._timing.empty_s

    def _scanned_s(self) -> float:
        """Return for how long somebody has been looking, or since the last advertisement."""
        return asyncio.get_running_loop().time() - self._since if self._watches else 0.0

    async def find(self, address: str, memory: Memory) -> Found:
        """Return the strap as just seen, with the adapter to take; from now on it counts as that adapter's.

        RadioProblem when no adapter can scan, or only full ones hear it.
        """
        search = Search(
            address,
            memory,
            homes=self._homes,
            usable=lambda: {adapter for adapter in self._adapters if adapter.problem is None},
            timing=self._timing,
        )
        return await self.watch(search)

    async def watch(self, watch: Watch) -> Found:
        """Return what ``watch`` finds; RadioProblem when no adapter can scan."""
        if not self._watches:
            self._since = asyncio.get_running_loop().time()
        self._watches.append(watch)
        self._start_scanners()
        try:
            return await watch.done
        finally:
            scanned_s = self._scanned_s()
            self._watches.remove(watch)
            if not self._watches:
                self._deaf_s += scanned_s
                await self._stop_scanners()

    async def held(self) -> list[Found]:
        """Return the straps that this computer is connected to, by whatever program; RadioProblem if unknown."""
        with told_as_radio_problem():
            async with asyncio.timeout(self._timing.start_s):
                if self._chosen is None:
                    await BleakAdapter.get()  # tells if there is none, or none that is switched on
                return [Found(adapter, device) for adapter in self._adapters for device in await adapter.held()]

    def take(self, address: str, adapter: Adapter) -> None:
        """Count the strap at ``address`` as this adapter's."""
        self._homes[address] = adapter

    def forget(self, address: str) -> None:
        """Nobody listens to the strap at ``address`` any more."""
        self._homes.pop(address, None)

    def renew_scanners(self) -> None:
        """Let every scan that runs begin anew."""
        for adapter in self._adapters:
            adapter.enough()

    def _start_scanners(self) -> None:
        for adapter in self._adapters:
            task = self._scanners.get(adapter)
            if task is None or task.done():
                self._scanners[adapter] = asyncio.create_task(self._scan(adapter))

    async def _stop_scanners(self) -> None:
        self.renew_scanners()
        for adapter in self._adapters:
            await adapter.quiet()

    async def _scan(self, adapter: Adapter) -> None:
        while self._watches:
            try:
                await adapter.scan(self._see, lambda: self._watches)
            except RadioProblem:
                self._tell_if_none_scans()
                return
            self._start_scanners()  # an adapter that was missing may be there by now

    def _tell_if_none_scans(self) -> None:
        if self.problem is not None:
            for watch in self._watches:
                if not watch.done.done():
                    watch.done.set_exception(self.problem)

    def _see(self, adapter: Adapter, device: BLEDevice, advertisement: AdvertisementData) -> None:
        if advertisement.rssi == _UNKNOWN_RSSI:
            return  # BlueZ tells any change of a device this way; without a signal strength it was not heard now
        self._deaf_s, self._since = 0.0, asyncio.get_running_loop().time()
        for watch in self._watches:
            if not watch.done.done():
                watch.see(adapter, device, advertisement)
