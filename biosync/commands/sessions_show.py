"""``biosync sessions show``: one session with the figures of everybody in it who shows them."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from biosync.commands import analyze
from biosync.commands.playing import say
from biosync.commands.problems import WorkFailed
from biosync.commands.stored import as_json, in_words, lasted, opened
from devices.straps import in_a_line

if TYPE_CHECKING:
    from biosync.events import Marker
    from biosync.store.ledger.kinds import Measured, StoredSession
    from biosync.store.ledger.reader import Ledger
    from biosync.together.course_summary import Summary

HELP = "show one session with everybody's figures"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the action's arguments."""
    parser.add_argument("id", metavar="ID", help="the session's id, or how it begins")
    parser.add_argument("--person", metavar="NAME", help="this person's figures alone")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")


def run(args: argparse.Namespace) -> int:
    """Show the session."""
    from biosync.store.review.permission import why_kept
    from biosync.store.shared_course import shared_course
    from biosync.store.summaries import analysis_of

    with opened() as ledger:
        session = ledger.session(args.id)
        kept = _kept_back(ledger, session, args.person)
        analysis = analysis_of(ledger, session, [name for name in session.people if name not in kept])
        found = {name: one for name, one in ledger.resonances(session.id).items() if name not in kept}
        together = shared_course(ledger, session, args.person)
        no_score = _without_score(ledger, session, analysis)
        if args.json:
            print(_as_json(session, analysis, no_score, found, together))
        else:
            markers = [one for one in ledger.markers(session.id) if one.person is None or one.person not in kept]
            _print(session, markers, analysis, no_score, found)
            _print_together(together)
    if kept and args.person is None:
        say(f"{why_kept(kept)}.")
    return 0


def _kept_back(ledger: Ledger, session: StoredSession, person: str | None) -> tuple[str, ...]:
    """Return whose figures are not shown to the one who asks: for ``person``, everybody else's."""
    from biosync.store.review.permission import keep_theirs

    if person is None:
        return keep_theirs(ledger, session)
    if person not in session.people:
        raise WorkFailed(f"nobody named {person!r} took part in {session.id}; there is: {', '.join(session.people)}")
    return tuple(name for name in session.people if name != person)


def _without_score(ledger: Ledger, session: StoredSession, people: Iterable[str]) -> frozenset[str]:
    """Return which of ``people`` were under 16."""
    from biosync.store.review.permission import without_score

    consents = {session.id: ledger.consents(session.id)}
    return frozenset(name for name in people if without_score([session], consents, name))


def _as_json(
    session: StoredSession,
    analysis: Mapping[str, Any],
    no_score: frozenset[str],
    found: Mapping[str, Measured],
    together: Summary | None,
) -> str:
    from biosync.store import shared_course
    from biosync.store.review.opened import unscored

    resonance = {person: asdict(found[person]) if person in found else None for person in session.people}
    shown_parts = {name: unscored(one) if name in no_score else one for name, one in analysis.items()}
    parts = {person: shown_parts.get(person) for person in session.people}
    shared = None if together is None else shared_course.as_json(together)
    shown = {**as_json(session), "resonance": resonance, "together": shared, "analysis": parts}
    return json.dumps(shown, ensure_ascii=False, allow_nan=False)


def _print(
    session: StoredSession,
    markers: list[Marker],
    analysis: Mapping[str, Any],
    no_score: frozenset[str],
    found: Mapping[str, Measured],
) -> None:
    from biosync.store.review.opened import told

    print(f"{session.id}  {in_words(session)}")
    for marker in markers:
        print(f"  {marker.when:.0f} s  {in_a_line(marker.person or 'all')}: {in_a_line(marker.text)}")
    for person, parts in analysis.items():
        young = person in no_score
        print(f"\n{in_a_line(person)}\n{analyze.in_words(told(parts, frozenset({'coherence'})) if young else parts)}")
        if young:
            print("\nUnder 16 there is no score.")
        if person in found:
            print(f"\n{_in_words(found[person])}")


def _print_together(together: Summary | None) -> None:
    from biosync.in_step.words import summary_in_words

    lines = [] if together is None else summary_in_words(together)
    if lines:
        print("\ntogether")
    for line in lines:
        print(f"  {line}")


def _in_words(found: Measured) -> str:
    """Return where a heart swings most, as people say it."""
    where = f"largest swing at {found.resonance_bpm:.1f} breaths a minute, give or take {found.resonance_sd_bpm:.1f}"
    return f"{where} (measured in the first {lasted(found.t)})"
