"""What is pushed into a running session, until it is its turn."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque

from biosync.engine import Member
from biosync.events import Raw


class Inbox:
    """Keeps the order in which things were handed on. It belongs to the session's own loop."""

    def __init__(self) -> None:
        self._waiting: deque[Raw | Member] = deque()
        self._news = asyncio.Event()

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def put(self, event: Raw | Member) -> None:
        """Hand on what has happened."""
        self._waiting.append(event)
        self._news.set()

    def take(self, until_t: float | None = None) -> Raw | Member | None:
        """Return the next, None if there is none, or if it happened after ``until_t`` (s)."""
        if not self._waiting:
            return None
        event = self._waiting[0]
        if until_t is not None and not isinstance(event, Member) and event.t > until_t:
            return None
        return self._waiting.popleft()

    def wake(self) -> None:
        """Let whoever waits for news look at something else."""
        self._news.set()

    async def news(self, at_most_s: float) -> None:
        """Wait for the next ``put`` or ``wake``, so many seconds at most."""
        self._news.clear()
        with contextlib.suppress(TimeoutError):  # no news is the ordinary case
            async with asyncio.timeout(at_most_s):
                await self._news.wait()
