"""Plays whole sessions for tests: as fast as the machine can, events collected."""

from __future__ import annotations

import asyncio

from biosync.casting import cast, parts
from biosync.events import Event
from biosync.run import LiveSession
from biosync.sources import parse


def play(*sources: str, seconds: float = 60.0, each: bool = False, snapshots: bool = False) -> list[Event]:
    """Return every event of a session with these sources."""
    seen: list[Event] = []
    people = cast(parts([parse(source) for source in sources]), each=each)
    session = LiveSession(people, seconds=seconds, speed=None, sinks=[seen.append], snapshots=snapshots)
    asyncio.run(session.run())
    return seen
