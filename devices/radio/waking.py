"""Notices that this computer (or only this program) was asleep: afterwards no link can be trusted."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator

_LOOKS_A_SLEEP = 5


class Waking:
    """Looks at ``clock`` several times in ``slept_s`` seconds; when it has jumped by more, there was a sleep."""

    def __init__(self, clock: Callable[[], float], slept_s: float) -> None:
        self._clock = clock
        self._slept_s = slept_s
        self._told: list[Callable[[], None]] = []
        self._watch: asyncio.Task[None] | None = None

    @property
    def awaited(self) -> bool:
        """Whether anybody is to be told."""
        return bool(self._told)

    @contextlib.contextmanager
    def told(self, wake: Callable[[], None]) -> Iterator[None]:
        """Call ``wake`` after every sleep inside the block."""
        self._told.append(wake)
        if self._watch is None:
            self._watch = asyncio.create_task(self._look())
        try:
            yield
        finally:
            self._told.remove(wake)
            if not self._told:
                self._watch.cancel()
                self._watch = None

    async def _look(self) -> None:
        last = self._clock()
        while True:
            await asyncio.sleep(self._slept_s / _LOOKS_A_SLEEP)
            last, before = self._clock(), last
            if last - before > self._slept_s:
                for wake in list(self._told):
                    wake()
