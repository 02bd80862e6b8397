"""Keeps one strap: searches, connects, listens, and begins again, until it is cancelled."""

from __future__ import annotations

import asyncio
import contextlib
import logging

from bleak import BleakClient
from bleak.backends.device import BLEDevice

from devices import heart_rate
from devices.connection_words import WHOLE_COMPUTER, RadioProblem, Trouble
from devices.link import Listener, StrapInfo, Timing
from devices.link_teller import LinkTeller
from devices.radio.adapter import Adapter
from devices.radio.air import Air
from devices.radio.description import describe
from devices.radio.ear import Ear, Packet
from devices.radio.platforms import lets_go_by_itself
from devices.radio.problems import FAULTS, told_as_radio_problem
from devices.radio.pulse import GONE, trouble_with
from devices.radio.search import Found, Memory
from devices.straps import display_name

_log = logging.getLogger(__name__)

_TOLD_AT_ONCE = frozenset({Trouble.OFF, Trouble.BLOCKED, Trouble.NO_ADAPTER, Trouble.NO_SUCH_ADAPTER})
"""bleak knows these without asking the Bluetooth service, which asks for no patience then."""


class LinkKeeper:
    """The supervisor of the strap at ``address``."""

    def __init__(self, air: Air, address: str, timing: Timing, listener: Listener) -> None:
        self._air = air
        self._address = address
        self._timing = timing
        self._listener = listener
        self._teller = LinkTeller(address, listener.on_state)
        self._memory = Memory()
        self._ear: Ear | None = None
        self._woken = asyncio.Event()
        self._look_at_held = True
        self._crowded = self._unusable = False

    async def run(self) -> None:
        """Run until cancelled; RadioProblem if Bluetooth never worked."""
        try:
            while True:
                await self._attempt()
                await self._pause()
        except RadioProblem as problem:
            self._teller.gone(str(problem))
            raise
        except asyncio.CancelledError:
            self._teller.gone("the strap was let go")
            raise
        finally:
            self._air.forget(self._address)

    def wake(self) -> None:
        """The computer was asleep: renew what runs, at once."""
        self._woken.set()
        self._air.renew_scanners()
        if self._ear is not None:
            self._ear.end(Trouble.SLEPT)

    async def _pause(self) -> None:
        self._woken.clear()
        pause_s = self._timing.pause_s(self._teller.failures)
        if self._unusable:  # to look if that has changed costs nobody anything
            pause_s = min(pause_s, self._timing.unusable_s)
        with contextlib.suppress(TimeoutError):  # the ordinary end: no sleep cuts it short
            async with asyncio.timeout(pause_s):
                await self._woken.wait()

    async def _attempt(self) -> None:
        adapter = None
        self._unusable = False
        try:
            adapter, device = await self._find()
            self._teller.attempt(display_name(device.name, device.address), quietly=self._crowded)
            await self._hold(adapter, device)
        except RadioProblem as problem:
            if problem.trouble in WHOLE_COMPUTER and not self._air.worked:
                raise
            _log.debug("%s: %r", self._address, problem.__cause__)
            self._crowded = problem.trouble is Trouble.TOO_MANY
            self._unusable = problem.trouble in _TOLD_AT_ONCE
            if problem.trouble in WHOLE_COMPUTER:
                self._look_at_held = False  # after a crash of the service bleak's list of them is out of date
            if adapter is not None and self._crowded:
                return  # another adapter may have room; if none has, the next search tells
            if adapter is not None:
                self._memory.failures[adapter] += 1
            self._teller.failed(str(problem))

    async def _find(self) -> Found:
        """Return the strap as just seen, or as this computer holds it already (left so by a crash: no advertisement).

        A held one is not taken twice running, and not after the service was away: bleak's list may be out of date.
        """
        look, self._look_at_held = self._look_at_held, not self._look_at_held
        for adapter, device in await self._air.held() if look else ():
            if device.address.casefold() == self._address.casefold():
                self._air.take(self._address, adapter)
                return Found(adapter, device)
        while True:
            try:
                async with asyncio.timeout(self._timing.search_s):
                    return await self._air.find(self._address, self._memory)
            except TimeoutError:
                if self._air.problem is not None:
                    raise self._air.problem from None
                self._teller.not_seen(Trouble.NONE_SEEN if self._air.deaf else Trouble.NOT_SEEN)

    async def _hold(self, adapter: Adapter, device: BLEDevice) -> None:
        """Connect and listen until the link is lost; the client is let go in every case."""
        ear = Ear(self._listener.now)
        client = adapter.client(device, lambda: ear.end(Trouble.DROPPED), self._teller.failures)
        connected, trouble = False, None
        try:
            await adapter.connect(client)
            connected = True
            try:
                with told_as_radio_problem(Trouble.NO_ANSWER):
                    async with asyncio.timeout(self._timing.answer_s):
                        await client.start_notify(heart_rate.MEASUREMENT, ear.hear)
                trouble = await self._listen(client, ear, adapter)
            finally:
                adapter.left()
        finally:
            try:
                if connected or not lets_go_by_itself():
                    await self._let_go(client, trouble in GONE)
            finally:
                for item in ear.close():
                    self._pass_on(item)

    async def _listen(self, client: BleakClient, ear: Ear, adapter: Adapter) -> Trouble:
        """Listen until the link is lost, tell so at once, because letting go may take seconds, and return why it is."""
        self._ear = ear
        describing = asyncio.create_task(describe(client, ear, self._timing))
        try:
            trouble = await self._until_lost(client, ear, adapter)
        finally:
            self._ear = None
            self._air.live.discard(self._address)
            describing.cancel()
        for item in ear.drain():
            self._pass_on(item)
        self._teller.lost(trouble)
        self._look_at_held = trouble not in GONE
        return trouble

    async def _until_lost(self, client: BleakClient, ear: Ear, adapter: Adapter) -> Trouble:
        while True:
            item = await ear.next(self._timing.ask_s) or await self._in_silence(client, ear)
            if isinstance(item, Trouble):
                return item
            if isinstance(item, Packet):
                self._memory.worked(adapter)
                self._air.live.add(self._address)
                self._look_at_held, self._crowded = True, False
            self._pass_on(item)

    async def _in_silence(self, client: BleakClient, ear: Ear) -> Packet | StrapInfo | Trouble:
        """Return what comes after all; Trouble as soon as the link is known to be gone, or after too long a silence."""
        asking = asyncio.create_task(trouble_with(client, self._timing))
        asking.add_done_callback(lambda asked: _end_if_gone(asked, ear))
        try:
            item = await ear.next(self._timing.silence_s - self._timing.ask_s)
            if item is not None:
                return item
            if not asking.done() or asking.result() is not None:
                return Trouble.SILENT
        finally:
            asking.cancel()
        self._air.live.discard(self._address)
        self._teller.silent()
        return await ear.next(self._timing.renew_s - self._timing.silence_s) or Trouble.SILENT

    def _pass_on(self, item: Packet | StrapInfo) -> None:
        if isinstance(item, StrapInfo):
            self._teller.described(item)
            return
        self._listener.on_data(*item)
        self._teller.heard(*item)

    async def _let_go(self, client: BleakClient, gone: bool) -> None:
        """End the link, which may be ``gone``; in any case the client's own way to the service is closed."""
        unanswered = gone and client.is_connected  # as bleak thinks: nobody is left to tell it otherwise
        seconds = self._timing.gone_s if unanswered else self._timing.let_go_s
        try:
            async with asyncio.timeout(seconds):
                await client.disconnect()
        except FAULTS as error:  # the link is gone already, or the service is: either way nothing is left to hold
            _log.debug("%s: while letting go: %r", self._address, error)


def _end_if_gone(asked: asyncio.Task[Trouble | None], ear: Ear) -> None:
    """Tell ``ear`` that the link is over if the question found that out."""
    trouble = None if asked.cancelled() else asked.result()
    if trouble in GONE:
        ear.end(trouble)
