"""Runs the cases on all generators and prints the tables: ``python -m tests.bench.together [--quick]``."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator

from tests.bench.together import groups, judge, live, live_report, report, scenarios, speed
from tests.bench.together.cases import CASES
from tests.bench.together.generators import GENERATORS

QUICK = judge.Counts(100, 100, 100, 20)
QUICK_SESSIONS = 10
QUICK_SEEDS = 2


def main() -> int:
    """Run what is asked for; return 0 when every goal was met, else 1."""
    options = _options()
    begin = time.monotonic()
    missed = False
    for part in _parts(options):
        print(part, flush=True)
        missed |= report.MISSED in part
    print(f"\nseed {options.seed}; {time.monotonic() - begin:.0f} s on {options.processes} processes", flush=True)
    return 1 if missed else 0


def _parts(options: argparse.Namespace) -> Iterator[str]:
    """Give the parts of the report as they are done."""
    quick, sources, seed, processes = options.quick, options.generators, options.seed, options.processes
    counts = QUICK if quick else judge.Counts(options.null, options.coupled, options.others, options.slow)
    if options.cases:
        work = judge.jobs(options.cases, sources, counts, seed)
        yield report.report(judge.run(work, processes))
    if options.live:
        sessions = (QUICK_SESSIONS, QUICK_SESSIONS) if quick else (options.null_sessions, options.coupled_sessions)
        yield "\n".join(live_report.report(live.run(sources, *sessions, seed, processes)))
    if options.groups:
        yield "\n".join(groups.report(groups.run(sources, counts.null // 4, seed, processes)))
    if options.scenarios:
        seeds = QUICK_SEEDS if quick else options.scenarios
        yield "\n".join(scenarios.report(scenarios.run(seeds, processes)))
    if options.speed:
        yield "\n".join(speed.report())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.together", description="How often is it right?")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK.null} pairs a case")
    parser.add_argument("--null", type=int, default=1000, help="pairs a case in which nothing is shared")
    parser.add_argument("--coupled", type=int, default=300, help="pairs a case in which something is")
    parser.add_argument("--others", type=int, default=300, help="of these, pairs that other methods judge")
    parser.add_argument("--slow", type=int, default=100, help="of these, pairs that their slow methods judge")
    parser.add_argument("--null-sessions", type=int, default=150, help="live sessions in which nothing is shared")
    parser.add_argument("--coupled-sessions", type=int, default=50, help="live sessions in which something is")
    parser.add_argument("--cases", nargs="*", choices=[c.name for c in CASES], default=[c.name for c in CASES])
    parser.add_argument("--generators", nargs="*", choices=list(GENERATORS), default=list(GENERATORS))
    parser.add_argument("--scenarios", type=int, default=10, help="seeds of each of the demo's scenarios; 0: none")
    parser.add_argument("--no-live", dest="live", action="store_false")
    parser.add_argument("--no-groups", dest="groups", action="store_false")
    parser.add_argument("--no-speed", dest="speed", action="store_false")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
