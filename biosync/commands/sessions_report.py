"""``biosync sessions report``: one session, or one person's part of it, as a page to hand over."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from biosync.commands.playing import say
from biosync.commands.problems import WorkFailed
from biosync.commands.stored import opened

if TYPE_CHECKING:
    from biosync.preferences import Language

HELP = "write a session as a page to hand over (PDF)"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the action's arguments."""
    parser.add_argument("id", metavar="ID", help="the session's id, or how it begins")
    parser.add_argument("--person", metavar="NAME", help="this person's page alone, and no figure of the others")
    parser.add_argument("-o", "--output", metavar="FILE", help="where to; by default biosync-ID.pdf in this folder")
    language = "en or de; by default as in the window: what is set there, else the system's"
    parser.add_argument("--language", choices=("en", "de"), metavar="LANGUAGE", help=language)
    parser.add_argument("--force", action="store_true", help="overwrite FILE")


def run(args: argparse.Namespace) -> int:
    """Write the report."""
    from biosync.clock import utc_now
    from biosync.store.exporting import ExportProblem, save_bytes
    from biosync.store.review.permission import why_kept
    from biosync.store.review.reported import reported
    from biosync.system_libraries import sentence

    if missing := sentence():
        raise WorkFailed(missing)
    with opened() as ledger:
        session = ledger.session(args.id)
        report = reported(ledger, session, args.person)
    from biosync.gui.languages.speaking import spoken_in
    from biosync.gui.report.pdf import report_pdf, without_screen

    application = without_screen()
    path = Path(args.output or file_name(session.id, args.person))
    with spoken_in(args.language or _language_set()):
        pdf = report_pdf(report, utc_now())
    try:
        save_bytes(pdf, path, overwrite=args.force)
    except ExportProblem as problem:
        raise WorkFailed(str(problem)) from None
    del application
    say(f"Written to {path}.")
    if report.kept:
        say(f"{why_kept(report.kept)}.")
    return 0


def _language_set() -> Language:
    """Return the window's language, and say what of the settings could not be read."""
    from biosync.home import home
    from biosync.preferences import load

    found, problem = load(home())
    if problem:
        say(problem)
    return found.language


def file_name(id: str, person: str | None) -> str:
    """Return what the file is called where nobody named it."""
    whose = re.sub(r"[^\w-]+", "-", person or "").strip("-")
    return f"biosync-{id}-{whose}.pdf" if whose else f"biosync-{id}.pdf"
