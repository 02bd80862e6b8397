"""A screen reader: what a program tells AT-SPI of its windows, as Orca would read it, with the places to click on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Self

from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus

_ACCESSIBLE, _COMPONENT = "org.a11y.atspi.Accessible", "org.a11y.atspi.Component"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_ROOT = "/org/a11y/atspi/accessible/root"
_REGISTRY = "org.a11y.atspi.Registry"
_SHOWING, _ENABLED, _CHECKED, _FOCUSED = 25, 8, 4, 12
"""The bits of AT-SPI's states that are looked at."""
_ANSWER_S = 120.0


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing on the screen: what a screen reader calls it, its role, and where it is (left, top, width, height)."""

    role: str
    name: str
    description: str
    place: tuple[int, int, int, int]
    enabled: bool
    checked: bool
    focused: bool

    @property
    def middle(self) -> tuple[int, int]:
        """Where it is clicked on."""
        left, top, width, height = self.place
        return left + width // 2, top + height // 2


class Reader:
    """Reads the screen through the accessibility bus that the session bus at ``address`` knows of."""

    def __init__(self, address: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._bus: MessageBus = self._wait(_connect(address))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *about: object) -> None:
        self.close()

    def close(self) -> None:
        """Read no more."""
        self._loop.call_soon_threadsafe(self._bus.disconnect)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def seen(self, program: str) -> list[Seen]:
        """Return everything that ``program`` shows now, from top to bottom as it tells it; nothing where it is not
        there (yet)."""
        found: list[Seen] = self._wait(self._read(program))
        return found

    def _wait(self, answer: Coroutine[Any, Any, Any]) -> Any:
        future: Future[Any] = asyncio.run_coroutine_threadsafe(answer, self._loop)
        return future.result(_ANSWER_S)

    async def _read(self, program: str) -> list[Seen]:
        for name, path in await self._children(_REGISTRY, _ROOT):
            if await self._property(name, path, _ACCESSIBLE, "Name") == program:
                return await self._below(name, path)
        return []

    async def _below(self, name: str, path: str) -> list[Seen]:
        parts = await asyncio.gather(*(self._whole(*child) for child in await self._children(name, path)))
        return [seen for part in parts for seen in part]

    async def _whole(self, name: str, path: str) -> list[Seen]:
        """Return one thing with all in it; nothing where it is not shown, or is gone meanwhile."""
        state = await self._ask(name, path, _ACCESSIBLE, "GetState")
        bits = 0 if state is None else state[0] | (state[1] << 32)
        if not bits >> _SHOWING & 1:
            return []
        role, place, called, told = await asyncio.gather(
            self._ask(name, path, _ACCESSIBLE, "GetRoleName"),
            self._ask(name, path, _COMPONENT, "GetExtents", "u", [0]),
            self._property(name, path, _ACCESSIBLE, "Name"),
            self._property(name, path, _ACCESSIBLE, "Description"),
        )
        if role is None or place is None:
            return []
        seen = Seen(role, called or "", told or "", tuple(place), bool(bits >> _ENABLED & 1),
                    bool(bits >> _CHECKED & 1), bool(bits >> _FOCUSED & 1))
        return [seen, *await self._below(name, path)]

    async def _children(self, name: str, path: str) -> list[tuple[str, str]]:
        found = await self._ask(name, path, _ACCESSIBLE, "GetChildren")
        return [(child[0], child[1]) for child in found or []]

    async def _property(self, name: str, path: str, interface: str, which: str) -> Any:
        found = await self._ask(name, path, _PROPERTIES, "Get", "ss", [interface, which])
        return None if found is None else found.value

    async def _ask(
        self, name: str, path: str, interface: str, what: str, signature: str = "", body: list[Any] | None = None
    ) -> Any:
        """Return the answer of one thing on the screen, None where it is gone."""
        answer = await self._bus.call(Message(
            destination=name, path=path, interface=interface, member=what, signature=signature, body=body or []))
        if answer is None or answer.message_type is MessageType.ERROR or not answer.body:
            return None
        return answer.body[0]


async def _connect(address: str) -> MessageBus:
    session = await MessageBus(bus_address=address).connect()
    answer = await session.call(Message(
        destination="org.a11y.Bus", path="/org/a11y/bus", interface="org.a11y.Bus", member="GetAddress"))
    assert answer is not None and answer.message_type is not MessageType.ERROR, answer
    session.disconnect()
    return await MessageBus(bus_address=answer.body[0]).connect()
