"""An emulated BlueZ in a thread of its own: started, asked and disturbed from any thread, by plain calls."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterable
from types import TracebackType
from typing import Any, Self, TypeVar

from dbus_fast import Variant

from tests.bluez.bus import PrivateBus
from tests.bluez.daemon import Daemon
from tests.bluez.device import CHARACTERISTIC, DEVICE, Device, Worn
from tests.bluez.strap import MEASUREMENT, Strap

T = TypeVar("T")

HCI0, HCI1 = "/org/bluez/hci0", "/org/bluez/hci1"
_ANSWER_S = 20.0


class FakeBluez:
    """A private bus with an emulated bluetoothd and one adapter, hci0, that is switched on.

    ``environment`` is what a program needs to meet it. All methods may be called from any thread, and return when the
    bus has read what they signal.
    """

    def __init__(self, vanish_s: float = 30.0) -> None:
        self.bus = PrivateBus()
        self.environment = {"DBUS_SYSTEM_BUS_ADDRESS": self.bus.address}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fake bluez", daemon=True)
        self._thread.start()
        self._daemon = Daemon(self.bus.address, vanish_s)
        self._daemon.adapters[HCI0] = True
        self._await(self._daemon.start)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the daemon, its bus and its thread."""
        self._await(self._daemon.crash)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_ANSWER_S)
        self._loop.close()
        self.bus.stop()

    # What is worn, and how it behaves.

    def add(self, *straps: Strap, adapter: str = HCI0) -> None:
        """Put straps on; a scan that is running hears them. Only ``adapter`` hears them, there or not."""
        for strap in straps:
            self._do(self._add, strap, adapter)

    def also_heard(self, address: str, adapter: str = HCI1, rssi: int | None = None) -> None:
        """Let one more adapter hear a strap, as strongly as the strap says, or with ``rssi``."""
        self._do(self._also_heard, address, adapter, rssi)

    def change(self, address: str, **traits: Any) -> None:
        """Change traits of a strap (fields of Strap); one that becomes audible is heard by a scan that is running."""
        self._do(self._change, address, traits)

    def hold(self, address: str) -> None:
        """Leave the strap connected to this computer, as a program that crashed does."""
        self._do(self._hold, address)

    def drop(self, address: str) -> None:
        """Break the link: the strap advertises again."""
        self._do(self._drop, address)

    def leave(self, address: str) -> None:
        """Carry the strap out of range."""
        self.change(address, in_range=False)
        self.drop(address)

    def twice(self, address: str) -> None:
        """Break the link as ``drop`` does, and signal it twice."""
        self._do(self._twice, address)

    def share(self, address: str, characteristic: str = MEASUREMENT) -> None:
        """Let another program on this computer subscribe too: every value is signalled once more."""
        self._do(self._share, address, characteristic)

    def stray(self, address: str, payload: bytes) -> None:
        """Signal a measurement of a strap whose link has been broken already: a late signal."""
        self._do(self._stray, address, payload)

    def touch(self, address: str) -> None:
        """Change a property of a known device that says nothing about its being heard."""
        self._do(self._touch, address)

    # What it sends.

    def notify(self, address: str, *payloads: bytes, characteristic: str = MEASUREMENT) -> int:
        """Send notifications; return how many were sent to somebody. Without a listener they are lost, as on air."""
        return self._do(self._notify, address, payloads, characteristic)

    # What happens to the computer.

    def power(self, on: bool, adapter: str = HCI0) -> None:
        """Switch Bluetooth off or on."""
        self._do(self._daemon.power, adapter, on)

    def unplug(self, adapter: str = HCI0) -> None:
        """Pull the adapter."""
        self._do(self._daemon.unplug, adapter)

    def plug(self, adapter: str = HCI0, powered: bool = True) -> None:
        """Plug an adapter in."""
        self._do(self._daemon.plug, adapter, powered)

    def crash(self) -> None:
        """Kill the Bluetooth service."""
        self._await(self._daemon.crash)

    def start(self) -> None:
        """Start the Bluetooth service again."""
        self._await(self._daemon.start)

    def hang(self, hung: bool = True) -> None:
        """Freeze the service: it answers nothing until it is thawed, and then everything."""
        self._await(self._daemon.hang if hung else self._daemon.thaw)

    def refuse_discovery(self, name: str | None, text: str = "") -> None:
        """Answer StartDiscovery with an error from now on; None answers rightly again."""
        self._do(setattr, self._daemon, "start_error", (name, text) if name else None)

    def hold_discovery(self, held: bool = True) -> None:
        """Keep StartDiscovery without an answer; let go, it is done and answered."""
        answers = self._daemon.discovery_answers
        self._do(answers.clear if held else answers.set)

    def limit_links(self, most: int, adapter: str = HCI0) -> None:
        """Let the adapter hold no more than so many links."""
        self._do(self._daemon.most_links.__setitem__, adapter, most)

    # What can be asked.

    def linked(self, adapter: str | None = None) -> set[str]:
        """Return the addresses of the straps that are connected, over any adapter or over ``adapter``."""
        devices = self._daemon.devices
        return self._do(
            lambda: {d.strap.address for d in devices.values() if d.linked and adapter in (None, d.adapter)}
        )

    def sent(self, address: str) -> int:
        """Return how many of its own packets a strap has sent to somebody."""
        return self._do(lambda: self._device(address).worn.sent)

    def unsure(self, address: str) -> set[int]:
        """Return the numbers of the packets among them that the daemon, hung, may never have passed on."""
        return self._do(lambda: set(self._device(address).worn.unsure))

    def listeners(self, address: str, characteristic: str = MEASUREMENT) -> int:
        """Return how many subscriptions a characteristic has."""
        return self._do(self._listeners, address, characteristic)

    def senders(self, address: str) -> int:
        """Return how many senders of a strap's own packets run."""
        return self._do(lambda: self._device(address).senders)

    def calls(self, method: str) -> int:
        """Return how often a method was called."""
        return self._do(lambda: self._daemon.calls[method])

    def most_connecting(self) -> int:
        """Return how many connection attempts ran at once at most."""
        return self._do(lambda: self._daemon.most_connecting)

    def clashes(self) -> int:
        """Return how often an adapter was to scan and to connect at once."""
        return self._do(lambda: self._daemon.clashes)

    def discovering(self) -> bool:
        """Return whether anybody scans on any adapter."""
        return self._do(lambda: any(self._daemon.discovering(adapter) for adapter in self._daemon.adapters))

    def _device(self, address: str) -> Device:
        """Return the strap as the adapter that holds it knows it, else as the first one that hears it."""
        all_of_it = [device for device in self._daemon.devices.values() if device.strap.address == address]
        return next((device for device in all_of_it if device.linked), all_of_it[0])

    def _add(self, strap: Strap, adapter: str) -> None:
        device = Device(Worn(strap), adapter, self._daemon.tree)
        self._wear(device)

    def _also_heard(self, address: str, adapter: str, rssi: int | None) -> None:
        self._wear(Device(self._device(address).worn, adapter, self._daemon.tree, rssi))

    def _wear(self, device: Device) -> None:
        device.worn.devices.append(device)
        self._daemon.devices[device.path] = device
        self._daemon.heard_again(device.worn)

    def _change(self, address: str, traits: dict[str, Any]) -> None:
        device = self._device(address)
        heard = device.heard
        for name, value in traits.items():
            setattr(device.strap, name, value)
        if not heard:
            self._daemon.heard_again(device.worn)

    def _hold(self, address: str) -> None:
        device = self._device(address)
        device.advertise()
        self._daemon.tree.change(device.path, DEVICE, {}, gone=("RSSI",))
        device.link()
        device.resolve()

    def _touch(self, address: str) -> None:
        self._daemon.tree.change(self._device(address).path, DEVICE, {"Trusted": Variant("b", True)})

    def _drop(self, address: str) -> None:
        device = self._device(address)
        device.unlink()
        self._daemon.heard_again(device.worn)

    def _twice(self, address: str) -> None:
        device = self._device(address)
        if device.linked:
            device.unlink()
            self._daemon.tree.change(device.path, DEVICE, {"Connected": Variant("b", False)})
            self._daemon.heard_again(device.worn)

    def _share(self, address: str, characteristic: str) -> None:
        device = self._device(address)
        path = device.characteristic(characteristic)
        assert path is not None, "not before its services are there"
        device.listeners.setdefault(path, []).append("another program")

    def _stray(self, address: str, payload: bytes) -> None:
        device = self._device(address)
        path = device.characteristic(MEASUREMENT)
        if path is not None:
            self._daemon.tree.change(path, CHARACTERISTIC, {"Value": Variant("ay", payload)})

    def _notify(self, address: str, payloads: Iterable[bytes], characteristic: str) -> int:
        device = self._device(address)
        return sum(device.notify(characteristic, payload) for payload in payloads)

    def _listeners(self, address: str, characteristic: str) -> int:
        device = self._device(address)
        path = device.characteristic(characteristic) if self._daemon.tree.has(device.path, DEVICE) else None
        return len(device.listeners.get(path, [])) if path else 0

    def _do(self, function: Callable[..., T], *args: Any) -> T:
        async def there() -> T:
            result = function(*args)
            await self._daemon.tree.flushed()
            return result

        return self._await(there)

    def _await(self, function: Callable[[], Coroutine[Any, Any, T]]) -> T:
        return asyncio.run_coroutine_threadsafe(function(), self._loop).result(_ANSWER_S)
