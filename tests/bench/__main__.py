"""Measures everything and writes docs/benchmarks.md: ``python -m tests.bench [--rounds N] [--out FOLDER]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.bench.beats import minutes
from tests.bench.day import measure
from tests.bench.drawing import svg
from tests.bench.five_minutes import five_minutes, goals, one_tick
from tests.bench.goals import Goal
from tests.bench.growth import LENGTHS, growth
from tests.bench.ours import LIVE_S, people
from tests.bench.report import report
from tests.bench.timing import Times, ratio, timed

PEOPLE = (8, 64)


def main() -> int:
    """Run the bench; return 0 when every goal that could be measured was met, else 1."""
    options = _options()
    _say("a day of beats")
    day = _day_goals()
    _say("five minutes, with the peers")
    times, missing = five_minutes(options.rounds)
    _say("live ticks")
    found = [*goals(times, one_tick(3 * options.rounds)), *day]
    _say("live people")
    crowd = {count: _share(count) for count in PEOPLE}
    _say("cost against length")
    cost = growth()
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "benchmarks.svg").write_text(svg(LENGTHS, cost))
    page = report(found, times, missing, cost, crowd)
    (options.out / "benchmarks.md").write_text(page)
    print(page)
    return 1 if any(goal.met is False for goal in found) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="How fast is biosync?")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--out", type=Path, default=Path("docs"))
    return parser.parse_args()


def _say(what: str) -> None:
    print(f"bench: {what} ...", file=sys.stderr, flush=True)


def _day_goals() -> list[Goal]:
    found = measure()
    times = {name: Times(tuple(found[name])) for name in ("floor", "all")}  # type: ignore[arg-type]
    share = ratio(times["all"], times["floor"])
    peak = float(found["peak_mb"])  # type: ignore[arg-type]
    return [
        Goal("24 h (106,459 beats), all indices, against the floor on them", 50, share.median, *share.spread, False),
        Goal("the same, the process' peak memory", 400, peak, None, None, False, "MB"),
    ]


def _share(count: int) -> Times:
    """Return the share of one core that ``count`` live people take, round by round."""
    seconds = []
    for _ in range(3):
        minute, length = people(count, minutes(LIVE_S))
        # A session runs once only: a minute that is fed twice would not rise in time.
        seconds.append(timed(minute, 1) / length)
    return Times(tuple(seconds))


if __name__ == "__main__":
    sys.exit(main())
