"""``biosync sessions show``: one session with the figures of everybody in it."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from biosync.commands import analyze
from biosync.commands.stored import as_json, in_words, lasted, opened

if TYPE_CHECKING:
    from biosync.store.ledger.kinds import Measured

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
        found = ledger.resonances(session.id)
        if args.json:
            resonance = {person: asdict(found[person]) if person in found else None for person in session.people}
            shown = {**as_json(session), "resonance": resonance, "analysis": analysis}
            print(json.dumps(shown, ensure_ascii=False, allow_nan=False))
            return 0
        print(f"{session.id}  {in_words(session)}")
        for marker in ledger.markers(session.id):
            print(f"  {marker.t:.0f} s  {marker.person or 'all'}: {marker.text}")
        for person, parts in analysis.items():
            print(f"\n{person}\n{analyze.in_words(parts)}")
            if person in found:
                print(f"\n{_in_words(found[person])}")
    return 0


def _in_words(found: Measured) -> str:
    """Return where a heart swings most, as people say it."""
    where = f"largest swing at {found.resonance_bpm:.1f} breaths a minute, give or take {found.resonance_sd_bpm:.1f}"
    return f"{where} (measured in the first {lasted(found.t)})"
