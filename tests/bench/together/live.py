"""Live sessions of ten minutes: when the lamp is lit, and what the session's own evidence says in the end."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from biosync.heart.intervals import Beats
from biosync.together import pairs
from biosync.together.cue_course import CueCourse
from biosync.together.lamp import WINDOW_S, LampState
from biosync.together.series import Series, from_beats
from biosync.together.session_evidence import BLOCK_S, SessionEvidence, evidence_block
from tests.bench.together import ours
from tests.bench.together.cases import GOOD, either
from tests.bench.together.generators import GENERATORS
from tests.bench.together.life import Life
from tests.bench.together.strap import Heard, wear

SESSION_S = 600.0
LOOK_S = 10.0
_CHUNK = 5
_LABELLED_LATER = 2
"""The labels of the last beats are not known yet."""


@dataclass(frozen=True, slots=True)
class LiveCase:
    """``life`` draws what is lived through."""

    name: str
    title: str
    null: bool
    life: Callable[[np.random.Generator], Life]


LIVE_CASES = (
    LiveCase("live free", "nothing shared, free breathing", True, lambda dice: Life(SESSION_S)),
    LiveCase("live paced", "nothing shared, one pacer", True, lambda dice: Life(SESSION_S, either(dice, SESSION_S))),
    LiveCase(
        "live 2 bpm",
        "shared 2 bpm, one pacer",
        False,
        lambda dice: Life(SESSION_S, either(dice, SESSION_S), shared_bpm=2.0),
    ),
)


@dataclass(frozen=True, slots=True)
class Course:
    """One session: when the lamp was first lit (s; None: never), for what share of its looks, and of those from the
    first lit one on; ``in_step``: what the session's evidence says in the end; ``single``: share of p < 0.05."""

    first_s: float | None
    lit: float
    lit_after: float
    in_step: bool
    single: float


Courses = dict[tuple[str, str], list[Course]]
"""By case and generator."""


def run(generators: Iterable[str], null: int, coupled: int, seed: int, processes: int) -> Courses:
    """Return ``null`` or ``coupled`` sessions of every case on every generator."""
    found: Courses = {}
    names = list(generators)
    work = [
        (case.name, name, begin, min(begin + _CHUNK, count), seed)
        for case in LIVE_CASES
        for name in names
        for count in (null if case.null else coupled,)
        for begin in range(0, count, _CHUNK)
    ]
    with ProcessPoolExecutor(processes) as pool:
        for (case, name, *_), courses in zip(work, pool.map(_some, work), strict=True):
            found.setdefault((case, name), []).extend(courses)
    return found


def _some(job: tuple[str, str, int, int, int]) -> list[Course]:
    case, name, begin, end, seed = job
    return [play(case, name, number, seed) for number in range(begin, end)]


def play(case: str, generator: str, number: int, seed: int) -> Course:
    """Return how session ``number`` of a case on a generator went."""
    dice = np.random.default_rng([zlib.crc32(f"{case} {generator}".encode()), seed, number])
    life = next(known for known in LIVE_CASES if known.name == case).life(dice)
    beats = GENERATORS[generator].pair(life, dice)
    first, second = (wear(GOOD, each, life.seconds, dice) for each in beats)
    return watch(first, second, ours.courses(life), life.seconds)


def watch(first: Heard, second: Heard, cues: tuple[CueCourse, ...], seconds: float) -> Course:
    """Look at two people every ``LOOK_S`` with no more than is known by then."""
    people = ((first, ours.labelled(first)), (second, ours.labelled(second)))
    lamp, evidence = LampState(), SessionEvidence()
    lit, chances = [], []
    for now in np.arange(LOOK_S, seconds + 0.5, LOOK_S):
        a, b = (_so_far(*person, float(now)) for person in people)
        p = None
        if now >= WINDOW_S:
            found = pairs.pair(a, b, cues, window=(float(now) - WINDOW_S, float(now)), lead=False)
            p = (found.beyond_cue or found.in_step).p_value
            chances.append(1.0 if p is None else p)
        lit.append(lamp.look(float(now), p))
        if now % BLOCK_S == 0 and (z := evidence_block(a, b, float(now), cues)) is not None:
            evidence.add(z)
    return _course(lit, chances, evidence.in_step)


def _so_far(heard: Heard, beats: Beats, now: float) -> Series:
    """Return the heart as it is known at ``now`` (s): labels need no more than the two beats that follow."""
    n = max(0, int(np.searchsorted(heard.known_at, now, side="right")) - _LABELLED_LATER)
    known = Beats(beats.t_s[:n], beats.rr_ms[:n], beats.label[:n], beats.gap[:n])
    return from_beats(known, heard.uncertainty_s[:n])


def _course(lit: list[bool], chances: list[float], in_step: bool) -> Course:
    first = lit.index(True) if any(lit) else None
    after = float(np.mean(lit[first:])) if first is not None else 0.0
    single = float(np.mean(np.array(chances) < 0.05))
    first_s = None if first is None else LOOK_S * (first + 1)
    return Course(first_s, float(np.mean(lit)), after, in_step, single)
