"""The cases, each with what is asked of a pair and what the goal is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tests.bench.together.life import Cue, Life
from tests.bench.together.strap import Strap

Dice = np.random.Generator
GOOD = Strap()
H10_S, GARMIN_S, KNOWN_S = 2.6, 0.7, 0.3
"""Delays of two strap models, and how well a model's delay is known (s)."""
_MIDDLE_S, _RANGE_S = 1.5, 1.1
"""Half of the shortest and the longest delay known: what is told of a model that is not known."""


@dataclass(frozen=True, slots=True)
class Goal:
    """``what`` share ("found", "right", "wrong", "unsure" or "named") is at least or at most ``limit`` on ``on``
    ("each", "median" or "worst") generator."""

    what: str
    at_least: bool
    limit: float
    on: str = "each"


@dataclass(frozen=True, slots=True)
class Case:
    """``life`` and ``straps`` draw one pair; ``asks`` for "chance", "cue" or "leader". ``clock_error_s``: how far the
    two straps' delays may differ, besides what each one's uncertainty tells (``--clock-error``)."""

    name: str
    title: str
    asks: str
    null: bool
    goals: tuple[Goal, ...]
    life: Callable[[Dice], Life]
    straps: Callable[[Dice], tuple[Strap, Strap]] = lambda dice: (GOOD, GOOD)
    clock_error_s: float = 0.0


def _fixed(dice: Dice, seconds: float = 200.0) -> Cue:
    pace = dice.uniform(5.0, 7.0)
    return Cue(pace, pace, seconds, dice.random())


def _moving(dice: Dice, seconds: float = 200.0) -> Cue:
    return Cue(7.0, 5.5, seconds, dice.random())


def either(dice: Dice, seconds: float = 200.0) -> tuple[Cue, Cue]:
    """Draw one cue for two people: one pace, or one that moves from 7 to 5.5 a minute."""
    cue = (_fixed if dice.random() < 0.5 else _moving)(dice, seconds)
    return cue, cue


def _own_cues(dice: Dice) -> Life:
    return Life(cues=(Cue(6.0, 6.0, 200.0, dice.random()), Cue(6.5, 6.5, 200.0, dice.random())))


def _together(make: Callable[[Dice], Cue]) -> Callable[[Dice], Life]:
    def life(dice: Dice) -> Life:
        cue = make(dice)
        return Life(cues=(cue, cue))

    return life


def _shared(bpm: float, seconds: float = 200.0) -> Callable[[Dice], Life]:
    return lambda dice: Life(seconds, either(dice, seconds), shared_bpm=bpm)


def _led(lead_s: float) -> Callable[[Dice], Life]:
    return lambda dice: Life(shared_bpm=4.0, lead_s=lead_s)


def _known(dice: Dice) -> tuple[Strap, Strap]:
    """Two known models, each unit up to 0.3 s off what its model's delay is told to be."""
    return _lossy(dice, H10_S, H10_S, KNOWN_S), _lossy(dice, GARMIN_S, GARMIN_S, KNOWN_S)


def _same(dice: Dice) -> tuple[Strap, Strap]:
    """One model, which none knows: both hold back alike, to 0.05 s, so of its delay only that difference counts."""
    delay = dice.uniform(_MIDDLE_S - _RANGE_S, _MIDDLE_S + _RANGE_S)
    return _lossy(dice, delay, _MIDDLE_S, 0.0, 0.05), _lossy(dice, delay, _MIDDLE_S, 0.0, 0.05)


def _unknown(dice: Dice) -> tuple[Strap, Strap]:
    low, high = _MIDDLE_S - _RANGE_S, _MIDDLE_S + _RANGE_S
    first, second = dice.uniform(low, high, 2)
    return _lossy(dice, first, _MIDDLE_S, _RANGE_S, 0.0), _lossy(dice, second, _MIDDLE_S, _RANGE_S, 0.0)


