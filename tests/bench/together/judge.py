"""Plays pairs of a case on a generator and counts what each method says of them."""

from __future__ import annotations

import time
import zlib
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from biosync.types import FloatArray
from tests.bench.together import ours, peers
from tests.bench.together.cases import CASES, Case
from tests.bench.together.generators import GENERATORS
from tests.bench.together.life import Life
from tests.bench.together.series import both
from tests.bench.together.strap import Heard, wear
from tests.bench.together.verdict import Verdict
from tests.bench.together.wilson import Rate

_CHUNK = 20
_BY_NAME = {case.name: case for case in CASES}


@dataclass(slots=True)
class Tally:
    """What one method said of ``count`` pairs; ``p_values`` of ours only."""

    count: int = 0
    said: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    p_values: list[float] = field(default_factory=list)

    def add(self, verdict: Verdict, lead_s: float, seconds: float, keep_p: bool) -> None:
        """Count one verdict on a pair in which the first was ``lead_s`` ahead."""
        self.count += 1
        self.seconds += seconds
        truth = int(np.sign(lead_s))
        named = verdict.leader != 0
        self.said["found"] += verdict.found
        self.said["named"] += named
        self.said["unsure"] += not named
        self.said["right"] += named and verdict.leader == truth
        self.said["wrong"] += named and verdict.leader != truth
        if verdict.interval_s is not None:
            low, high = verdict.interval_s
            self.said["stated"] += 1
            self.said["inside"] += low <= lead_s <= high
        if keep_p and verdict.p_value is not None:
            self.p_values.append(verdict.p_value)

    def merge(self, other: Tally) -> None:
        """Add what ``other`` counted."""
        self.count += other.count
        self.said += other.said
        self.seconds += other.seconds
        self.p_values += other.p_values

    def rate(self, what: str) -> Rate:
        """Return how often ``what`` was said; "inside" is counted among the intervals that were stated."""
        return Rate(self.said[what], self.said["stated"] if what == "inside" else self.count)


Tallies = dict[tuple[str, str, str], Tally]
"""By case, generator and method."""


@dataclass(frozen=True, slots=True)
class Job:
    """Pairs ``begin`` to ``end`` of a case on a generator; others judge those below ``others_until``, their slow ones
    those below ``slow_until``."""

    case: str
    generator: str
    begin: int
    end: int
    seed: int
    others_until: int
    slow_until: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pairs a case and generator: where nothing is shared, where something is, that others judge, and that
    their slow methods do."""

    null: int
    coupled: int
    others: int
    slow: int


def jobs(cases: Iterable[str], generators: Iterable[str], counts: Counts, seed: int) -> list[Job]:
    """Return the work in small pieces."""
    names = list(generators)
    return [
        Job(case, name, begin, min(begin + _CHUNK, count), seed, counts.others, counts.slow)
        for case in cases
        for name in names
        for count in (counts.null if _BY_NAME[case].null else counts.coupled,)
        for begin in range(0, count, _CHUNK)
    ]


def run(work: list[Job], processes: int) -> Tallies:
    """Return all tallies."""
    found: Tallies = {}
    with ProcessPoolExecutor(processes) as pool:
        for piece in pool.map(play, work):
            for key, tally in piece.items():
                found.setdefault(key, Tally()).merge(tally)
    return found


def play(job: Job) -> Tallies:
    """Return the tallies of one piece of work."""
    found: Tallies = {}
    for number in range(job.begin, job.end):
        life, first, second, dice = pair(job, number)
        case = _BY_NAME[job.case]
        for method, verdict, seconds in _judged(case, life, (first, second), dice, _others(job, number)):
            tally = found.setdefault((job.case, job.generator, method), Tally())
            tally.add(verdict, life.lead_s, seconds, method == ours.NAME)
    return found


def _others(job: Job, number: int) -> list[str]:
    """Return which other methods judge pair ``number``."""
    if number >= job.others_until:
        return []
    return [name for name, method in peers.METHODS.items() if number < job.slow_until or not method.slow]


def pair(job: Job, number: int) -> tuple[Life, Heard, Heard, np.random.Generator]:
    """Return what pair ``number`` lived through, what is heard of each, and the dice that are left."""
    dice = np.random.default_rng([zlib.crc32(f"{job.case} {job.generator}".encode()), job.seed, number])
    case = _BY_NAME[job.case]
    life = case.life(dice)
    beats = GENERATORS[job.generator].pair(life, dice)
    straps = case.straps(dice)
    first, second = (wear(s, b, life.seconds, dice) for s, b in zip(straps, beats, strict=True))
    return life, first, second, dice


def _judged(
    case: Case, life: Life, heard: tuple[Heard, Heard], dice: np.random.Generator, others: Iterable[str]
) -> Iterable[tuple[str, Verdict, float]]:
    begin = time.process_time()
    verdict = ours.judge(*heard, life, case)
    yield ours.NAME, verdict, time.process_time() - begin
    x, y = both(*heard)
    for name in others:
        yield name, *_timed(peers.METHODS[name], x, y, dice)


def _timed(method: peers.Method, x: FloatArray, y: FloatArray, dice: np.random.Generator) -> tuple[Verdict, float]:
    begin = time.process_time()
    verdict = method.judge(x, y, dice)
    return verdict, time.process_time() - begin
