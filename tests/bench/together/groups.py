"""Groups of four: two pairs that know nothing of each other, under one pacer."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from biosync.together.meeting import meet
from tests.bench.together import ours
from tests.bench.together.cases import GOOD, either
from tests.bench.together.generators import GENERATORS
from tests.bench.together.life import Life
from tests.bench.together.report import MET, MISSED
from tests.bench.together.strap import Heard, wear
from tests.bench.together.wilson import Rate

_CHUNK = 20
MOST_FALSE = 0.05
CASES = {"four strangers, one pacer": 0.0, "two couples that share 2 bpm each, one pacer": 2.0}
"""What the two of each pair share, SD in bpm."""


@dataclass(frozen=True, slots=True)
class Found:
    """What biosync says of one group beyond the cue, and its order with the cue (None: unknown)."""

    beyond_cue: bool
    order: float | None


def people(case: str, generator: str, number: int, seed: int) -> tuple[Life, list[Heard]]:
    """Return what group ``number`` lived through, and what is heard of its four people."""
    dice = np.random.default_rng([zlib.crc32(f"{case} {generator}".encode()), seed, number])
    life = Life(cues=either(dice), shared_bpm=CASES[case])
    pairs = [GENERATORS[generator].pair(life, dice) for _ in range(2)]
    return life, [wear(GOOD, beats, life.seconds, dice) for both in pairs for beats in both]


def judge(case: str, generator: str, number: int, seed: int) -> Found:
    """Return what biosync says of group ``number``. Raises ValueError where it says nothing of it as a group."""
    life, heard = people(case, generator, number, seed)
    met = meet([ours.heart(each) for each in heard], [ours.courses(life)] * len(heard), lead=False)
    if met is None or met.group is None:
        raise ValueError(f"{case}, {generator}, {number}: four people were not judged as a group")
    beyond = met.group.beyond_cue
    return Found(beyond is not None and beyond.beyond_chance, met.group.order)


def run(generators: Iterable[str], count: int, seed: int, processes: int) -> dict[tuple[str, str], list[Found]]:
    """Return ``count`` groups of every case on every generator."""
    work = [(case, name, begin, min(begin + _CHUNK, count), seed)
            for case in CASES for name in list(generators) for begin in range(0, count, _CHUNK)]  # fmt: skip
    found: dict[tuple[str, str], list[Found]] = {}
    with ProcessPoolExecutor(processes) as pool:
        for (case, name, *_), some in zip(work, pool.map(_some, work), strict=True):
            found.setdefault((case, name), []).extend(some)
    return found


def _some(job: tuple[str, str, int, int, int]) -> list[Found]:
    case, name, begin, end, seed = job
    return [judge(case, name, number, seed) for number in range(begin, end)]


def report(found: dict[tuple[str, str], list[Found]]) -> list[str]:
    """Return the lines of the table."""
    head = "| group | generator | beyond the cue | order, median | goal | |"
    rows = []
    for (case, name), groups in found.items():
        orders = [one.order for one in groups if one.order is not None]
        goal = f"≤ {100 * MOST_FALSE:g} %" if CASES[case] == 0 else ""
        middle = f"{float(np.median(orders)):.2f}" if orders else "-"
        rows.append(f"| {case} | {name} | {_rate(groups)} | {middle} | {goal} | {verdict(case, groups)} |")
    return ["### Groups of four\n", head, "|---" * 6 + "|", *rows, ""]


def verdict(case: str, groups: list[Found]) -> str:
    """Say if the goal was met; empty where there is none."""
    if CASES[case] > 0:
        return ""
    rate = _rate(groups)
    if rate.share <= MOST_FALSE:
        return MET
    return "within the interval" if rate.interval[0] <= MOST_FALSE else MISSED


def _rate(groups: list[Found]) -> Rate:
    return Rate(sum(one.beyond_cue for one in groups), len(groups))