def _lossy(dice: Dice, real_s: float, told_s: float, give_or_take_s: float, unit_s: float | None = None) -> Strap:
    """Up to 8 beats lost, arrivals up to 400 ms late; the unit's own delay is ``unit_s`` about ``real_s``."""
    spread = give_or_take_s if unit_s is None else unit_s
    return Strap(real_s + dice.uniform(-spread, spread), told_s, give_or_take_s, 0.4, 8)


def _gaps(dice: Dice) -> tuple[Strap, Strap]:
    first, second = dice.uniform(20, 170, 2)
    return Strap(drop=(first, 10.0)), Strap(drop=(second, 10.0))


def _ectopic(dice: Dice) -> tuple[Strap, Strap]:
    return Strap(ectopics=0.03), Strap(ectopics=0.03)


def _half_lost(dice: Dice) -> Life:
    return Life(cues=either(dice), loses_cue_at=100.0)


def _stress(dice: Dice) -> Life:
    return Life(cues=either(dice), stress_at=dice.uniform(50, 150))


_FALSE = (Goal("found", False, 0.05),)
_UNLED = (Goal("named", False, 0.02),)

CASES = (
    Case("free", "independent, free breathing", "chance", True, _FALSE, lambda dice: Life()),
    Case("fixed", "independent, one shared pacer, 5 to 7/min", "cue", True, _FALSE, _together(_fixed)),
    Case("moving", "independent, one shared pacer, 7 to 5.5/min", "cue", True, _FALSE, _together(_moving)),
    Case("own cues", "independent, one cue each (6.0 and 6.5)", "cue", True, _FALSE, _own_cues),
    Case("ectopics", "independent, shared pacer, ectopics 3 %", "cue", True, _FALSE, _shared(0.0), _ectopic),
    Case("gaps", "independent, shared pacer, a gap of 10 s each", "cue", True, _FALSE, _shared(0.0), _gaps),
    Case("free gaps", "independent, free, a gap of 10 s each", "chance", True, _FALSE, lambda dice: Life(), _gaps),
    Case("half lost", "independent, shared pacer, one loses it half-way", "cue", True, _FALSE, _half_lost),
    Case(
        "2 bpm", "shared 2 bpm under the shared pacer", "cue", False,
        (Goal("found", True, 0.95, "median"), Goal("found", True, 0.90, "worst")), _shared(2.0),
    ),
    Case(
        "1 bpm", "shared 1 bpm under the shared pacer", "cue", False,
        (Goal("found", True, 0.60, "median"), Goal("found", True, 0.35, "worst")), _shared(1.0),
    ),
    Case(
        "1 bpm, 360 s", "shared 1 bpm under the shared pacer, 360 s", "cue", False,
        (Goal("found", True, 0.80, "median"),), _shared(1.0, 360.0),
    ),
    Case("2 bpm, gaps", "shared 2 bpm, a gap of 10 s each", "cue", False, (), _shared(2.0), _gaps),
    Case("2 bpm, ectopics", "shared 2 bpm, ectopics 3 %", "cue", False, (), _shared(2.0), _ectopic),
    Case("stress", "a stress that both feel, shared pacer", "cue", False, (), _stress),
    Case("stress, all", "the same: in step with whatever makes it so, the cue too", "chance", False, (), _stress),
    Case(
        "leader, known", "leader 1.5 s ahead, two models known to ±0.3 s each", "leader", False,
        (Goal("right", True, 0.90), Goal("wrong", False, 0.01)), _led(1.5), _known,
    ),
    Case(
        "leader, same", "leader 1.5 s ahead, one strap model", "leader", False,
        (Goal("right", True, 0.90), Goal("wrong", False, 0.01)), _led(1.5), _same, 0.1,
    ),
    Case(
        "leader, unknown", "leader 1.5 s ahead, strap models unknown", "leader", False,
        (Goal("unsure", True, 0.95), Goal("wrong", False, 0.01)), _led(1.5), _unknown,
    ),
    Case("nobody, known", "nobody leads, two known models", "leader", True, _UNLED, _led(0.0), _known),
    Case("nobody, same", "nobody leads, one strap model", "leader", True, _UNLED, _led(0.0), _same, 0.1),
)  # fmt: skip
