"""The objects that the emulated daemon exports, and the ordered way its messages take to the bus."""

from __future__ import annotations

import asyncio
from typing import Any

from dbus_fast import BusType, Message, MessageType, Variant
from dbus_fast.aio import MessageBus

OBJECT_MANAGER = "org.freedesktop.DBus.ObjectManager"
PROPERTIES = "org.freedesktop.DBus.Properties"
_UNPACED = 32
"""dbus-fast closes a connection whose socket is full: after so many messages the bus is asked if it has read them."""

Properties = dict[str, Variant]


class Tree:
    """path -> interface -> properties, on one connection to the bus; every message leaves in the order it was given."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._objects: dict[str, dict[str, Properties]] = {}
        self._bus: MessageBus | None = None
        self._out: asyncio.Queue[Message] = asyncio.Queue()
        self._writer: asyncio.Task[None] | None = None
        self._going = asyncio.Event()
        self._going.set()

    async def open(self, handler: Any) -> None:
        """Connect as org.bluez; ``handler`` gets every message and returns True for those it takes."""
        self._bus = await MessageBus(self._address, BusType.SYSTEM).connect()
        self._bus.add_message_handler(handler)
        await self._call("AddMatch", "s", "type='signal',member='NameOwnerChanged'")
        await self._bus.request_name("org.bluez")
        self._out = asyncio.Queue()
        self._writer = asyncio.create_task(self._write(self._bus, self._out))

    async def close(self) -> None:
        """Leave the bus without a word, as a crash does, and forget all objects."""
        self._objects, self._out = {}, asyncio.Queue()
        self._going.set()
        if self._bus is None or self._writer is None:
            return
        bus, self._bus = self._bus, None
        self._writer.cancel()
        await asyncio.wait({self._writer})
        bus.disconnect()

    def managed(self) -> dict[str, dict[str, Properties]]:
        """Return a copy of all objects, as GetManagedObjects answers."""
        return {path: {name: dict(properties) for name, properties in o.items()} for path, o in self._objects.items()}

    def has(self, path: str, interface: str) -> bool:
        return interface in self._objects.get(path, {})

    def get(self, path: str, interface: str, name: str) -> Any:
        return self._objects[path][interface][name].value

    def below(self, path: str) -> list[str]:
        """Return the paths of the objects under ``path``, deepest first."""
        return sorted((p for p in self._objects if p.startswith(path + "/")), reverse=True)

    def add(self, path: str, interface: str, properties: Properties) -> None:
        self._objects.setdefault(path, {})[interface] = properties
        self._signal("/", OBJECT_MANAGER, "InterfacesAdded", "oa{sa{sv}}", [path, {interface: dict(properties)}])

    def remove(self, path: str) -> None:
        interfaces = list(self._objects.pop(path))
        self._signal("/", OBJECT_MANAGER, "InterfacesRemoved", "oas", [path, interfaces])

    def change(self, path: str, interface: str, changed: Properties, gone: tuple[str, ...] = ()) -> None:
        properties = self._objects[path][interface]
        properties.update(changed)
        for name in gone:
            properties.pop(name, None)
        self._signal(path, PROPERTIES, "PropertiesChanged", "sa{sv}as", [interface, changed, list(gone)])

    def answer(self, call: Message, signature: str = "", body: list[Any] | None = None) -> None:
        self._send(Message.new_method_return(call, signature, body or []))

    def refuse(self, call: Message, name: str, text: str) -> None:
        self._send(Message.new_error(call, name, text))

    async def hold_back(self) -> None:
        """Let nothing out any more but what was given before."""
        while self._going.is_set():
            await self._out.join()
            if self._out.empty():
                self._going.clear()

    def let_out(self) -> None:
        """Let everything out again, in order."""
        self._going.set()

    async def flushed(self) -> None:
        """Return when the bus has read everything that was given so far; at once while it is held back."""
        if self._going.is_set() and self._writer is not None and not self._writer.done():
            joined = asyncio.ensure_future(self._out.join())
            await asyncio.wait({joined, self._writer}, return_when=asyncio.FIRST_COMPLETED)
            joined.cancel()
            await self._call("GetId")

    def _signal(self, path: str, interface: str, member: str, signature: str, body: list[Any]) -> None:
        self._send(
            Message(
                message_type=MessageType.SIGNAL,
                path=path,
                interface=interface,
                member=member,
                signature=signature,
                body=body,
            )
        )

    def _send(self, message: Message) -> None:
        if self._bus is not None:  # a dead daemon says nothing
            self._out.put_nowait(message)

    async def _write(self, bus: MessageBus, out: asyncio.Queue[Message]) -> None:
        written = 0
        while True:
            message = await out.get()
            await self._going.wait()
            bus.send(message)
            out.task_done()
            written += 1
            if written % _UNPACED == 0:
                await self._call("GetId")

    async def _call(self, member: str, signature: str = "", *body: str) -> None:
        if self._bus is not None and self._bus.connected:
            name = "org.freedesktop.DBus"
            await self._bus.call(
                Message(
                    destination=name,
                    path="/org/freedesktop/DBus",
                    interface=name,
                    member=member,
                    signature=signature,
                    body=list(body),
                )
            )
