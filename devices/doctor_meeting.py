"""Connects to a strap for a moment, to learn what it is and if its beats come; nothing of them is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from devices.connection_words import RadioProblem
from devices.doctor_facts import Meeting
from devices.link import LinkChange

MEETING_S = 12.0


class Listening(Protocol):
    """The radio, as far as a meeting needs it."""

    async def listen(
        self,
        address: str,
        *,
        now: Callable[[], float],
        on_data: Callable[[str, bytes, float], None],
        on_state: Callable[[LinkChange], None],
    ) -> None:
        """Keep the strap connected until cancelled."""


async def meet(radio: Listening, address: str, seconds: float = MEETING_S, *, beats: bool = True) -> Meeting:
    """Return what the strap at ``address`` tells within ``seconds``; then it is let go.

    ``beats``: wait for its first packet too, not only for what it tells about itself. Bluetooth that can't be used
    any more ends it as "gone".
    """
    told: list[LinkChange] = []
    enough = asyncio.Event()

    def on_state(change: LinkChange) -> None:
        told.append(change)
        if change.info is not None and (not beats or change.state in ("live", "weak", "hr_only")):
            enough.set()

    listening = asyncio.create_task(
        radio.listen(address, now=asyncio.get_running_loop().time, on_data=lambda *_: None, on_state=on_state)
    )
    waiting = asyncio.create_task(enough.wait())
    try:
        await asyncio.wait({listening, waiting}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        return _meeting(told)
    finally:
        waiting.cancel()
        listening.cancel()
        await asyncio.wait({listening})
        if not listening.cancelled() and not isinstance(error := listening.exception(), RadioProblem | None):
            raise error


def _meeting(told: list[LinkChange]) -> Meeting:
    """Return the last state that says something: while an attempt is made, what the last one ended in."""
    info = next((change.info for change in reversed(told) if change.info is not None), None)
    battery = next((c.battery_percent for c in reversed(told) if c.battery_percent is not None), None)
    saying = [change for change in told if change.state != "connecting"]
    last = saying[-1] if saying else told[-1]
    return Meeting(last.state, last.why, info, battery)
