"""``biosync doctor``: what stands between this computer and a strap, and the one next step."""

from __future__ import annotations

import argparse
import asyncio
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from biosync.commands.doctor_forget import forget
from biosync.commands.playing import positive
from devices.straps import isolated

if TYPE_CHECKING:
    from devices.doctor_report import Report, StrapFinding

HELP = "tell what stands between this computer and a strap, and what to do"
USUAL_S = 8.0


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("--seconds", type=positive, default=USUAL_S, metavar="S", help="how long to listen (default 8)")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    instead = "forget a known strap instead: its wearer is asked again before it is used"
    parser.add_argument("--forget", metavar="NAME_OR_ADDRESS", help=instead)


def run(args: argparse.Namespace) -> int:
    """Examine, and tell, or forget a strap; 1 when no strap could be used now."""
    if args.forget is not None:
        return forget(args.forget, as_json=args.json)
    from biosync.strap_search import examine
    from devices.doctor_meeting import MEETING_S

    report = asyncio.run(examine(args.seconds, MEETING_S))
    if args.json:
        print(json.dumps(as_json(report), ensure_ascii=False), flush=True)
    else:
        print("\n".join(in_words(report)), flush=True)
    return 0 if report.verdict == "ok" else 1


def as_json(report: Report) -> dict[str, object]:
    """Return the report as the command's JSON object."""
    return {
        "verdict": report.verdict,
        "findings": [asdict(finding) for finding in report.findings],
        "straps": [asdict(strap) for strap in report.straps],
    }


def in_words(report: Report) -> list[str]:
    """Return the report in lines: what is fine, every strap, then the one cause and the one next step."""
    lines = [f"ok        {finding.why}" for finding in report.findings if finding.state == "ok"]
    lines += [_strap(strap) for strap in report.straps]
    cause = report.cause
    if cause is None:
        return [*lines, "", "Nothing stands in the way: begin with 'biosync'."]
    return [*lines, "", f"Cause: {cause.why}.", f"Next step: {cause.next_step}."]


def _strap(strap: StrapFinding) -> str:
    battery = f"battery {strap.battery_percent} %" if strap.battery_percent is not None else ""
    about = [*strap.reasons, battery, strap.why]
    if strap.state == "ok" and strap.next_step:
        about.append(strap.next_step)
    mark = "strap" if strap.state == "ok" else "not now"
    return f"{mark:<8}  {isolated(strap.label)}  {strap.address}  {', '.join(part for part in about if part)}"
