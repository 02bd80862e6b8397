"""``biosync sessions import``: a recording of any known format becomes a session."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from biosync.commands.playing import say
from biosync.commands.problems import WorkFailed, WrongUse
from biosync.commands.stored import began, lasted, opened

HELP = "store a recording as a session"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the action's arguments."""
    parser.add_argument("file", metavar="FILE", help="RR text, CSV, FIT or biosync's JSON lines, plain or .gz")
    parser.add_argument("--person", metavar="NAME", help="whose it is; of several in the file, who alone is stored")
    parser.add_argument("--started", type=_moment, metavar="TIME", help="when it began, such as '2026-05-31 18:30'")


def run(args: argparse.Namespace) -> int:
    """Store the recording, wholly or not at all."""
    from biosync.clock import utc_now
    from biosync.store.importing import read_import
    from biosync.store.recording import RecordingError

    person = None if args.person is None else " ".join(args.person.split())
    if person == "":
        raise WrongUse("--person takes a name, such as --person Ana")
    try:
        found = read_import(Path(args.file), person, args.started, utc_now())
    except RecordingError as error:
        raise WorkFailed(str(error)) from None
    with opened() as ledger:
        same = next((one for one in ledger.sessions() if found.same_as(one)), None)
        if same is not None:
            raise WorkFailed(f"{args.file}: it is stored already, as session {same.id}; nothing was stored")
        session = ledger.session(ledger.store_session(found.session, found.beats))
    for sentence in found.told:
        say(sentence)
    who = ", ".join(f"{count} {'beat' if count == 1 else 'beats'} of {name}" for name, count in session.beats.items())
    print(f"Stored as session {session.id}: {began(session)}, {lasted(session.duration_s)}, {who}.")
    return 0


def _moment(text: str) -> datetime:
    """Return a date and time, in this computer's time zone where it names none."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(f"{text!r} is no date and time; write it as '2026-05-31 18:30'") from None
