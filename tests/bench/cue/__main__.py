"""``python -m tests.bench.cue [PEOPLE] [--keep FILE] [--minutes M] [--pacers NAME ...]``: our pacer beside the others,
on both families, as docs/pacer.md shows it.

``PEOPLE`` a population (default 40), in two processes: 200 take about 140 minutes of a core (an hour of it for the cue
that sees). With ``--keep`` what is done is kept in FILE, and the next run goes on from there; ``--minutes`` begins
nobody new after that time. What others do doesn't change with ours: ``--pacers`` runs only those, and the table shows
what is there. Every population is gone through at the same speed, so that a run which ends early has as many people in
each.
"""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import product
from pathlib import Path

from tests.bench.cue.outcome import KNOWING, ORACLE, OURS, SEEING, Outcome, Who, keep, kept, outcome, pacers
from tests.bench.cue.people import FAMILIES, KINDS
from tests.bench.cue.rivals import RIVALS
from tests.bench.cue.tables import tables


def main() -> None:
    """Run, and print the tables."""
    everybody = (OURS, SEEING, ORACLE, KNOWING, *RIVALS)
    wish = argparse.ArgumentParser(prog="python -m tests.bench.cue")
    wish.add_argument("people", nargs="?", type=int, default=40)
    wish.add_argument("--keep", type=Path)
    wish.add_argument("--minutes", type=float, default=1e6)
    wish.add_argument("--pacers", nargs="+", choices=everybody, default=everybody)
    args = wish.parse_args()
    found = list(kept(args.keep)) if args.keep else []
    done = {(each.who, each.pacer) for each in found}
    people = [Who(kind, family, n) for n, kind, family in product(range(args.people), KINDS, FAMILIES)]
    tasks = [(who, pacer) for who in people for pacer in pacers(who.kind) if pacer in args.pacers]
    with ProcessPoolExecutor(2) as pool:
        work = partial(_unless_late, time.time() + 60 * args.minutes)
        for one in pool.map(work, [task for task in tasks if task not in done]):
            if one is not None:
                found.append(one)
                if args.keep:
                    keep(args.keep, one)
    print(tables(found))


def _unless_late(end: float, task: tuple[Who, str]) -> Outcome | None:
    return outcome(*task) if time.time() < end else None


if __name__ == "__main__":
    main()
