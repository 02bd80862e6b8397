"""Populations of virtual people, drawn from stated distributions; the same number gives the same person."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import numpy as np

from tests.bench.cue.breathing import STEP_S, Breath, Cue, Gliding, Habit, Planning
from tests.bench.cue.hearts import Baroreflex, Heart, Resonator
from tests.bench.cue.swing import HeartKind, best_pace, curve
from tests.bench.cue.transfer import Transfer

Kind = Literal["ordinary", "tense", "floor", "artefacts", "lapses", "alone"]
Family = Literal["resonator", "baroreflex", "transfer", "planning resonator", "planning transfer"]
KINDS: tuple[Kind, ...] = ("ordinary", "tense", "floor", "artefacts", "lapses", "alone")
FAMILIES: tuple[Family, ...] = ("resonator", "baroreflex")
"""Those that judge."""
TEACHERS: tuple[Family, ...] = ("resonator", "transfer", "planning resonator", "planning transfer")
"""Those from which the signs of leaving are learned: the baroreflex only judges."""
_HEARTS: dict[Family, HeartKind] = {
    "resonator": Resonator, "baroreflex": Baroreflex, "transfer": Transfer,
    "planning resonator": Resonator, "planning transfer": Transfer,
}  # fmt: skip
_BREATHS: dict[Family, type[Gliding] | type[Planning]] = {
    "resonator": Gliding, "baroreflex": Planning, "transfer": Gliding,
    "planning resonator": Planning, "planning transfer": Planning,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Life:
    """One person to be: how they breathe, their heart, which beats never arrive, and for how long (s)."""

    number: int
    kind: Kind
    family: Family
    habit: Habit
    heart: Heart
    silences: tuple[tuple[float, float], ...]
    seconds: float

    def swings(self) -> np.ndarray:
        """Return the true swing (bpm) at each of ``swing.PACES``."""
        return _swings(self.family, self.heart)

    def best_pace(self) -> float:
        """Return the pace of the largest swing between 4.5 and 7 a minute."""
        return best_pace(self.swings())


@cache
def _swings(family: Family, heart: Heart) -> np.ndarray:
    return curve(_HEARTS[family], heart)


class Person:
    """A life being lived with a cue."""

    def __init__(self, life: Life) -> None:
        self.life = life
        dice = random.Random(f"{life.family} {life.kind} {life.number}")
        self.breath: Breath = _BREATHS[life.family](life.habit, dice)
        self.heart = _HEARTS[life.family](life.heart, dice)
        self.cue = Cue()
        self._steps = 0

    def live_until(self, t: float) -> list[tuple[float, float]]:
        """Live on to ``t``; return (time, RR in s) of every beat on the way."""
        beats: list[tuple[float, float]] = []
        while (self._steps + 1) * STEP_S <= t + 1e-9:
            self._steps += 1
            now = self._steps * STEP_S
            lungs = self.breath.step(now, self.cue)  # type: ignore[attr-defined]
            beats += self.heart.step(now, lungs, self.breath.rate_hz)
        return beats


def life(kind: Kind, family: Family, number: int) -> Life:
    """Return person ``number`` of a population.

    Resonance 4.5 to 7 a minute, damping 0.15 to 0.4, swing 1 to 10 bpm, heart rate 55 to 85, habit 8 to
    20 a minute (tense 13 to 20), comfort that follows what is done within 40 to 90 s.
    """
    dice = random.Random(f"{kind} {family} {number}")
    heart = Heart(
        rate_bpm=dice.uniform(55, 85), resonance_bpm=dice.uniform(4.5, 7.0), damping=dice.uniform(0.15, 0.4),
        rsa_bpm=dice.uniform(1.0, 10.0), noise=dice.uniform(0.2, 0.6), ectopics_per_min=dice.uniform(0.0, 0.3),
        drift_bpm=dice.uniform(0.5, 2.5), vagal=dice.uniform(0.15, 0.4),
    )  # fmt: skip
    calm = kind not in ("tense", "floor")
    habit = Habit(
        own_bpm=dice.uniform(8, 20) if calm else dice.uniform(13, 20),
        reach_bpm=dice.uniform(3.0, 8.0) if calm else dice.uniform(0.4, 2.0),
        floor_bpm=dice.uniform(9, 12) if kind == "floor" else 3.5,
        comfort_s=dice.uniform(40, 90), variation=dice.uniform(0.05, 0.15), sloppiness=dice.uniform(0.02, 0.05),
        follows=kind != "alone", sighs_per_min=dice.uniform(0.0, 0.3),
        lapses=_stretches(dice, 240, (150, 300), (30, 60)) if kind == "lapses" else (),
    )  # fmt: skip
    silences: tuple[tuple[float, float], ...] = ()
    if kind == "artefacts":
        heart = replace(heart, ectopics_per_min=2.0)
        silences = _stretches(dice, 60, (80, 160), (10, 10))
    return Life(number, kind, family, habit, heart, silences, 900.0 if calm else 1500.0)


def _stretches(
    dice: random.Random, first: float, every: tuple[float, float], long: tuple[float, float]
) -> tuple[tuple[float, float], ...]:
    found, t = [], first + dice.uniform(0, 60)
    while t < 1500:
        length = dice.uniform(*long)
        found.append((t, t + length))
        t += length + dice.uniform(*every)
    return tuple(found)
