"""What comes in over one client, stamped, in order."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import NamedTuple

from bleak.backends.characteristic import BleakGATTCharacteristic

from devices.connection_words import Trouble
from devices.link import StrapInfo


class Packet(NamedTuple):
    """A value of a characteristic, and when it arrived by the listener's clock."""

    uuid: str
    payload: bytes
    t: float


class Ear:
    """``heard`` holds packets, what the strap tells about itself, and the Trouble that ended the link."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.heard: asyncio.Queue[Packet | StrapInfo | Trouble] = asyncio.Queue()
        self._now = now
        self._open = True

    def hear(self, characteristic: BleakGATTCharacteristic, payload: bytearray) -> None:
        """Take a notification: stamped here, before anything else can delay it."""
        self.take(characteristic.uuid, payload)

    def take(self, uuid: str, payload: bytes | bytearray) -> None:
        """Take a value as arrived now."""
        if self._open:
            self.heard.put_nowait(Packet(uuid, bytes(payload), self._now()))

    def describe(self, info: StrapInfo) -> None:
        """Take what the strap has told about itself."""
        self.heard.put_nowait(info)

    def end(self, trouble: Trouble) -> None:
        """Take the news that the link is over."""
        self.heard.put_nowait(trouble)

    async def next(self, seconds: float) -> Packet | StrapInfo | Trouble | None:
        """Return what comes next; None if for ``seconds`` nothing does."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                return await self.heard.get()
        # Where something is there all the same, it was this program that stood still, not the strap.
        return None if self.heard.empty() else self.heard.get_nowait()

    def drain(self) -> list[Packet | StrapInfo]:
        """Return what was heard but not fetched."""
        waiting = [self.heard.get_nowait() for _ in range(self.heard.qsize())]
        return [item for item in waiting if not isinstance(item, Trouble)]

    def close(self) -> list[Packet | StrapInfo]:
        """Hear no more, and return what was heard but not fetched."""
        self._open = False
        return self.drain()
