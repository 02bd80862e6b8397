"""The radio as the rest of the program sees it: scan, listen, and what this computer holds already."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence

from devices.link import LinkChange, Listener, Sighting, Timing
from devices.radio.air import Air
from devices.radio.link_keeper import LinkKeeper
from devices.radio.search import Census
from devices.radio.waking import Waking
from devices.straps import display_name
from devices.uptime import clock_that_counts_sleep


class Radio:
    """Every Bluetooth adapter of this computer, or only ``adapter`` (as in 'hci1'; Linux only).

    Use one for all straps of the process and in one event loop (``shared_radio``): it has one scanner an adapter, lets
    each adapter make one connection at a time, and spreads the straps over the adapters. ``clock`` (seconds, counting
    on while the computer sleeps) is only read to notice that it slept.
    """

    def __init__(
        self,
        adapter: str | None = None,
        timing: Timing | None = None,
        clock: Callable[[], float] = clock_that_counts_sleep,
    ) -> None:
        self._timing = timing or Timing()
        self._air = Air(adapter, self._timing)
        self._waking = Waking(clock, self._timing.slept_s)

    @property
    def listens(self) -> bool:
        """Whether it keeps any strap now, connected or looked for."""
        return self._waking.awaited

    async def scan(
        self, seconds: float, enough: Callable[[Sequence[Sighting]], bool] = lambda _: False
    ) -> list[Sighting]:
        """Return the heart-rate straps seen within ``seconds``, or until they are ``enough``: strongest first, those
        held by this computer last. Raises RadioProblem when Bluetooth can't be used."""
        census = Census(enough)
        with contextlib.suppress(TimeoutError):  # the ordinary end: nobody in particular is waited for
            async with asyncio.timeout(seconds):
                await self._air.watch(census)
        seen = {sighting.address for sighting in census.sightings()}
        held = [sighting for sighting in await self.held() if sighting.address not in seen]
        return [*census.sightings(), *held]

    async def held(self) -> list[Sighting]:
        """Return the straps that this computer is connected to, by whatever program; RadioProblem if unknown."""
        devices = {device.address: device for _, device in await self._air.held()}
        return [Sighting(display_name(d.name, address), address, None) for address, d in sorted(devices.items())]

    async def listen(
        self,
        address: str,
        *,
        now: Callable[[], float],
        on_data: Callable[[str, bytes, float], None],
        on_state: Callable[[LinkChange], None],
    ) -> None:
        """Keep the strap at ``address`` connected until cancelled; then it is let go.

        Raises RadioProblem if Bluetooth can't be used from the start; later that is told as lost, and tried again
        for ever. The three functions are those of Listener; what they raise comes out here, the strap let go.
        """
        keeper = LinkKeeper(self._air, address, self._timing, Listener(now, on_data, on_state))
        with self._waking.told(keeper.wake):
            await keeper.run()
