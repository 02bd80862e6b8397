"""``biosync sessions delete``: one session, or one person wholly; asked about once, and never undone."""

from __future__ import annotations

import argparse
import sys

from biosync.commands.playing import say
from biosync.commands.problems import WorkFailed, WrongUse
from biosync.commands.stored import in_words, opened

HELP = "delete a session, or a person with all that is theirs"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the action's arguments."""
    parser.add_argument("id", nargs="?", metavar="ID", help="the session's id, or how it begins")
    parser.add_argument("--person", metavar="NAME", help="this person wholly, their part in shared sessions too")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(args: argparse.Namespace) -> int:
    """Delete what was named, once the person has said yes."""
    if (args.id is None) == (args.person is None):
        raise WrongUse("sessions delete takes a session's ID, or --person NAME; one of the two")
    with opened() as ledger:
        if args.id is not None:
            session = ledger.session(args.id)
            would = ledger.would_delete_session(session.id).what
            if not _agreed(args, f"This deletes session {session.id}: {in_words(session)}. That is {would}."):
                return 0
            went = ledger.delete_session(session.id)
        else:
            theirs = [session for session in ledger.sessions() if args.person in session.people]
            if not theirs and args.person not in ledger.people():
                raise WorkFailed(f"nobody is called {args.person!r} here; names are told by: biosync sessions list")
            would = ledger.would_delete_person(args.person).what
            all_of = _all_of(args.person, [len(session.people) for session in theirs])
            if not _agreed(args, f"{all_of} That is {would}."):
                return 0
            went = ledger.delete_person(args.person)
    print(went.in_words())
    return 0


def _all_of(person: str, sizes: list[int]) -> str:
    """Return what goes with a person, of sessions with so many people each."""
    alone = sizes.count(1)
    return (
        f"This deletes {person} wholly: {_count(alone, 'session')} of their own, their part in "
        f"{_count(len(sizes) - alone, 'shared session')}, and their straps."
    )


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _agreed(args: argparse.Namespace, what: str) -> bool:
    """Say what will go, and ask once; WrongUse where nobody can be asked."""
    if args.yes:
        return True
    if not sys.stdin.isatty():
        raise WrongUse("there is nobody to ask here, so nothing was deleted; say --yes to delete without being asked")
    say(f"{' '.join(what.split())} It can't be undone.\nDelete it? [y/N]")
    if sys.stdin.readline().strip().lower() in ("y", "yes"):
        return True
    say("Nothing was deleted.")
    return False
