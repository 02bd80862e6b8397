"""The installed command as a process, in the guest: its JSON lines, each stamped as it comes."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.uml.heard import Heard

COMMAND = Path(sys.executable).with_name("biosync")
_LINE_LIMIT = 1 << 20


class Program:
    """``biosync`` with ``arguments``; its standard error goes to ``errors``."""

    def __init__(self, arguments: list[str], errors: Path) -> None:
        self.heard = Heard()
        self.started_at = time.monotonic()
        self._arguments = arguments
        self._errors = errors
        self._news = asyncio.Event()
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start it and read what it says."""
        with self._errors.open("ab") as errors:
            self._process = await asyncio.create_subprocess_exec(
                COMMAND, *self._arguments, stdout=asyncio.subprocess.PIPE, stderr=errors,
                stdin=asyncio.subprocess.DEVNULL, limit=_LINE_LIMIT,
            )  # fmt: skip
        self._reading = asyncio.create_task(self._read())

    async def until(self, holds: Callable[[Heard], bool], patience_s: float) -> None:
        """Return as soon as ``holds``; AssertionError if it does not within ``patience_s`` or the program ends."""
        assert self._reading is not None
        try:
            async with asyncio.timeout(patience_s):
                while not holds(self.heard):
                    if self._reading.done():
                        self._reading.result()
                        raise AssertionError("biosync ended while it was waited for")
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            last = {link.person: link.state for link in self.heard.links}
            raise AssertionError(f"waited {patience_s:g} s in vain; the links: {last}") from None

    async def ended(self, patience_s: float) -> int:
        """Wait until it has ended by itself; return its exit code."""
        assert self._process is not None and self._reading is not None
        async with asyncio.timeout(patience_s):
            await self._reading
            return await self._process.wait()

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send it a signal and return its exit code."""
        assert self._process is not None
        self._process.send_signal(number)
        return await self.ended(30.0)

    async def _read(self) -> None:
        assert self._process is not None and self._process.stdout is not None
        try:
            async for line in self._process.stdout:
                self.heard.take(json.loads(line), time.monotonic())
                self._news.set()
        finally:
            self._news.set()
