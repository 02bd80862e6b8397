"""A connection that lasts as long as a test wants, for an adapter that is no emulated one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Connects:
    """As much of bleak's client as an adapter sees of it: once it ``may``, it does ``then``, and is connected."""

    def __init__(self, then: Callable[[], object] = lambda: None) -> None:
        self.may = asyncio.Event()
        self._then = then

    async def connect(self) -> None:
        await self.may.wait()
        self._then()
