"""One Bluetooth adapter: it scans or connects, in turns, never both."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine

from bleak import BleakAdapter, BleakClient, BleakScanner
from bleak.args.bluez import BlueZAdapterArgs, BlueZClientArgs, BlueZScannerArgs
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData

from devices import battery, heart_rate, information
from devices.connection_words import RadioProblem, Trouble
from devices.link import Timing
from devices.radio.platforms import winrt_arguments
from devices.radio.problems import FAULTS, told_as_radio_problem

See = Callable[["Adapter", BLEDevice, AdvertisementData], None]
"""Takes an advertisement and the adapter that heard it."""


class Adapter:
    """The adapter called ``name`` (None: the system's own choice).

    ``problem`` is why its last scan did not come about, ``worked`` whether one ever did.
    """

    def __init__(self, name: str | None, timing: Timing) -> None:
        self.name = name or ""
        self.problem: RadioProblem | None = None
        self.worked = False
        self._timing = timing
        self._of_adapter: BlueZAdapterArgs = {"adapter": name} if name else {}
        self._of_scanner: BlueZScannerArgs = {"adapter": name} if name else {}
        self._of_client: BlueZClientArgs = {"adapter": name} if name else {}
        self._turn = asyncio.Lock()
        self._connecting = 0
        self._enough = asyncio.Event()
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._full_until = self._expected_until = 0.0
        self._unanswered: set[asyncio.Task[None]] = set()

    # --- scanning ---

    async def scan(self, see: See, wanted: Callable[[], object]) -> None:
        """Scan for a slice of time, if still ``wanted`` when it is this adapter's turn; RadioProblem if it can't.

        Every slice has a new scanner: one of a service that was restarted finds nothing, and does not say so.
        """
        if self._connecting:
            # Who waits for the turn may have been called off in this moment and not know it yet: the turn is free then,
            # and a scanner that asked for it again and again would never let them find out.
            await asyncio.sleep(0)
        async with self._turn:
            if self._connecting or not wanted():
                return
            self._enough.clear()
            self._quiet.clear()
            try:
                with told_as_radio_problem():
                    await self._slice(BleakScanner(self._hears(see), [heart_rate.SERVICE], bluez=self._of_scanner))
            except RadioProblem as problem:
                self.problem = problem
                raise
            finally:
                self._quiet.set()

    @property
    def busy(self) -> bool:
        """Whether it is connecting straps, or about to, and so hears none."""
        return self._connecting > 0 or asyncio.get_running_loop().time() < self._expected_until

    def expect(self) -> None:
        """A strap was just decided to be its own: it is busy from now on, not only once the strap's keeper goes on."""
        self._expected_until = asyncio.get_running_loop().time() + self._timing.hear_s

    def enough(self) -> None:
        """End the slice that runs; a new scanner may begin at once."""
        self._enough.set()

    async def quiet(self) -> None:
        """Return when the slice that was running has ended."""
        await self._quiet.wait()

    async def _slice(self, scanner: BleakScanner) -> None:
        starting = self._asked(scanner.start())
        try:
            async with asyncio.timeout(self._timing.start_s):
                await asyncio.shield(starting)
            self.worked, self.problem = True, None
            with contextlib.suppress(TimeoutError):  # nothing was seen in this slice
                async with asyncio.timeout(self._timing.slice_s):
                    await self._enough.wait()
        finally:
            stopping = self._asked(_stop_once_started(starting, scanner))
            if starting.done():
                async with asyncio.timeout(self._timing.start_s):
                    await asyncio.shield(stopping)

    def _asked(self, asking: Coroutine[None, None, None]) -> asyncio.Task[None]:
        """Ask the service, and let it take its time: called off, it would scan on for ever once it answers again."""
        task = asyncio.ensure_future(asking)
        self._unanswered.add(task)
        task.add_done_callback(self._answered)
        return task

    def _answered(self, task: asyncio.Task[None]) -> None:
        self._unanswered.discard(task)
        if not task.cancelled():
            task.exception()  # taken note of: whoever still waits for it is told

    def _hears(self, see: See) -> Callable[[BLEDevice, AdvertisementData], None]:
        return lambda device, advertisement: see(self, device, advertisement)

    # --- connecting ---

    @property
    def full(self) -> bool:
        """Whether it lately refused to hold one more strap, and none of ours has left it since."""
        return asyncio.get_running_loop().time() < self._full_until

    def left(self) -> None:
        """A strap has left it: there is room for one."""
        self._full_until = 0.0

    async def held(self) -> list[BLEDevice]:
        """Return the straps that this computer is connected to over this adapter, by whatever program."""
        adapter = await BleakAdapter.get(bluez=self._of_adapter)
        return await adapter.get_connected_devices([heart_rate.SERVICE])

    def client(self, device: BLEDevice, on_drop: Callable[[], None], failures: int) -> BleakClient:
        """Return a new client for one attempt, ``failures`` in a row before it."""
        return BleakClient(
            device,
            disconnected_callback=lambda _: on_drop(),
            services=[heart_rate.SERVICE, battery.SERVICE, information.SERVICE],
            timeout=self._timing.connect_s,
            bluez=self._of_client,
            winrt=winrt_arguments(failures),
        )

    async def connect(self, client: BleakClient) -> None:
        """Connect ``client`` when it is its turn; the scanner gives way. RadioProblem if it comes to nothing."""
        self._connecting += 1
        self._expected_until = 0.0
        self._enough.set()
        try:
            with told_as_radio_problem(Trouble.NO_ANSWER):
                async with self._turn, asyncio.timeout(self._timing.connect_s + self._timing.let_go_s):
                    await client.connect()
        except RadioProblem as problem:
            if problem.trouble is Trouble.TOO_MANY:
                self._full_until = asyncio.get_running_loop().time() + self._timing.full_s
            raise
        finally:
            self._connecting -= 1


async def _stop_once_started(starting: asyncio.Task[None], scanner: BleakScanner) -> None:
    """Stop ``scanner`` as soon as it has started, if it ever does."""
    with contextlib.suppress(*FAULTS):  # whoever waits for it is told why it did not start
        await starting
    if not starting.cancelled() and starting.exception() is None:
        await scanner.stop()
