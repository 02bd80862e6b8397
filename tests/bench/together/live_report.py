"""What was seen live, as a table for docs/together.md."""

from __future__ import annotations

import math

import numpy as np

from tests.bench.together.generators import GENERATORS
from tests.bench.together.live import LIVE_CASES, Course, Courses
from tests.bench.together.report import MET, MISSED
from tests.bench.together.wilson import Rate

MOST_FALSE, FIRST_S, LIT_AFTER = 0.05, 150.0, 0.70


def report(found: Courses) -> list[str]:
    """Return the lines of the table."""
    head = "| session | generator | ever lit | first lit, median | lit, of the time | lit after | verdict in the end "
    rows = [
        f"| {case.title} | {name} | {_figures(found[case.name, name])} | {verdict(case.null, found[case.name, name])} |"
        for case in LIVE_CASES
        for name in GENERATORS
        if (case.name, name) in found
    ]
    goals = f"Goals: nothing shared: ever lit in ≤ {100 * MOST_FALSE:g} %; 2 bpm: first lit at a median of "
    goals += f"≤ {FIRST_S:g} s, and lit for ≥ {100 * LIT_AFTER:g} % of the time after."
    head += "| p < 0.05 at one look | a leader named | |"
    return ["### Live, ten minutes\n", head, "|---" * 10 + "|", *rows, "", goals, ""]


def verdict(null: bool, courses: list[Course]) -> str:
    """Say if the goals were met."""
    ever = _ever(courses)
    if not null:
        return MET if _median_first(courses) <= FIRST_S and _after(courses) >= LIT_AFTER else MISSED
    if ever.share <= MOST_FALSE:
        return MET
    return "within the interval" if ever.interval[0] <= MOST_FALSE else MISSED


def _figures(courses: list[Course]) -> str:
    median = _median_first(courses)
    evidence = Rate(sum(course.in_step for course in courses), len(courses))
    cells = [
        str(_ever(courses)),
        "never" if math.isinf(median) else f"{median:.0f} s",
        f"{100 * float(np.mean([course.lit for course in courses])):.1f} %",
        f"{100 * _after(courses):.0f} %",
        str(evidence),
        f"{100 * float(np.mean([course.single for course in courses])):.1f} %",
        f"{100 * float(np.mean([course.led for course in courses])):.1f} %",
    ]
    return " | ".join(cells)


def _ever(courses: list[Course]) -> Rate:
    return Rate(sum(course.first_s is not None for course in courses), len(courses))


def _median_first(courses: list[Course]) -> float:
    """Return the median time (s) of first being lit; sessions in which it never was count as later than all."""
    return float(np.median([math.inf if course.first_s is None else course.first_s for course in courses]))


def _after(courses: list[Course]) -> float:
    """Return for what share of the time from its first light on the lamp is lit, mean over sessions that had one."""
    return float(np.mean([course.lit_after for course in courses if course.first_s is not None] or [0.0]))
