"""A strap in the virtual air: a virtual person's notifications, given by bumble's GATT server, written down as sent."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Callable

from bumble.core import AdvertisingData
from bumble.device import Connection, Device, DeviceConfiguration
from bumble.gatt import Characteristic, CharacteristicValue, Service
from bumble.hci import Address, HCI_ErrorCode, OwnAddressType
from bumble.host import Host
from bumble.transport.common import AsyncPipeSink

from devices import battery, heart_rate
from devices.person import born
from devices.virtual import VirtualStrap
from tests.uml.air import Air, Radio
from tests.uml.cast import Strap
from tests.uml.witness import Witness

_SENDS = Characteristic.Properties.NOTIFY
_READS = Characteristic.Properties.READ
_INFORMATION = {"2A29": b"Polar Electro Oy", "2A24": b"H10\0", "2A26": b"5.0.0"}

Write = Callable[[dict[str, object]], None]


class AirStrap:
    """The strap ``about``; its clock runs ``about.skew`` fast or slow, and began at ``origin`` (s, this machine's)."""

    def __init__(self, about: Strap, air: Air, origin: float, write: Write) -> None:
        self.about = about
        self.muted = False
        self.radio = Radio(about.name, air, about.address)
        self._air = air
        self._origin = origin
        self._write = write
        self._person = Witness(born(about.number))
        self._strap = VirtualStrap(self._person)
        self._level = b"\x5c"
        self._link: Connection | None = None
        self._listens = False
        self._sending: asyncio.Task[None] | None = None
        self._measurement = Characteristic(heart_rate.MEASUREMENT, _SENDS, Characteristic.Permissions(0))
        self._battery = Characteristic(
            battery.LEVEL, _SENDS | _READS, Characteristic.READABLE, CharacteristicValue(read=lambda _: self._level)
        )
        self._device = self._made()

    async def start(self) -> None:
        """Advertise, and live."""
        await self._device.power_on()
        kind = OwnAddressType.RANDOM if self.about.random else OwnAddressType.PUBLIC
        await self._device.start_advertising(own_address_type=kind, auto_restart=True)
        self._sending = asyncio.create_task(self._live())

    async def close(self) -> None:
        """Close the link, as a strap that is taken off does."""
        if self._link is not None:
            await self._link.disconnect(HCI_ErrorCode.REMOTE_USER_TERMINATED_CONNECTION_ERROR)

    def vanish(self) -> None:
        """Be out of range."""
        self._air.out_of_range(self.radio)

    def back(self) -> None:
        """Be in range again."""
        self._air.in_range(self.radio)

    def _made(self) -> Device:
        about = self.about
        kind = Address.RANDOM_DEVICE_ADDRESS if about.random else Address.PUBLIC_DEVICE_ADDRESS
        advertisement = AdvertisingData(
            [
                (AdvertisingData.FLAGS, b"\x06"),
                (AdvertisingData.COMPLETE_LIST_OF_16_BIT_SERVICE_CLASS_UUIDS, struct.pack("<H", 0x180D)),
                (AdvertisingData.COMPLETE_LOCAL_NAME, about.name.encode()),
            ]
        )
        device = Device(
            config=DeviceConfiguration(
                name=about.name, address=Address(about.address, kind), advertising_data=bytes(advertisement),
                advertising_interval_min=100, advertising_interval_max=100,
            ),
            host=Host(self.radio, AsyncPipeSink(self.radio)),
        )  # fmt: skip
        device.add_services(self._services())
        device.on("connection", self._connected)
        self._measurement.on(Characteristic.EVENT_SUBSCRIPTION, self._subscribed)
        return device

    def _services(self) -> list[Service]:
        information = {**_INFORMATION, "2A25": f"{self.about.number:08d}".encode()}
        fixed = [_readable(uuid, value) for uuid, value in information.items()]
        return [
            Service("180D", [self._measurement, _readable("2A38", b"\x01")]),
            Service("180F", [self._battery]),
            Service("180A", fixed),
        ]

    def _connected(self, link: Connection) -> None:
        self._link = link
        link.on("disconnection", self._disconnected)
        self._say("connected")

    def _disconnected(self, reason: int) -> None:
        self._link, self._listens = None, False
        self._say("disconnected", reason=reason)

    def _subscribed(self, _link: Connection, notify: bool, _indicate: bool) -> None:
        self._listens = notify
        self._say("subscribed" if notify else "unsubscribed")

    def _say(self, event: str, **more: object) -> None:
        self._write({"strap": self.about.number, "t": asyncio.get_running_loop().time(), "event": event, **more})

    async def _live(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(max(0.0, self._here(self._strap.next_t) - loop.time()))
            for packet in self._strap.send():
                if packet.characteristic == heart_rate.MEASUREMENT:
                    await self._notify(packet.payload)
                else:
                    self._level = packet.payload
                    if self._link is not None:
                        await self._device.notify_subscriber(self._link, self._battery, packet.payload)

    async def _notify(self, payload: bytes) -> None:
        sent = self._link is not None and self._listens and not self.muted
        beats = [round(self._here(beat.t), 6) for beat in self._person.lived]
        self._say("packet", payload=payload.hex(), beats=beats, sent=sent)
        if sent:
            await self._device.notify_subscriber(self._link, self._measurement, payload)

    def _here(self, strap_t: float) -> float:
        """Return when this machine's clock shows what the strap's shows at ``strap_t``."""
        return self._origin + strap_t * (1 + self.about.skew)


def _readable(uuid: str, value: bytes) -> Characteristic[bytes]:
    return Characteristic(uuid, _READS, Characteristic.READABLE, value)
