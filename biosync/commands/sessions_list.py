"""``biosync sessions list``: a line a session; for one person, with their own figures against their own median."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
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
    drawn = _courses(ledger, sessions, person) if shows_blocks() else [""] * len(sessions)
    for session, course in zip(sessions, drawn, strict=True):
        print(f"{session.id}{course}  {in_words(session)}")
        if session.id in trends:
            print(f"    {trends[session.id]}")
    for sentence in _over_weeks(ledger, sessions, person) if person is not None else ():
        print(sentence)


def _courses(ledger: Ledger, sessions: list[StoredSession], person: str | None) -> list[str]:
    """Return the course of the heart rate in each session as a line of blocks; dots where somebody in it keeps
    theirs."""
    from biosync.store.review.listed import shown_courses
    from biosync.store.summaries import COURSE_PARTS, blocks

    shown = shown_courses(ledger, sessions, ledger.all_consents(), person)
    return [f"  {'·' * COURSE_PARTS if course is None else blocks(course)}" for course in shown]


def _trends(ledger: Ledger, sessions: list[StoredSession], person: str) -> dict[str, str]:
    """Return by session how the person's figures stand against their own median; only for the latest ones. Made-up
    hearts count apart."""
    from biosync.store.review.own_figures import own_figures
    from biosync.store.summaries import LATEST_SESSIONS, trend

    found: dict[str, str] = {}
    for simulated in (False, True):
        alike = [one for one in sessions if (person in one.made_up) == simulated][-LATEST_SESSIONS:]
        found.update(zip((one.id for one in alike), trend(own_figures(ledger, alike, person)), strict=True))
    return found


def _over_weeks(ledger: Ledger, sessions: list[StoredSession], person: str) -> Iterator[str]:
    """Give what can be told over weeks of how soon the person comes back alone; of made-up hearts apart."""
    from biosync.store.kept_summaries import figures
    from biosync.store.summaries import LATEST_SESSIONS

    for made_up in (False, True):
        alike = [one for one in sessions if (person in one.made_up) == made_up][-LATEST_SESSIONS:]
        if any(one.recovery_s is not None for one in figures(ledger, alike, person)):
            from biosync.commands.recovery_words import in_words
            from biosync.store.review.trends import trends  # SciPy's statistics take a while to come

            yield in_words(trends(ledger, person, made_up=made_up))
