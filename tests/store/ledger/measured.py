"""Stores sessions in which a resonance was measured, without living them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from biosync.engine import Member
from biosync.events import Beat, End, Event, Interval, ResonanceMeasured, Session
from biosync.store.ledger.writer import LedgerStore

STARTED = "2026-01-01T12:00:00Z"


def session(
    home: Path, id: str, member: Member, bpm: float, sd_bpm: float = 0.25, started: str = STARTED
) -> None:
    """Store a session of ``member``, alone, in which their resonance was measured as this."""
    early = ResonanceMeasured(300.0, member.name, bpm + 0.1, 0.5)
    late = ResonanceMeasured(400.0, member.name, bpm, sd_bpm)
    store(home, id, [member], [(member.name,)], [early, late], started)


def store(
    home: Path,
    id: str,
    members: list[Member],
    groups: list[tuple[str, ...]],
    events: Sequence[Event | Member],
    started: str = STARTED,
) -> None:
    """Store a session of ``members`` with a beat each and ``events``."""
    told: list[str] = []
    kept = LedgerStore(home, id, members, groups, told.append)
    simulated = any(one.origin == "simulated" for one in members)
    kept(Session(0.0, id, started, tuple(one.name for one in members), simulated))
    for one in members:
        kept(Interval(1.0, one.name, (900.0,)))
        kept(Beat(1.0, one.name, 900.0, "normal", 1.0, 0.0))
    for event in events:
        kept(event)
    kept(End(600.0, {one.name: 1 for one in members}, None))
    kept.close()
    assert kept.kept, told
