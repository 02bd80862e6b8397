"""A session that is over as the entries of the ledger."""

from __future__ import annotations

import sys
from datetime import UTC

from biosync.events import End, Session
from biosync.store.ledger.entries import Entries
from biosync.store.ledger.recovery import CUT_OFF
from biosync.store.past_session import PastSession


def entries_of(session: PastSession, beats: dict[str, int]) -> Entries:
    """Return the entries of ``session``, in which everybody had so many ``beats``."""
    entries = Entries(session.members, session.groups, sys.maxsize)
    started = f"{session.started.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    entries.add(Session(0.0, "", started, tuple(member.name for member in session.members), session.simulated))
    for ticks, event in session.with_ticks():
        entries.ticks = ticks
        entries.add(event)
    entries.ticks = session.ticks
    entries.beats.update(beats)
    entries.add(End(session.duration_s, beats, None))
    if not session.complete:
        entries.state = CUT_OFF
    return entries
