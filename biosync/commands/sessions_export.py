"""``biosync sessions export``: one session as a file, or one person's part of it alone."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from biosync.commands.playing import say
from biosync.commands.problems import WorkFailed
from biosync.commands.stored import opened

HELP = "write a session, or one person's part of it, to a file"
FORMATS = ("rr", "csv", "jsonl")
_BY_ENDING = {".txt": "rr", ".rr": "rr", ".csv": "csv", ".jsonl": "jsonl", ".json": "jsonl"}


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the action's arguments."""
    parser.add_argument("id", metavar="ID", help="the session's id, or how it begins")
    parser.add_argument("--format", choices=FORMATS, help="by default what FILE ends with, else csv")
    parser.add_argument("--person", metavar="NAME", help="this person alone, and nothing of the others")
    parser.add_argument("--output", metavar="FILE", help="where to; by default standard output")
    parser.add_argument("--force", action="store_true", help="overwrite FILE")


def run(args: argparse.Namespace) -> int:
    """Export the session."""
    from biosync.store.exporting import EXPORTS, ExportProblem, check_people, content_of, save
    from biosync.store.review.permission import keep_theirs, why_kept

    export = EXPORTS[args.format or _BY_ENDING.get(Path(args.output or "").suffix.lower(), "csv")]
    try:
        with opened() as ledger:
            session = ledger.session(args.id)
            if args.person is None and (kept := keep_theirs(ledger, session)):
                raise WorkFailed(why_kept(kept))
            content = content_of(ledger, session, args.person)
            check_people(content, export)
            if args.output is None:
                told = export.write(content, sys.stdout)
            else:
                told = save(content, export, Path(args.output), overwrite=args.force)
                say(f"Written to {args.output}.")
    except ExportProblem as problem:
        raise WorkFailed(str(problem)) from None
    for sentence in told:
        say(f"{sentence}.")
    return 0
