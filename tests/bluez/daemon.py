"""The emulated bluetoothd: answers bleak's calls in the order of signals and replies that the real one has.

Taken from the real daemon: signal strengths are invalidated when discovery stops; devices that were only seen vanish
some time later; ``Connect`` is answered after Connected=true and before the services are there; ``Disconnect`` is
answered before Connected=false; subscriptions belong to the D-Bus connection that made them, outlive reconnects and
each give a signal of their own; a device stays connected when the program that used it dies; a crash signals nothing.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

from dbus_fast import Message, MessageType, Variant

from tests.bluez.device import CHARACTERISTIC, DEVICE, Device, Worn
from tests.bluez.tree import OBJECT_MANAGER, Tree

ADAPTER = "org.bluez.Adapter1"
FAILED = "org.bluez.Error.Failed"


class Refusal(Exception):
    """Answers a call with a D-Bus error: name and text."""


class Daemon:
    """``devices`` by path. ``calls`` counts what was asked. ``most_connecting``: attempts at once on one adapter, at
    most; ``clashes``: how often an adapter was to scan and to connect at once; ``most_links``: how many links an
    adapter holds, where that is limited."""

    def __init__(self, bus_address: str, vanish_s: float = 30.0) -> None:
        self.tree = Tree(bus_address)
        self.devices: dict[str, Device] = {}
        self.adapters: dict[str, bool] = {}
        self.calls: Counter[str] = Counter()
        self.most_connecting = 0
        self.clashes = 0
        self.most_links: dict[str, int] = {}
        self._alive = False
        self._waiting: list[Message] | None = None
        self.start_error: tuple[str, str] | None = None
        self.discovery_answers = asyncio.Event()
        self.discovery_answers.set()
        self._discovering: dict[str, dict[str, None]] = {}
        self._vanish_s = vanish_s
        self._tasks: set[asyncio.Task[None]] = set()
        self._methods: dict[tuple[str, str], Callable[[Message], Awaitable[None]]] = {
            (OBJECT_MANAGER, "GetManagedObjects"): self._get_managed_objects,
            (ADAPTER, "SetDiscoveryFilter"): self._set_discovery_filter,
            (ADAPTER, "StartDiscovery"): self._start_discovery,
            (ADAPTER, "StopDiscovery"): self._stop_discovery,
            (DEVICE, "Connect"): self._connect,
            (DEVICE, "Disconnect"): self._disconnect,
            (CHARACTERISTIC, "ReadValue"): self._read_value,
            (CHARACTERISTIC, "StartNotify"): self._start_notify,
            (CHARACTERISTIC, "StopNotify"): self._stop_notify,
        }

    async def start(self) -> None:
        """Come up on the bus with the adapters that are plugged in."""
        self._alive, self._waiting = True, None
        await self.tree.open(self._take)
        for path, powered in self.adapters.items():
            self._export_adapter(path, powered)

    async def crash(self) -> None:
        """Die: nothing is signalled; the links go down with the daemon."""
        self._alive = False
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.tree.flushed()
        await self.tree.close()
        self._discovering = {}
        for device in self.devices.values():
            device.linked, device.pending = False, None
            device.listeners.clear()

    def plug(self, path: str, powered: bool = True) -> None:
        """A Bluetooth adapter appears."""
        self.adapters[path] = powered
        self._export_adapter(path, powered)

    def unplug(self, path: str) -> None:
        """An adapter disappears: links first, then the objects."""
        self._end_links(path)
        for device in self._on(path):
            if device.exported:
                device.forget()
        self._discovering.pop(path, None)
        del self.adapters[path]
        self.tree.remove(path)

    def power(self, path: str, on: bool) -> None:
        """The adapter is switched off (the links end) or on."""
        if not on:
            self._end_links(path)
            self._discovering.pop(path, None)
            self.tree.change(path, ADAPTER, {"Discovering": Variant("b", False)})
        self.adapters[path] = on
        self.tree.change(path, ADAPTER, {"Powered": Variant("b", on)})

    async def hang(self) -> None:
        """Stop in the middle of everything (SIGSTOP): nothing is answered, what straps send stays where it is."""
        await self.tree.hold_back()
        if self._waiting is None:
            self._waiting = []

    async def thaw(self) -> None:
        """Go on (SIGCONT), with what was asked in the meantime first."""
        waiting, self._waiting = self._waiting or [], None
        self.tree.let_out()
        for message in waiting:
            self.spawn(self._answer(message))

    @property
    def hung(self) -> bool:
        return self._waiting is not None

    def discovering(self, adapter: str) -> bool:
        """Tell whether anybody scans on this adapter."""
        return bool(self._discovering.get(adapter))

    def heard_again(self, worn: Worn) -> None:
        """Signal the strap's advertisement where anybody is discovering."""
        for device in worn.devices:
            if device.heard and device.adapter in self.adapters and self.discovering(device.adapter):
                device.advertise()

    def spawn(self, work: Awaitable[None]) -> None:
        """Run something beside the answers; a crash ends it."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _export_adapter(self, path: str, powered: bool) -> None:
        self.tree.add(
            path,
            ADAPTER,
            {
                "Address": Variant("s", f"00:11:22:33:44:{int(path.rpartition('hci')[2]):02X}"),
                "Name": Variant("s", "emulated"),
                "Alias": Variant("s", "emulated"),
                "Powered": Variant("b", powered),
                "Discovering": Variant("b", False),
                "Roles": Variant("as", ["central", "peripheral"]),
                "UUIDs": Variant("as", []),
            },
        )

    def _end_links(self, adapter: str) -> None:
        for device in self._on(adapter):
            device.unlink()
            if device.pending and not device.pending.done():
                device.pending.set_exception(Refusal(FAILED, "le-connection-abort-by-local"))

    def _on(self, adapter: str) -> list[Device]:
        return [device for device in self.devices.values() if device.adapter == adapter]

    def _take(self, message: Message) -> bool:
        """Take a message off the bus; False leaves it to dbus-fast."""
        if message.message_type is MessageType.SIGNAL and message.member == "NameOwnerChanged":
            self._owner_changed(*message.body)
        if message.message_type is not MessageType.METHOD_CALL or message.destination is None:
            return False
        self.calls[message.member or ""] += 1
        if not self._alive:
            return True
        if self._waiting is None:
            self.spawn(self._answer(message))
        else:
            self._waiting.append(message)
        return True

    async def _answer(self, message: Message) -> None:
        method = self._methods.get((message.interface or "", message.member or ""))
        try:
            if method is None:
                raise Refusal("org.freedesktop.DBus.Error.UnknownMethod", f"no method {message.member}")
            await method(message)
        except Refusal as refusal:
            self.tree.refuse(message, *refusal.args)

    def _owner_changed(self, name: str, old: str, new: str) -> None:
        """A program has left the bus: its subscriptions and its discovery end, its links stay."""
        if new or not old:
            return
        for device in self.devices.values():
            for owners in device.listeners.values():
                while name in owners:
                    owners.remove(name)
        for adapter, owners_of in self._discovering.items():
            if name in owners_of:
                del owners_of[name]
                self._discovery_ended(adapter)

    async def _get_managed_objects(self, call: Message) -> None:
        self.tree.answer(call, "a{oa{sa{sv}}}", [self.tree.managed()])

    def _powered(self, call: Message) -> str:
        path = call.path or ""
        if path not in self.adapters:
            raise Refusal("org.freedesktop.DBus.Error.UnknownObject", f"no adapter {path}")
        if not self.adapters[path]:
            raise Refusal("org.bluez.Error.NotReady", "Resource Not Ready")
        return path

    async def _set_discovery_filter(self, call: Message) -> None:
        self._powered(call)
        self.tree.answer(call)

    async def _start_discovery(self, call: Message) -> None:
        path = self._powered(call)
        owners = self._discovering.setdefault(path, {})
        if self.start_error:
            raise Refusal(*self.start_error)
        await self.discovery_answers.wait()
        if call.sender in owners:
            raise Refusal("org.bluez.Error.InProgress", "Operation already in progress")
        owners[call.sender or ""] = None
        self.clashes += any(device.pending is not None for device in self._on(path))
        self.tree.answer(call)
        self.tree.change(path, ADAPTER, {"Discovering": Variant("b", True)})
        for device in self._on(path):
            if device.heard:
                device.advertise()
            if device.strap.again_s is not None and not device.repeats:
                self.spawn(self._advertise_again(device, device.strap.again_s))

    async def _advertise_again(self, device: Device, again_s: float) -> None:
        device.repeats = True
        try:
            while self.discovering(device.adapter):
                await asyncio.sleep(again_s)
                if device.heard and self.discovering(device.adapter):
                    device.advertise()
        finally:
            device.repeats = False

    async def _stop_discovery(self, call: Message) -> None:
        path = self._powered(call)
        if call.sender not in self._discovering.get(path, {}):
            raise Refusal(FAILED, "No discovery started")
        del self._discovering[path][call.sender or ""]
        self._discovery_ended(path)
        self.tree.answer(call)

    def _discovery_ended(self, adapter: str) -> None:
        if self._discovering[adapter]:
            return
        seen = [device for device in self._on(adapter) if device.exported]
        for device in seen:
            self.tree.change(device.path, DEVICE, {}, gone=("RSSI",))
        self.tree.change(adapter, ADAPTER, {"Discovering": Variant("b", False)})
        for device in seen:
            self.spawn(self._vanish(device))

    async def _vanish(self, device: Device) -> None:
        await asyncio.sleep(self._vanish_s)
        if device.exported and not device.linked and not self._discovering.get(device.adapter):
            device.forget()

    def _device(self, call: Message) -> Device:
        for device in self.devices.values():
            if device.exported and (call.path == device.path or (call.path or "").startswith(device.path + "/")):
                device.calls[call.member or ""] += 1
                return device
        raise Refusal("org.freedesktop.DBus.Error.UnknownObject", f"no object {call.path}")

    async def _connect(self, call: Message) -> None:
        device = self._device(call)
        if device.linked:
            self.tree.answer(call)
            return
        if device.pending:
            raise Refusal("org.bluez.Error.InProgress", "Operation already in progress")
        device.pending = asyncio.get_running_loop().create_future()
        self.clashes += self.discovering(device.adapter)
        connecting = sum(other.pending is not None for other in self._on(device.adapter))
        self.most_connecting = max(self.most_connecting, connecting)
        try:
            await self._make_link(device, device.pending)
        finally:
            device.pending = None
        self.tree.answer(call)
        how = device.strap.resolves
        if how != "never":
            device.resolve(most={"drops": 0, "half": 1}.get(how))
        if how == "ends":
            await self.tree.flushed()
        if how in ("drops", "half", "ends"):
            device.unlink()
            self.heard_again(device.worn)

    async def _make_link(self, device: Device, cancelled: asyncio.Future[None]) -> None:
        strap = device.strap
        if strap.connect_errors:
            raise Refusal(*strap.connect_errors.pop(0))
        if sum(other.linked for other in self._on(device.adapter)) >= self.most_links.get(device.adapter, 99):
            raise Refusal(FAILED, "le-connection-concurrent-connection-limit")
        reached = strap.in_range and strap.advertises and not strap.hangs and not device.worn.linked
        await asyncio.wait({cancelled}, timeout=strap.connect_s if reached else None)
        if cancelled.done():
            cancelled.result()
        device.link()

    async def _disconnect(self, call: Message) -> None:
        device = self._device(call)
        if device.pending and not device.pending.done():
            device.pending.set_exception(Refusal(FAILED, "le-connection-abort-by-local"))
        elif not device.linked:
            raise Refusal("org.bluez.Error.NotConnected", "Not Connected")
        else:
            await asyncio.sleep(device.strap.disconnect_s)
        self.tree.answer(call)
        device.unlink()
        self.heard_again(device.worn)

    def _linked(self, call: Message) -> Device:
        device = self._device(call)
        if not device.linked:
            raise Refusal(FAILED, "Not connected")
        return device

    async def _read_value(self, call: Message) -> None:
        device = self._linked(call)
        path = call.path or ""
        value = self.tree.get(path, CHARACTERISTIC, "Value")
        if "read" not in self.tree.get(path, CHARACTERISTIC, "Flags"):
            raise Refusal("org.bluez.Error.NotPermitted", "Read not permitted")
        self.tree.change(path, CHARACTERISTIC, {"Value": Variant("ay", value)})
        self.tree.answer(call, "ay", [value])
        assert device.linked

    async def _start_notify(self, call: Message) -> None:
        device = self._linked(call)
        path, owner = call.path or "", call.sender or ""
        if "notify" not in self.tree.get(path, CHARACTERISTIC, "Flags"):
            raise Refusal("org.bluez.Error.NotSupported", "Operation is not supported")
        owners = device.listeners.setdefault(path, [])
        if device.strap.notify_error:
            raise Refusal(*device.strap.notify_error)
        if owner in owners:
            raise Refusal("org.bluez.Error.InProgress", "Operation already in progress")
        owners.append(owner)
        self.tree.change(path, CHARACTERISTIC, {"Notifying": Variant("b", True)})
        self.tree.answer(call)
        if device.strap.period_s is not None and path == device.characteristic("2a37"):
            self.spawn(self._send_by_itself(device, path, device.strap.period_s))

    async def _send_by_itself(self, device: Device, path: str, period_s: float) -> None:
        """Send while this link holds, once whoever subscribes: the next link has a sender of its own."""
        if device.sends_on == device.links:
            return
        link = device.sends_on = device.links
        device.senders += 1
        try:
            while device.linked and device.links == link and device.listeners.get(path):
                device.send_next(unsure=self.hung)
                await asyncio.sleep(period_s)
        finally:
            device.senders -= 1
            if device.links == link:
                device.sends_on = 0

    async def _stop_notify(self, call: Message) -> None:
        device = self._linked(call)
        owners = device.listeners.get(call.path or "", [])
        if call.sender not in owners:
            raise Refusal(FAILED, "No notify session started")
        owners.remove(call.sender or "")
        self.tree.answer(call)
