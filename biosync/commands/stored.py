"""What the commands on stored sessions share: the ledger with its errors in words, and a session in a line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from biosync.commands.ledger_start import ask_passphrase
from biosync.commands.playing import say
from biosync.commands.problems import WorkFailed
from devices.straps import in_a_line

if TYPE_CHECKING:
    from biosync.store.ledger.kinds import StoredSession
    from biosync.store.ledger.reader import Ledger


@contextmanager
def opened() -> Iterator[Ledger]:
    """Open the ledger in biosync's home; what it can't do becomes WorkFailed with its sentence."""
    from biosync.home import home
    from biosync.store.ledger.problems import LedgerError
    from biosync.store.ledger.reader import Ledger

    try:
        ask_passphrase()
        with Ledger.open(home(), tell=say) as ledger:
            yield ledger
    except LedgerError as error:
        raise WorkFailed(str(error)) from None


def as_json(session: StoredSession) -> dict[str, Any]:
    """Return the contract's object of a session."""
    return {
        "id": session.id,
        "started": session.started,
        "duration_s": session.duration_s,
        "people": list(session.people),
        "beats": session.beats,
        "simulated": session.simulated,
        "complete": session.complete,
    }


def in_words(session: StoredSession) -> str:
    """Return when, how long, who and how many beats, and what is not as usual."""
    beats = sum(session.beats.values())
    people = ", ".join(map(in_a_line, session.people)) or "nobody"
    words = [f"{began(session)}  {lasted(session.duration_s):>8}", people]
    words.append(f"{beats} beat" if beats == 1 else f"{beats} beats")
    return "  ".join([*words, *([f"({', '.join(marks(session))})"] if marks(session) else [])])


def marks(session: StoredSession) -> list[str]:
    """Return what is not as usual about a session, in a word or two each."""
    return [
        *(["simulated"] if session.simulated else []),
        *(["still running"] if session.running else ["incomplete"] if not session.complete else []),
    ]


def began(session: StoredSession) -> str:
    """Return when the session began, in this computer's time zone."""
    return f"{datetime.fromisoformat(session.started).astimezone():%Y-%m-%d %H:%M}"


def lasted(seconds: float) -> str:
    """Return a duration as people say it."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def shows_blocks() -> bool:
    """Tell if block characters can be written to standard output."""
    try:
        "▁█".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
