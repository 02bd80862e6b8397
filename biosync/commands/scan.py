"""``biosync scan``: the heart-rate straps in range, best first."""

from __future__ import annotations

import argparse
import asyncio
import json

from biosync.commands.playing import positive
from biosync.commands.problems import WorkFailed

HELP = "list the heart-rate straps in range"
USUAL_S = 8.0


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("--seconds", type=positive, default=USUAL_S, metavar="S", help="how long (default 8)")
    parser.add_argument("--json", action="store_true", help="one JSON object a strap")


def run(args: argparse.Namespace) -> int:
    """List the straps; 1 when there is none or Bluetooth can't be used."""
    from biosync.store.ledger.straps import known_straps, wearer
    from devices.connection_words import RadioProblem
    from devices.radio import Radio

    try:
        sightings = asyncio.run(Radio().scan(args.seconds))
    except RadioProblem as problem:
        raise WorkFailed(str(problem)) from None
    known = known_straps()
    for sighting in sightings:
        record: dict[str, object] = {
            "name": sighting.name,
            "address": sighting.address,
            "rssi_dbm": sighting.rssi_dbm,
            "known": wearer(known, sighting.name, sighting.address) is not None,
        }
        print(json.dumps(record, ensure_ascii=False) if args.json else _in_words(record), flush=True)
    if not sightings:
        raise WorkFailed("no heart-rate strap is in range: wet it, wear it, and close other apps that may hold it")
    return 0


def _in_words(record: dict[str, object]) -> str:
    signal = f"{record['rssi_dbm']} dBm" if record["rssi_dbm"] is not None else "in use on this computer"
    known = ", known" if record["known"] else ""
    return f"{record['name']}  {record['address']}  {signal}{known}"
