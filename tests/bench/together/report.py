"""What was counted, as tables for docs/together.md: ours beside the goals, then everybody on the same pairs."""

from __future__ import annotations

import numpy as np
from scipy.stats import kstest

from tests.bench.together import ours, peers
from tests.bench.together.cases import CASES, Case, Goal
from tests.bench.together.generators import GENERATORS
from tests.bench.together.judge import Tallies, Tally
from tests.bench.together.wilson import Rate

MISSED, MET = "**missed**", "met"
_WORDS = {"found": "found", "right": "right leader", "wrong": "wrong leader", "unsure": "cannot tell",
          "named": "a leader named"}  # fmt: skip


def report(found: Tallies) -> str:
    """Return all tables."""
    parts = (_ours, _intervals, _p_values, _all, _notes)
    return "\n".join(line for part in parts for line in [*part(found), ""])


def _cases(found: Tallies) -> list[Case]:
    judged = {case for case, _, _ in found}
    return [case for case in CASES if case.name in judged]


def _sources(found: Tallies) -> list[str]:
    judged = {source for _, source, _ in found}
    return [name for name in GENERATORS if name in judged]


def _ours(found: Tallies) -> list[str]:
    sources = _sources(found)
    head = "| case | what | goal | " + " | ".join(GENERATORS[name].title for name in sources) + " | |"
    rows = [row for case in _cases(found) for row in _rows(case, found)]
    return ["### Ours, with 95 % intervals\n", head, "|---" * (len(sources) + 4) + "|", *rows]


def _rows(case: Case, found: Tallies) -> list[str]:
    tallies = [found[case.name, name, ours.NAME] for name in _sources(found)]
    if not case.goals:
        return [_row(case, "found", "", tallies, "")]
    return [
        _row(case, goal.what, _aim(goal), tallies, _verdict(goal, [tally.rate(goal.what) for tally in tallies]))
        for goal in case.goals
    ]


def _row(case: Case, what: str, aim: str, tallies: list[Tally], verdict: str) -> str:
    rates = " | ".join(str(tally.rate(what)) for tally in tallies)
    return f"| {case.title} | {_WORDS[what]} | {aim} | {rates} | {verdict} |"


def _aim(goal: Goal) -> str:
    side, where = "≥" if goal.at_least else "≤", "" if goal.on == "each" else f", {goal.on}"
    return f"{side} {100 * goal.limit:g} %{where}"


def _verdict(goal: Goal, rates: list[Rate]) -> str:
    """Say if the goal was met; a figure beyond it whose interval still holds it is within the interval."""
    if goal.on == "median":
        shares = sorted(rate.share for rate in rates)
        return MET if _holds(goal, float(np.median(shares))) else MISSED
    if all(_holds(goal, rate.share) for rate in rates):
        return MET
    ends = [rate.interval[1 if goal.at_least else 0] for rate in rates]
    return "within the interval" if all(_holds(goal, end) for end in ends) else MISSED


def _holds(goal: Goal, share: float) -> bool:
    return share >= goal.limit if goal.at_least else share <= goal.limit


def _intervals(found: Tallies) -> list[str]:
    """Return how often a stated interval of the lag holds the truth."""
    sources = _sources(found)
    rows = []
    for case in _cases(found):
        if case.asks == "leader":
            rates = [str(found[case.name, name, ours.NAME].rate("inside")) for name in sources]
            rows.append(f"| {case.title} | {' | '.join(rates)} |")
    if not rows:
        return []
    head = "| stated interval of the lag holds the truth | " + " | ".join(sources) + " |"
    return [head, "|---" * (len(sources) + 1) + "|", *rows]


def _p_values(found: Tallies) -> list[str]:
    """Return how p is spread where nothing is shared: shares below some levels, and a test for uniform spread."""
    rows = []
    for case in _cases(found):
        for name in _sources(found):
            p = np.array(found[case.name, name, ours.NAME].p_values)
            if case.null and case.asks != "leader" and len(p):
                shares = " | ".join(f"{100 * np.mean(p <= level):.1f} %" for level in (0.01, 0.05, 0.1, 0.5))
                rows.append(f"| {case.title} | {name} | {shares} | {kstest(p, 'uniform').pvalue:.3f} |")
    head = "| in-phase p, nothing shared | | ≤ 0.01 | ≤ 0.05 | ≤ 0.1 | ≤ 0.5 | uniform? (Kolmogorov-Smirnov p) |"
    return [head, "|---" * 7 + "|", *rows] if rows else []


def _all(found: Tallies) -> list[str]:
    methods = [ours.NAME, *peers.METHODS]
    head = "| case | | " + " | ".join(methods) + " |"
    rows = [row for case in _cases(found) for name in _sources(found) for row in _beside(case, name, methods, found)]
    title = "### Everybody on the same pairs, others on the first of them\n"
    return [title, head, "|---" * (len(methods) + 2) + "|", *rows]


def _beside(case: Case, name: str, methods: list[str], found: Tallies) -> list[str]:
    if case.asks != "leader":
        rates = " | ".join(str(found[case.name, name, m].rate("found")) for m in methods)
        return [f"| {case.title} | {name} | {rates} |"]
    cells = [
        "knows none" if m in peers.METHODS and not peers.METHODS[m].leads else _led(found[case.name, name, m])
        for m in methods
    ]
    return [f"| {case.title}: right / wrong | {name} | {' | '.join(cells)} |"]


def _led(tally: Tally) -> str:
    return f"{100 * tally.rate('right').share:.1f} / {100 * tally.rate('wrong').share:.1f} %"


def _notes(found: Tallies) -> list[str]:
    methods = [ours.NAME, *peers.METHODS]
    times = []
    for method in methods:
        tallies = [tally for (_, _, m), tally in found.items() if m == method]
        mean = sum(t.seconds for t in tallies) / sum(t.count for t in tallies)
        times.append(f"{method} {1e3 * mean:.1f} ms")
    absent = [f"{name} could not be run: {why}." for name, why in peers.MISSING.items()]
    return ["Processor time a pair, mean: " + ", ".join(times) + ".", *absent]
