"""The only importer of bleak: finds straps, connects to one at a time, keeps each link alive, stamps on arrival.

What bleak 3.1 needs to be used safely, learned from its issues: a new BleakClient for every attempt, made from a
fresh advertisement (a failed one can stay "connected" for ever); the old one always disconnected (else every value
comes twice, #2002); one scanner and one connection attempt at a time (#1036); a watchdog over the data, because a
Bluetooth service that died is not noticed at all. No clock is read here: ``now`` is handed in.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bleak import BleakAdapter, BleakClient, BleakScanner
from bleak.args.bluez import BlueZAdapterArgs, BlueZClientArgs, BlueZScannerArgs
from bleak.backends.characteristic import BleakGATTCharacteristic
from bleak.backends.device import BLEDevice
from bleak.backends.scanner import AdvertisementData
from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakCharacteristicNotFoundError,
    BleakDBusError,
    BleakDeviceNotFoundError,
    BleakError,
    BleakGATTProtocolError,
)

from devices import battery, heart_rate, information
from devices.connection_words import WHOLE_COMPUTER, RadioProblem, Trouble, from_error, from_reason
from devices.link import LinkChange, Listener, Sighting, StrapInfo, Timing
from devices.link_teller import LinkTeller
from devices.straps import display_name

_UNKNOWN_RSSI = -127
_FAULTS = (BleakError, OSError, EOFError, ValueError)
"""What bleak and the D-Bus library below it raise; TimeoutError is an OSError, dbus-fast's own are ValueErrors."""
# bleak logs warnings about what is told to the person in words here; without a handler Python would print them.
logging.getLogger("bleak").addHandler(logging.NullHandler())
_log = logging.getLogger(__name__)

_Sees = Callable[[BLEDevice, AdvertisementData], bool]


class Radio:
    """One Bluetooth adapter (``adapter`` as in 'hci1', Linux only; None is the system's own choice).

    Use one for all straps of the process: it has the one scanner and lets one connection be made at a time.
    """

    def __init__(self, adapter: str | None = None, timing: Timing | None = None) -> None:
        self._timing = timing or Timing()
        self._air = _Air(adapter, self._timing)

    async def scan(self, seconds: float) -> list[Sighting]:
        """Return the heart-rate straps seen within ``seconds``, strongest first, those held by this computer last.

        Raises RadioProblem when Bluetooth can't be used.
        """
        seen: dict[str, Sighting] = {}

        def see(device: BLEDevice, advertisement: AdvertisementData) -> bool:
            name = display_name(advertisement.local_name or device.name, device.address)
            seen[device.address] = Sighting(name, device.address, advertisement.rssi)
            return False

        with contextlib.suppress(TimeoutError):  # the ordinary end: nobody in particular is waited for
            async with asyncio.timeout(seconds):
                await self._air.watch(see)
        for device in await self._air.held():
            name = display_name(device.name, device.address)
            seen.setdefault(device.address, Sighting(name, device.address, None))
        return sorted(seen.values(), key=lambda s: (s.rssi_dbm is None, -(s.rssi_dbm or 0), s.address))

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
        await _Link(self._air, address, self._timing, Listener(now, on_data, on_state)).run()


