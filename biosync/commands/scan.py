"""``biosync scan``: the heart-rate straps in range, best first."""

from __future__ import annotations

import argparse
import asyncio
import json
from typing import TYPE_CHECKING

from biosync.commands.playing import positive
from biosync.commands.problems import WorkFailed
from devices.straps import isolated

if TYPE_CHECKING:
    from devices.straps_in_range import FoundStrap

HELP = "list the heart-rate straps in range"
USUAL_S = 8.0


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("--seconds", type=positive, default=USUAL_S, metavar="S", help="how long (default 8)")
    parser.add_argument("--json", action="store_true", help="one JSON object a strap")


def run(args: argparse.Namespace) -> int:
    """List the straps; 1 when there is none or Bluetooth can't be used."""
    from biosync.strap_search import look_for
    from devices.connection_words import RadioProblem

    try:
        straps = asyncio.run(look_for(args.seconds))
    except RadioProblem as problem:
        raise WorkFailed(str(problem)) from None
    for strap in straps:
        print(json.dumps(_record(strap), ensure_ascii=False) if args.json else _in_words(strap), flush=True)
    if not straps:
        raise WorkFailed("no heart-rate strap is in range: wet it, wear it, and close other apps that may hold it")
    return 0


def _record(strap: FoundStrap) -> dict[str, object]:
    return {
        "name": strap.name,
        "address": strap.address,
        "rssi_dbm": strap.rssi_dbm,
        "known": strap.known,
        "person": strap.person,
        "worn": strap.worn,
        "reasons": list(strap.reasons),
    }


def _in_words(strap: FoundStrap) -> str:
    heard = f"{strap.rssi_dbm} dBm" if strap.rssi_dbm is not None else ""
    return "  ".join(part for part in (isolated(strap.name), strap.address, heard, ", ".join(strap.reasons)) if part)
