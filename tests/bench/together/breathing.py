"""A breath as a continuous phase that stays near the cue's, or wanders at its own pace."""

from __future__ import annotations

import numpy as np

from biosync.types import FloatArray
from tests.bench.together.life import RATE_HZ, Cue, Life
from tests.bench.together.noise import wandering


def with_cue(life: Life, person: int) -> tuple[Cue | None, float]:
    """Return the cue of ``person`` (0 or 1), and until when (s) it is followed."""
    lost = life.loses_cue_at if person == 1 else None
    return life.cues[person], np.inf if lost is None else lost


def phase(
    life: Life, person: int, dice: np.random.Generator, own_bpm: float, slack: float, memory_s: float
) -> FloatArray:
    """Return the breath's phase (cycles) on the grid; ``slack`` (cycles, SD) is how far it strays from the cue."""
    t = life.grid()
    cue, until = with_cue(life, person)
    pace = own_bpm / 60 * np.exp(wandering(len(t), dice, 60.0, 0.08) + wandering(len(t), dice, 4.0, 0.10))
    strays = wandering(len(t), dice, memory_s, slack)
    if cue is None:
        return np.asarray(dice.random() + np.cumsum(pace) / RATE_HZ)
    follows = t < until
    steps = np.where(follows, cue.rate_bpm(t) / 60, pace) / RATE_HZ
    begin = float(cue.cycles(t[:1])[0])
    return np.asarray(begin + np.cumsum(steps) - steps[0] + strays)