class _Air:
    """One adapter: one scanner for everybody who searches, and turns in which it scans or connects, never both."""

    def __init__(self, adapter: str | None, timing: Timing) -> None:
        self.worked = False
        self._of_adapter: BlueZAdapterArgs = {"adapter": adapter} if adapter else {}
        self._of_scanner: BlueZScannerArgs = {"adapter": adapter} if adapter else {}
        self._of_client: BlueZClientArgs = {"adapter": adapter} if adapter else {}
        self._timing = timing
        self._turn = asyncio.Lock()
        self._watches: dict[asyncio.Future[BLEDevice], _Sees] = {}
        self._enough = asyncio.Event()
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._scanning: asyncio.Task[None] | None = None

    async def watch(self, sees: _Sees) -> BLEDevice:
        """Return the first strap that ``sees`` accepts; RadioProblem when the scanner can't run."""
        found: asyncio.Future[BLEDevice] = asyncio.get_running_loop().create_future()
        self._watches[found] = sees
        if self._scanning is None or self._scanning.done():
            self._scanning = asyncio.create_task(self._scan())
            self._scanning.add_done_callback(self._scanned)
        try:
            return await found
        finally:
            del self._watches[found]
            if not self._watches:
                self._enough.set()
                await self._quiet.wait()

    async def held(self) -> list[BLEDevice]:
        """Return the straps that this computer is connected to, by whatever program; RadioProblem if unknown."""
        with _told_as_radio_problem():
            async with asyncio.timeout(self._timing.start_s):
                adapter = await BleakAdapter.get(bluez=self._of_adapter)
                return await adapter.get_connected_devices([heart_rate.SERVICE])

    async def connect(self, client: BleakClient) -> None:
        """Connect ``client`` when it is its turn; the scanner gives way. RadioProblem if it comes to nothing."""
        self._enough.set()
        with _told_as_radio_problem(Trouble.NO_ANSWER):
            async with self._turn, asyncio.timeout(self._timing.connect_s + self._timing.let_go_s):
                await client.connect()

    def client(self, device: BLEDevice, on_drop: Callable[[], None], fresh_services: bool) -> BleakClient:
        """Return a new client for one attempt; ``fresh_services`` distrusts what Windows remembers of the strap."""
        return BleakClient(
            device,
            disconnected_callback=lambda _: on_drop(),
            services=[heart_rate.SERVICE, battery.SERVICE, information.SERVICE],
            timeout=self._timing.connect_s,
            bluez=self._of_client,
            winrt={"use_cached_services": False} if fresh_services else {},
        )

    async def _scan(self) -> None:
        while self._watches:
            # Whoever was seen in a slice is waiting for the turn by now, and gets it before the next slice.
            async with self._turn:
                if self._watches:
                    await self._slice()

    def _scanned(self, task: asyncio.Task[None]) -> None:
        """Pass what ended the scanner on to all who wait for it."""
        error = None if task.cancelled() else task.exception()
        for waiting in self._watches:
            if error and not waiting.done():
                waiting.set_exception(error)

    async def _slice(self) -> None:
        """Scan until somebody has enough, or for a slice of time: a new scanner then takes over."""
        self._enough.clear()
        self._quiet.clear()
        try:
            with _told_as_radio_problem():
                await self._run(BleakScanner(self._see, [heart_rate.SERVICE], bluez=self._of_scanner))
        finally:
            self._quiet.set()

    async def _run(self, scanner: BleakScanner) -> None:
        async with asyncio.timeout(self._timing.start_s):
            await scanner.start()
        self.worked = True
        try:
            with contextlib.suppress(TimeoutError):  # nothing was seen in this slice
                async with asyncio.timeout(self._timing.slice_s):
                    await self._enough.wait()
        finally:
            async with asyncio.timeout(self._timing.start_s):
                await scanner.stop()

    def _see(self, device: BLEDevice, advertisement: AdvertisementData) -> None:
        if advertisement.rssi == _UNKNOWN_RSSI:
            return  # BlueZ tells any change of a device this way; without a signal strength it was not heard now
        for waiting, sees in self._watches.items():
            if not waiting.done() and sees(device, advertisement):
                waiting.set_result(device)
                self._enough.set()


class _Packet(NamedTuple):
    uuid: str
    payload: bytes
    t: float


