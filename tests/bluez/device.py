"""One emulated strap as the daemon knows it: its link, its objects, who listens to it."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field

from dbus_fast import Variant

from tests.bluez.strap import HEART_RATE, Strap, packet, uuid
from tests.bluez.tree import Properties, Tree

DEVICE = "org.bluez.Device1"
SERVICE = "org.bluez.GattService1"
CHARACTERISTIC = "org.bluez.GattCharacteristic1"
DESCRIPTOR = "org.bluez.GattDescriptor1"


@dataclass(eq=False)
class Worn:
    """A strap on a body: one thing, though each adapter that hears it has a ``Device`` of its own.

    ``sent``: how many of its own packets it has sent to somebody; ``unsure``: those that the daemon, hung or killed,
    may never have passed on.
    """

    strap: Strap
    devices: list[Device] = field(default_factory=list)
    sent: int = 0
    unsure: set[int] = field(default_factory=set)

    @property
    def linked(self) -> bool:
        return any(device.linked for device in self.devices)


@dataclass(eq=False)
class Device:
    """A strap as one adapter knows it. ``rssi``: how strongly that hears it, if not as the strap says.

    ``listeners``: how often each D-Bus owner subscribed to a characteristic's path; kept across reconnects.
    ``paths``: where its characteristics are, by their short UUIDs. ``links``: how many links there have been;
    ``sends_on``: the one of them on which it sends by itself. ``senders``: how many loops do so; one, but for a moment.
    """

    worn: Worn
    adapter: str
    tree: Tree
    rssi: int | None = None
    linked: bool = False
    links: int = 0
    sends_on: int = 0
    senders: int = 0
    repeats: bool = False
    pending: asyncio.Future[None] | None = None
    listeners: dict[str, list[str]] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    paths: dict[str, str] = field(default_factory=dict)

    @property
    def strap(self) -> Strap:
        return self.worn.strap

    @property
    def path(self) -> str:
        return f"{self.adapter}/dev_{self.strap.address.replace(':', '_')}"

    @property
    def exported(self) -> bool:
        return self.tree.has(self.path, DEVICE)

    @property
    def heard(self) -> bool:
        """A strap that is held by somebody, or asleep, or far away, does not advertise."""
        return self.strap.in_range and self.strap.advertises and not self.worn.linked

    def characteristic(self, short: str) -> str | None:
        """Return the path of a characteristic, None while it is not exported."""
        path = self.paths.get(short)
        return path if path is not None and self.tree.has(path, CHARACTERISTIC) else None

    def advertise(self) -> None:
        """Signal an advertisement, as a new object or as a changed signal strength."""
        strength: Properties = {"RSSI": Variant("n", self.strap.rssi if self.rssi is None else self.rssi)}
        if self.exported:
            self.tree.change(self.path, DEVICE, strength)
        else:
            self.tree.add(self.path, DEVICE, {**self._properties(), **strength})

    def _properties(self) -> Properties:
        address = self.strap.address
        properties: Properties = {
            "Address": Variant("s", address),
            "AddressType": Variant("s", "random"),
            "Alias": Variant("s", self.strap.name or address.replace(":", "-")),
            "Adapter": Variant("o", self.adapter),
            "Paired": Variant("b", False),
            "Bonded": Variant("b", False),
            "Trusted": Variant("b", False),
            "Blocked": Variant("b", False),
            "LegacyPairing": Variant("b", False),
            "Connected": Variant("b", False),
            "ServicesResolved": Variant("b", False),
            "UUIDs": Variant("as", [uuid(HEART_RATE)]),
        }
        if self.strap.name is not None:
            properties["Name"] = Variant("s", self.strap.name)
        return properties

    def link(self) -> None:
        """The radio link is up."""
        self.linked = True
        self.links += 1
        self.tree.change(self.path, DEVICE, {"Connected": Variant("b", True)})

    def unlink(self) -> None:
        """The radio link is gone; the GATT objects stay as a cache, subscriptions too."""
        if self.linked:
            self.linked = False
            if self.tree.get(self.path, DEVICE, "ServicesResolved"):
                self.tree.change(self.path, DEVICE, {"ServicesResolved": Variant("b", False)})
            self.tree.change(self.path, DEVICE, {"Connected": Variant("b", False)})

    def resolve(self, most: int | None = None) -> None:
        """The services have been discovered: export what is not there yet, and say so; at the ``most``-th it stops."""
        handle = 1
        for short, body in self.strap.table()[:most]:
            service = f"{self.path}/service{handle:04x}"
            handle += 1
            properties: Properties = {"UUID": Variant("s", uuid(short)), "Primary": Variant("b", True)}
            self._export(service, SERVICE, {**properties, "Device": Variant("o", self.path)})
            for char, flags, value in body:
                handle = self._export_characteristic(service, handle, char, flags, value)
        if most is None:
            self.tree.change(self.path, DEVICE, {"ServicesResolved": Variant("b", True)})

    def _export_characteristic(self, service: str, handle: int, char: str, flags: list[str], value: bytes) -> int:
        path = self.paths[char] = f"{service}/char{handle:04x}"
        properties: Properties = {
            "UUID": Variant("s", uuid(char)),
            "Service": Variant("o", service),
            "Value": Variant("ay", value),
            "Flags": Variant("as", flags),
            "MTU": Variant("q", 517),
        }
        if "notify" in flags:
            properties["Notifying"] = Variant("b", False)
        self._export(path, CHARACTERISTIC, properties)
        if "notify" in flags:
            descriptor: Properties = {"UUID": Variant("s", uuid("2902")), "Characteristic": Variant("o", path)}
            self._export(f"{path}/desc{handle + 2:04x}", DESCRIPTOR, descriptor)
        return handle + 3

    def _export(self, path: str, interface: str, properties: Properties) -> None:
        if not self.tree.has(path, interface):
            self.tree.add(path, interface, properties)

    def notify(self, short: str, payload: bytes) -> bool:
        """Send a notification: one signal for every subscription, as the real daemon does. False if nobody listens."""
        path = self.characteristic(short) if self.linked else None
        owners = self.listeners.get(path, []) if path else []
        for _ in owners:
            assert path is not None
            self.tree.change(path, CHARACTERISTIC, {"Value": Variant("ay", payload)})
        return bool(owners)

    def send_next(self, unsure: bool = False) -> None:
        """Send the next of the strap's own packets, unless it is quiet."""
        if not self.strap.quiet and self.notify("2a37", packet(self.worn.sent)):
            if unsure:
                self.worn.unsure.add(self.worn.sent)
            self.worn.sent += 1

    def forget(self) -> None:
        """Remove the device and all below it, as when a temporary device vanishes."""
        for path in [*self.tree.below(self.path), self.path]:
            self.tree.remove(path)
        self.listeners.clear()
