"""``biosync sessions show``: one session with the figures of everybody in it."""

from __future__ import annotations

import argparse
import json

from biosync.commands import analyze
from biosync.commands.stored import as_json, in_words, opened

HELP = "show one session with everybody's figures"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the action's arguments."""
    parser.add_argument("id", metavar="ID", help="the session's id, or how it begins")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")


def run(args: argparse.Namespace) -> int:
    """Show the session."""
    from biosync.store.summaries import analysis_of

    with opened() as ledger:
        session = ledger.session(args.id)
        analysis = analysis_of(ledger, session)
        if args.json:
            print(json.dumps({**as_json(session), "analysis": analysis}, ensure_ascii=False, allow_nan=False))
            return 0
        print(f"{session.id}  {in_words(session)}")
        for marker in ledger.markers(session.id):
            print(f"  {marker.t:.0f} s  {marker.person or 'all'}: {marker.text}")
        for person, parts in analysis.items():
            print(f"\n{person}\n{analyze.in_words(parts)}")
    return 0