class _Ear:
    """What comes in over one client, stamped, in order; None at the end says that the link broke."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.packets: asyncio.Queue[_Packet | StrapInfo | None] = asyncio.Queue()
        self._now = now
        self._open = True

    def hear(self, characteristic: BleakGATTCharacteristic, payload: bytearray) -> None:
        """Take a notification: stamped here, before anything else can delay it."""
        self.take(characteristic.uuid, payload)

    def take(self, uuid: str, payload: bytes | bytearray) -> None:
        """Take a value as arrived now."""
        if self._open:
            self.packets.put_nowait(_Packet(uuid, bytes(payload), self._now()))

    def drop(self) -> None:
        """Take the news that the link is gone."""
        self.packets.put_nowait(None)

    def rest(self) -> list[_Packet | StrapInfo]:
        """Close the ear and return what was heard but not fetched."""
        self._open = False
        waiting = [self.packets.get_nowait() for _ in range(self.packets.qsize())]
        return [packet for packet in waiting if packet is not None]


class _Link:
    """Keeps one strap: searches, connects, listens, and begins again."""

    def __init__(self, air: _Air, address: str, timing: Timing, listener: Listener) -> None:
        self._air = air
        self._address = address
        self._timing = timing
        self._listener = listener
        self._teller = LinkTeller(address, listener.on_state)
        self._look_at_held = True

    async def run(self) -> None:
        """Run until cancelled; RadioProblem if Bluetooth never worked."""
        try:
            while True:
                await self._attempt()
                await asyncio.sleep(self._timing.pause_s(self._teller.failures))
        except RadioProblem as problem:
            self._teller.gone(str(problem))
            raise
        except asyncio.CancelledError:
            self._teller.gone("the strap was let go")
            raise

    async def _attempt(self) -> None:
        try:
            device = await self._find()
            self._teller.connecting(display_name(device.name, device.address))
            await self._hold(device)
        except RadioProblem as problem:
            if problem.trouble in WHOLE_COMPUTER and not self._air.worked:
                raise
            _log.debug("%s: %r", self._address, problem.__cause__)
            self._teller.failed(str(problem))

    async def _find(self) -> BLEDevice:
        """Return the strap as just seen, or as this computer holds it already (left so by a crash: no advertisement).

        A held one is not taken twice running: after a crash of the service bleak's list of them is out of date.
        """
        look, self._look_at_held = self._look_at_held, not self._look_at_held
        for device in await self._air.held() if look else ():
            if self._is_mine(device):
                return device
        while True:
            try:
                async with asyncio.timeout(self._timing.search_s):
                    return await self._air.watch(lambda device, _: self._is_mine(device))
            except TimeoutError:
                self._teller.not_seen()

    def _is_mine(self, device: BLEDevice) -> bool:
        return device.address.casefold() == self._address.casefold()

    async def _hold(self, device: BLEDevice) -> None:
        """Connect and listen until the link is lost; the client is let go in every case."""
        ear = _Ear(self._listener.now)
        client = self._air.client(device, ear.drop, fresh_services=self._teller.failures % 2 == 1)
        try:
            await self._air.connect(client)
            with _told_as_radio_problem(Trouble.NO_ANSWER):
                async with asyncio.timeout(self._timing.answer_s):
                    await client.start_notify(heart_rate.MEASUREMENT, ear.hear)
            describing = asyncio.create_task(self._describe(client, ear))
            try:
                trouble = await self._until_lost(ear)
            finally:
                describing.cancel()
            self._close(ear)
            self._teller.lost(trouble)  # told now: letting go may take seconds
        finally:
            try:
                await self._let_go(client)
            finally:
                self._close(ear)

    async def _until_lost(self, ear: _Ear) -> Trouble:
        while True:
            try:
                async with asyncio.timeout(self._timing.silence_s):
                    packet = await ear.packets.get()
            except TimeoutError:
                return Trouble.SILENT
            if packet is None:
                return Trouble.DROPPED
            self._pass_on(packet)

    def _pass_on(self, packet: _Packet | StrapInfo) -> None:
        if isinstance(packet, StrapInfo):
            self._teller.described(packet)
            return
        self._look_at_held = True
        self._listener.on_data(*packet)
        self._teller.heard(*packet)

    def _close(self, ear: _Ear) -> None:
        for packet in ear.rest():
            self._pass_on(packet)

    async def _let_go(self, client: BleakClient) -> None:
        try:
            async with asyncio.timeout(self._timing.let_go_s):
                await client.disconnect()
        except _FAULTS as error:  # the link is gone already, or the service is: either way nothing is left to hold
            _log.debug("%s: while letting go: %r", self._address, error)

    async def _describe(self, client: BleakClient, ear: _Ear) -> None:
        """Read what the strap offers about itself, and follow its battery for as long as the link holds."""
        level = await self._take_battery(client, ear)
        told = {uuid: await self._read(client, uuid) for uuid in information.UUIDS}
        ear.packets.put_nowait(information.info_of(told))
        if level is None or await self._notifies_battery(client, ear):
            return
        while True:
            await asyncio.sleep(self._timing.battery_s)
            await self._take_battery(client, ear)

    async def _take_battery(self, client: BleakClient, ear: _Ear) -> bytes | None:
        level = await self._read(client, battery.LEVEL)
        if level is not None:
            ear.take(battery.LEVEL, level)
        return level

    async def _notifies_battery(self, client: BleakClient, ear: _Ear) -> bool:
        try:
            async with asyncio.timeout(self._timing.answer_s):
                await client.start_notify(battery.LEVEL, ear.hear)
        except _FAULTS as error:  # many straps only let it be read
            _log.debug("%s: no notification of the battery: %r", self._address, error)
            return False
        return True

    async def _read(self, client: BleakClient, uuid: str) -> bytes | None:
        """Return the value of a characteristic, None if the strap does not offer it or not give it."""
        try:
            async with asyncio.timeout(self._timing.read_s):
                return bytes(await client.read_gatt_char(uuid))
        except _FAULTS as error:
            _log.debug("%s: %s was not read: %r", self._address, uuid, error)
            return None


@contextlib.contextmanager
def _told_as_radio_problem(no_answer: Trouble = Trouble.SERVICE_SILENT) -> Iterator[None]:
    """Turn what bleak raises into a RadioProblem; ``no_answer`` is what a timeout means here."""
    try:
        yield
    except TimeoutError as error:
        raise RadioProblem(no_answer) from error
    except _FAULTS as error:
        raise RadioProblem(_trouble(error, no_answer)) from error


def _trouble(error: Exception, otherwise: Trouble) -> Trouble:
    match error:
        case BleakBluetoothNotAvailableError():
            return from_reason(error.reason.name)
        case BleakDeviceNotFoundError():
            return Trouble.VANISHED
        case BleakCharacteristicNotFoundError():
            return Trouble.NO_HEART_RATE
        case BleakDBusError():
            return from_error(error.dbus_error, error.dbus_error_details or "")
        case BleakGATTProtocolError():
            return Trouble.REFUSED
        case BleakError():
            return from_error("", str(error))
        case _:
            return Trouble.NO_BUS if sys.platform == "linux" else otherwise
