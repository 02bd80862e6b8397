"""Writes what was measured as docs/benchmarks.md."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import version

import numpy as np

from tests.bench.five_minutes import FLOOR, OURS, WHOLE
from tests.bench.goals import Goal
from tests.bench.growth import LENGTHS, exponent
from tests.bench.peers import PEERS
from tests.bench.timing import Times, ratio

HEAD = """# Benchmarks

Written by `python -m tests.bench` (`make bench`). All contenders run in one process, in turn, round by round, on the
same virtual heart; figures are medians over rounds, the spread is the 10th to the 90th percentile. The floor is plain
NumPy and SciPy for the time domain and one Welch, nothing else.
"""


def report(
    goals: list[Goal], times: dict[str, Times], missing: dict[str, str], growth: dict[str, list[float]],
    people: dict[int, Times],
) -> str:  # fmt: skip
    """Return the whole page."""
    return "\n".join(
        [HEAD, _machine(), *_goals(goals), *_contenders(times, missing), *_people(people), *_growth(growth)]
    )


def _machine() -> str:
    return (
        f"Python {sys.version.split()[0]}, NumPy {np.__version__}, SciPy {version('scipy')}, "
        f"{platform.system()} {platform.machine()}.\n"
    )


def _goals(goals: list[Goal]) -> list[str]:
    head = ["## Goals\n", "| what | goal | measured | spread | |", "|---|---|---|---|---|"]
    return [*head, *[goal.row() for goal in goals], ""]


def _contenders(times: dict[str, Times], missing: dict[str, str]) -> list[str]:
    covers = {peer.name: f"{peer.covers}" for peer in PEERS} | {
        OURS: "time, frequency, nonlinear (SampEn, DFA), coherence and its history",
        WHOLE: "the same with quality and breath, as `analyze` puts it out",
        FLOOR: "time domain, one Welch",
    }
    names = {peer.name: f"{peer.name} {peer.version}" for peer in PEERS if peer.name in times}
    rows = [
        f"| {names.get(name, name)} | {covers[name]} | {1e3 * found.median:.2f} ms | "
        f"{1e3 * found.spread[0]:.2f} to {1e3 * found.spread[1]:.2f} | {ratio(found, times[OURS]).median:.2f} |"
        for name, found in sorted(times.items(), key=lambda item: item[1].median)
    ]
    head = ["## Five minutes of beats\n", "| who | what | median | spread | times biosync |", "|---|---|---|---|---|"]
    absent = [f"\n{name} could not be run here: {why}." for name, why in missing.items()]
    return [*head, *rows, *absent, ""]


def _people(people: dict[int, Times]) -> list[str]:
    rows = [
        f"| {count} | {100 * found.median:.1f} % | {100 * found.spread[0]:.1f} to {100 * found.spread[1]:.1f} |"
        for count, found in people.items()
    ]
    note = "Share of one core that the engine takes to keep up with that many people, each alone with an own cue.\n"
    return ["## Live people\n", note, "| people | of one core | spread |", "|---|---|---|", *rows, ""]


def _growth(growth: dict[str, list[float]]) -> list[str]:
    head = ["## Cost against length\n", "![Cost against the number of beats](benchmarks.svg)\n"]
    titles = "| beats | " + " | ".join(f"{n:,}" for n in LENGTHS) + " | exponent |"
    rows = [
        f"| {name} | " + " | ".join(_seconds(s) for s in seconds) + f" | {exponent(seconds):.2f} |"
        for name, seconds in growth.items()
    ]
    note = "\nThe exponent is the slope of ln cost on ln beats from 8,000 beats on."
    return [*head, titles, "|" + "---|" * (len(LENGTHS) + 2), *rows, note, ""]


def _seconds(s: float) -> str:
    return f"{s:.2f} s" if s >= 1 else f"{1e3 * s:.2f} ms"
