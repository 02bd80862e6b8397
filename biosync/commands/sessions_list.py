"""``biosync sessions list``: a line a session; for one person, with their own figures against their own median."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from biosync.commands.stored import as_json, in_words, opened, shows_blocks

if TYPE_CHECKING:
    from biosync.store.ledger.kinds import StoredSession
    from biosync.store.ledger.reader import Ledger

HELP = "list the sessions, oldest first"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the action's arguments."""
    parser.add_argument("--person", metavar="NAME", help="only theirs, each against their own median")
    parser.add_argument("--json", action="store_true", help="one JSON array on standard output")


def run(args: argparse.Namespace) -> int:
    """List the sessions; none is no error."""
    with opened() as ledger:
        sessions = [one for one in ledger.sessions() if args.person is None or args.person in one.people]
        if args.json:
            print(json.dumps([as_json(one) for one in sessions], ensure_ascii=False))
        elif not sessions:
            print("No sessions yet." if args.person is None else f"No sessions of {args.person} yet.")
        else:
            _print(ledger, sessions, args.person)
    return 0


def _print(ledger: Ledger, sessions: list[StoredSession], person: str | None) -> None:
    trends = _trends(ledger, sessions, person) if person is not None else {}
    for session in sessions:
        drawn = f"  {_course(ledger, session, person)}" if shows_blocks() else ""
        print(f"{session.id}{drawn}  {in_words(session)}")
        if session.id in trends:
            print(f"    {trends[session.id]}")


def _course(ledger: Ledger, session: StoredSession, person: str | None) -> str:
    """Return the course of the heart rate as a line of blocks."""
    from biosync.store.summaries import blocks, heart_rate_course

    people = session.people if person is None else (person,)
    return blocks(heart_rate_course([ledger.recording(session.id, name) for name in people]))


def _trends(ledger: Ledger, sessions: list[StoredSession], person: str) -> dict[str, str]:
    """Return by session how the person's figures stand against their own median; only for the latest ones. Made-up
    hearts count apart."""
    from biosync.store.summaries import LATEST_SESSIONS, figures_of, trend

    found: dict[str, str] = {}
    for simulated in (False, True):
        alike = [session for session in sessions if session.simulated == simulated][-LATEST_SESSIONS:]
        figures = [figures_of(ledger, session, person) for session in alike]
        found.update(zip((session.id for session in alike), trend(figures), strict=True))
    return found
