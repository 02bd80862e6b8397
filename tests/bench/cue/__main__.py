"""``python -m tests.bench.cue [PEOPLE]``: our pacer beside the others, on both families, as docs/pacer.md shows it.

``PEOPLE`` a population (default 40; the docs' table has 200). Two processes; 200 people take about two hours of a core.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import numpy as np

from tests.bench.cue import judge
from tests.bench.cue.people import FAMILIES, KINDS, Family, Kind, life
from tests.bench.cue.rivals import RIVALS, oracle
from tests.bench.cue.session import Ours, play

WITH_RIVALS: tuple[Kind, ...] = ("ordinary", "tense")


class Case(NamedTuple):
    """One person, one way to pace."""

    kind: Kind
    family: Family
    number: int
    pacer: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it; shares 0 to 1, paces a minute, times in s."""

    case: Case
    swing: float
    expected: float
    followed: float
    below_own: float
    end_off_own: float
    below_floor_s: float
    resonance_error: float | None
    spread_holds: bool | None
    noticed_s: tuple[float, ...]
    false_alarms: int
    back_s: tuple[float, ...]
    minutes: float


def outcome(case: Case) -> Outcome:
    """Live one session and judge it."""
    person = life(case.kind, case.family, case.number)
    best = oracle(person)
    trace = play(person, Ours() if case.pacer == "biosync" else RIVALS[case.pacer]())
    noticed, false, back = judge.losses(trace)
    error, holds = judge.resonance(trace)
    return Outcome(
        case, judge.swing_share(trace, best), judge.expected_share(trace), judge.followed_share(trace),
        judge.below_own(trace), judge.end_off_own(trace), judge.below_floor(trace), error, holds,
        tuple(noticed), false, tuple(back), person.seconds / 60,
    )  # fmt: skip


def main(people: int) -> None:
    """Print the tables."""
    cases = [Case(k, f, n, "biosync") for k, f, n in product(KINDS, FAMILIES, range(people))]
    cases += [Case(k, f, n, r) for k, f, n, r in product(WITH_RIVALS, FAMILIES, range(people), RIVALS)]
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(outcome, cases, chunksize=4))
    for family in FAMILIES:
        print(f"\n**{family}**, {people} people a population\n")
        print("| people | measured | goal |\n|---|---|---|")
        for kind in KINDS:
            mine = [o for o in found if o.case[:2] == (kind, family) and o.case.pacer == "biosync"]
            print(f"| {kind} | {_ROWS[kind](mine)} | {_GOALS[kind]} |")
        goal = "error median <= 0.3; 90 % spread holds it in >= 85 %"
        print(f"| resonance found | {_resonance(found, family)} | {goal} |")
        print("\n| swing, median (worst tenth); followed, mean | ordinary | tense |\n|---|---|---|")
        for pacer in ("biosync", *RIVALS):
            cells = [_beside([o for o in found if o.case[:2] == (k, family) and o.case.pacer == pacer])
                     for k in WITH_RIVALS]  # fmt: skip
            print(f"| {pacer} | {' | '.join(cells)} |")


def _at(values: list[float], share: float) -> float:
    return float(np.sort(values)[min(len(values) - 1, int(share * len(values)))]) if values else float("nan")


def _percent(values: list[float], share: float | None = None) -> str:
    """Return the mean, or the value below which ``share`` of all lie, in percent."""
    return f"{100 * (float(np.mean(values)) if share is None else _at(values, share)):.0f} %"


def _swing(found: list[Outcome]) -> str:
    swings = [o.swing for o in found]
    return f"swing {_percent(swings, 0.5)} (worst tenth {_percent(swings, 0.1)})"


def _ordinary(found: list[Outcome]) -> str:
    quiet = [o.expected for o in found if not np.isnan(o.expected)]
    without = f"without noise {_percent(quiet, 0.5)} ({_percent(quiet, 0.1)})"
    return f"{_swing(found)}; {without}; followed {_percent([o.followed for o in found])}"


def _floor(found: list[Outcome]) -> str:
    times = [o.below_floor_s for o in found]
    longest = f"longest below floor - 1: {max(times):.0f} s, over a minute in {sum(t > 60 for t in times)}"
    return f"followed {_percent([o.followed for o in found])}; {longest}"


def _lapses(found: list[Outcome]) -> str:
    noticed = [s for o in found for s in o.noticed_s]
    back = [s for o in found for s in o.back_s]
    false = 10 * sum(o.false_alarms for o in found) / sum(o.minutes for o in found)
    late = f"{len(noticed)} lapses noticed after {_at(noticed, 0.5):.0f} s (90 %: {_at(noticed, 0.9):.0f} s)"
    again = f"back in lock after {_at(back, 0.5):.0f} s (90 %: {_at(back, 0.9):.0f} s)"
    return f"{late}; false alarms {false:.1f} in 10 min; {again}"


def _alone(found: list[Outcome]) -> str:
    ends, below = [o.end_off_own for o in found], [o.below_own for o in found]
    end = f"ends {_at(ends, 0.5):.1f} from their breath (90 %: {_at(ends, 0.9):.1f})"
    within = _percent([float(e <= 1) for e in ends])
    return f"{end}; within 1 in {within}; led below it by {_at(below, 0.5):.1f} (90 %: {_at(below, 0.9):.1f})"


def _resonance(found: list[Outcome], family: str) -> str:
    mine = [o for o in found if o.case.pacer == "biosync" and o.case[:2] == ("ordinary", family)]
    errors = [o.resonance_error for o in mine if o.resonance_error is not None]
    holds = [float(o.spread_holds) for o in mine if o.spread_holds is not None]
    error = f"error median {_at(errors, 0.5):.2f} (90 %: {_at(errors, 0.9):.2f})"
    return f"{len(errors)} of {len(mine)}: {error}; spread holds it in {_percent(holds)}"


def _beside(found: list[Outcome]) -> str:
    swings = [o.swing for o in found]
    return f"{_percent(swings, 0.5)} ({_percent(swings, 0.1)}); {_percent([o.followed for o in found])}"


_ROWS: dict[Kind, Callable[[list[Outcome]], str]] = {
    "ordinary": _ordinary, "tense": _ordinary, "floor": _floor, "artefacts": _ordinary, "lapses": _lapses,
    "alone": _alone,
}  # fmt: skip
_GOALS: dict[Kind, str] = {
    "ordinary": "swing >= 97 %, worst tenth >= 85 %; followed >= 95 %",
    "tense": "followed >= 90 %, swing >= 80 %",
    "floor": "followed >= 90 %; never more than 1 below the floor for over a minute",
    "artefacts": "median within 3 points of ordinary, worst tenth >= 80 %",
    "lapses": "noticed: median <= 20 s, 90 % <= 40 s; false alarms <= 1 in 10 min; back <= 60 s",
    "alone": "ends within 1 of their own breath; never led below it by more than 1",
}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
