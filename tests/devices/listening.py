"""Listens to emulated straps in a test: keeps what came, and waits for what shall come."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from devices.heart_rate import MEASUREMENT
from devices.link import LinkChange, Timing
from devices.radio import Radio

PATIENCE_S = 40.0
"""A busy machine may take long; a test that fails waits so long in vain."""
QUICK = Timing(
    start_s=2.0,
    slice_s=0.2,
    search_s=0.3,
    connect_s=0.4,
    answer_s=0.5,
    read_s=0.3,
    silence_s=0.4,
    let_go_s=0.5,
    settle_s=0.0,
    backoff_s=(0.01, 0.05),
    hear_s=0.05,
    full_s=0.3,
)
"""As the radio's own, about 20 times as fast."""
PATIENT = Timing(silence_s=30.0, slice_s=0.2, backoff_s=(0.01, 0.05), hear_s=0.05)
"""For tests that send nothing for a while."""


@dataclass
class Heard:
    """What one strap gave; ``t`` counts the arrivals. ``changed`` is set by whatever is new."""

    data: list[tuple[str, bytes, float]] = field(default_factory=list)
    changes: list[LinkChange] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    ticks: Callable[[], int] = field(default_factory=lambda: itertools.count().__next__)

    def now(self) -> float:
        return float(self.ticks())

    def take_data(self, uuid: str, payload: bytes, t: float) -> None:
        self.data.append((uuid, payload, t))
        self.changed.set()

    def take_state(self, change: LinkChange) -> None:
        self.changes.append(change)
        self.changed.set()

    @property
    def packets(self) -> list[bytes]:
        return [payload for uuid, payload, _ in self.data if uuid == MEASUREMENT]

    @property
    def states(self) -> list[str]:
        """The states, one after another without repeats."""
        return [state for state, _ in itertools.groupby(change.state for change in self.changes)]

    @property
    def last(self) -> LinkChange:
        return self.changes[-1]

    async def until(self, holds: Callable[[Heard], bool]) -> None:
        """Return as soon as ``holds`` is true; TimeoutError with what was heard if it never is."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while not (self.changes and holds(self)):
                    self.changed.clear()
                    await self.changed.wait()
        except TimeoutError:
            raise AssertionError(f"waited in vain; states {self.states}, {len(self.packets)} packets") from None

    async def until_state(self, state: str, after: int = 0) -> None:
        """Wait for ``state`` in a change later than the first ``after`` ones."""
        await self.until(lambda heard: any(change.state == state for change in heard.changes[after:]))

    async def until_packets(self, count: int) -> None:
        await self.until(lambda heard: len(heard.packets) >= count)


async def until(holds: Callable[[], bool]) -> None:
    """Return as soon as ``holds``, asked again and again, is true: for what the emulated service can tell."""
    async with asyncio.timeout(PATIENCE_S):
        while not holds():
            await asyncio.sleep(0)


@asynccontextmanager
async def listening(address: str, radio: Radio | None = None, timing: Timing = QUICK) -> AsyncIterator[Heard]:
    """Listen to ``address`` inside the block; afterwards the strap has been let go."""
    heard = Heard()
    task = asyncio.create_task(
        (radio or Radio(timing=timing)).listen(
            address, now=heard.now, on_data=heard.take_data, on_state=heard.take_state
        )
    )
    try:
        yield heard
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
