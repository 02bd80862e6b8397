"""Live sessions of ten minutes by the live code: when the band is lit, and the session's verdict in the end."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np

from biosync.events import Cue, Synchrony
from biosync.heart.intervals import Beats
from biosync.in_step.circle import Circle
from biosync.in_step.hearts import Heart
from biosync.together.cue_course import CueCourse
from tests.bench.together import ours
from tests.bench.together.cases import GOOD, either
from tests.bench.together.generators import GENERATORS
from tests.bench.together.life import Life
from tests.bench.together.strap import Heard, wear

SESSION_S = 600.0
_MEMORY_S = 330.0
"""So far back a live session remembers beats."""
_CHUNK = 5
_LABELLED_LATER = 2
"""The labels of the last beats are not known yet."""
_NAMES = ("a", "b")


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
    """One session: when the band was first lit (s; None: never), for what share of its looks, and of those from the
    first lit one on; ``in_step``: the verdict on the session in the end; ``single``: share of looks with p < 0.05;
    ``led``: somebody was named as the leader at some time. All beyond the cue, where there is one."""

    first_s: float | None
    lit: float
    lit_after: float
    in_step: bool
    single: float
    led: bool = False


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
    """Look at two people once a second, as a live session does, with no more than is known by then."""
    people = ((first, ours.labelled(first)), (second, ours.labelled(second)))
    circle, looks = Circle(), list[Synchrony]()
    for now in np.arange(1.0, seconds + 0.5).tolist():
        for cue in cues:
            circle.plan(_plan(cue, now))

        def hearts(now: float = now) -> list[Heart]:
            return [_so_far(name, *person, now) for name, person in zip(_NAMES, people, strict=True)]

        looks += [seen for seen in circle.tick(now, _NAMES, hearts) if isinstance(seen, Synchrony)]
    return _course(looks, "beyond the cue" if cues else "in step")


def _plan(cue: CueCourse, now: float) -> Cue:
    phase, later = cue.at(np.array([now, now + 1.0])).tolist()
    return Cue(now, _NAMES, 60 * (later - phase), phase % 1.0, 0.4, "lead", 1.0, "")


def _so_far(name: str, heard: Heard, beats: Beats, now: float) -> Heart:
    """Return the heart as it is known at ``now`` (s): labels need no more than the two beats that follow."""
    end = max(0, int(np.searchsorted(heard.known_at, now, side="right")) - _LABELLED_LATER)
    here = slice(int(np.searchsorted(heard.t_s, now - _MEMORY_S)), end)
    known = Beats(beats.t_s[here], beats.rr_ms[here], beats.label[here], beats.gap[here])
    return Heart(name, known, heard.uncertainty_s[here], -np.inf)


def _course(looks: list[Synchrony], wanted: str) -> Course:
    lit = [seen.in_step == wanted for seen in looks]
    first = lit.index(True) if any(lit) else None
    after = float(np.mean(lit[first:])) if first is not None else 0.0
    chances = [_chance(seen) for seen in looks]
    single = float(np.mean(np.array([p for p in chances if p is not None]) < 0.05))
    first_s = None if first is None else looks[first].t
    led = any(seen.leader is not None for seen in looks)
    return Course(first_s, float(np.mean(lit)), after, looks[-1].verdict == wanted, single, led)


def _chance(seen: Synchrony) -> float | None:
    return seen.p_value if seen.beyond_cue is None else seen.beyond_cue.p_value
