"""G1, open: integral-pulse hearts whose rate is a resonator driven by the breath (Vaschillo et al. 2002) and by noise.

Beats fall where the integral of the rate passes whole numbers (Bayly, IEEE Trans Biomed Eng 15:257-265, 1968).
"""

from __future__ import annotations

import numpy as np
from scipy.signal import bilinear, lfilter

from biosync.types import FloatArray
from tests.bench.together.breathing import phase
from tests.bench.together.life import RATE_HZ, Life
from tests.bench.together.noise import band, wandering


def pair(life: Life, dice: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Return the beat times (s) of two people."""
    t = life.grid()
    shared = band(len(t), dice, life.shared_bpm)
    later = np.interp(t - life.lead_s, t, shared)
    return _beats(life, 0, dice, shared), _beats(life, 1, dice, later)


def _beats(life: Life, person: int, dice: np.random.Generator, shared: FloatArray) -> FloatArray:
    t = life.grid()
    rate = dice.uniform(55, 85) + _answer(life, person, dice) + wandering(len(t), dice, 100.0, 2.0) + shared
    rate += startle(t, life.stress_at, dice)
    filled = np.cumsum(np.maximum(rate, 35.0)) / 60 / RATE_HZ + dice.random()
    whole = np.arange(np.ceil(filled[0]), filled[-1])
    return np.asarray(np.interp(whole, filled, t) + dice.normal(0, 0.001, len(whole)))


def _answer(life: Life, person: int, dice: np.random.Generator) -> FloatArray:
    """Return how breath and noise move the rate (bpm): both go through the same resonator, the breath also past it."""
    n = len(life.grid())
    omega, damping = 2 * np.pi * dice.uniform(5.0, 7.0) / 60, dice.uniform(0.2, 0.5)
    b, a = bilinear([2 * damping * omega, 0.0], [1.0, 2 * damping * omega, omega**2], RATE_HZ)
    turns = 2 * np.pi * phase(life, person, dice, dice.uniform(9, 17), 0.04, 20.0)
    depth = dice.uniform(2.0, 6.0) * np.exp(wandering(n, dice, 15.0, 0.15))
    breath = depth * (np.sin(turns) + 0.2 * np.sin(2 * turns + 0.7))
    pressure = lfilter(b, a, dice.normal(size=n))
    own = 0.75 * pressure / pressure.std() + wandering(n, dice, 8.0, 0.66)
    return np.asarray(lfilter(b, a, breath) + 0.3 * breath + dice.uniform(1.0, 3.0) * own)


def startle(t: FloatArray, at: float | None, dice: np.random.Generator) -> FloatArray:
    """Return a sudden rise (bpm) at ``at`` (s) that dies away, each person's a little different; 0 without one."""
    if at is None:
        return np.zeros(len(t))
    since = np.maximum(t - at - dice.uniform(0.0, 0.5), 0.0)
    size, rise, fall = dice.uniform(12, 22), dice.uniform(1.5, 2.5), dice.uniform(8.0, 14.0)
    return np.asarray(size * (1 - np.exp(-since / rise)) * np.exp(-since / fall))
