"""G2, open: a rate that is a plain sum, the cue-locked part with an amplitude and a phase that drift, three harmonics.

Own part: AR(2) waves and slow drifts with Student-t steps, sudden rises; both people settle slowly alike.
Each interval is what the rate says at the beat before.
"""

from __future__ import annotations

import numpy as np
from scipy.signal import lfilter

from biosync.types import FloatArray
from tests.bench.together.breathing import phase
from tests.bench.together.life import RATE_HZ, WARMUP_S, Life
from tests.bench.together.noise import band, wandering, wave


def pair(life: Life, dice: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Return the beat times (s) of two people."""
    t = life.grid()
    shared = band(len(t), dice, life.shared_bpm, slope=1.0)
    later = np.interp(t - life.lead_s, t, shared)
    settling = 5.0 * np.exp(-np.maximum(t, 0.0) / dice.uniform(60, 150))
    first, second = (_beats(_rate(life, k, dice) + x + settling, dice) for k, x in enumerate((shared, later)))
    return first, second


def _rate(life: Life, person: int, dice: np.random.Generator) -> FloatArray:
    t = life.grid()
    size = dice.uniform(1.0, 3.0)
    own = wave(len(t), dice, dice.uniform(0.07, 0.12), 0.03, 0.7) + wandering(len(t), dice, 5.0, 0.5)
    own += wave(len(t), dice, dice.uniform(0.18, 0.3), 0.05, 0.4)
    rate = dice.uniform(58, 82) + _locked(life, person, dice) + size * own + 0.5 * size * _rises(t, dice)
    return np.asarray(rate + _drift(len(t), dice) + _startle(t, life.stress_at, dice))


def _locked(life: Life, person: int, dice: np.random.Generator) -> FloatArray:
    """Return the part (bpm) that goes with the breath: three harmonics, amplitudes and phases drift for each."""
    n = len(life.grid())
    turns = phase(life, person, dice, dice.uniform(8, 16), 0.05, 40.0)
    total = np.zeros(n)
    for harmonic, share in ((1, 1.0), (2, 0.3), (3, 0.12)):
        amplitude = share * dice.uniform(1.5, 5.0) * np.exp(wandering(n, dice, 40.0, 0.25))
        total += amplitude * np.cos(2 * np.pi * (harmonic * turns + dice.random() + wandering(n, dice, 60.0, 0.04)))
    return total


def _drift(n: int, dice: np.random.Generator) -> FloatArray:
    """Return a slow drift (bpm) with heavy-tailed steps."""
    keep = float(np.exp(-1 / (RATE_HZ * 80.0)))
    return np.asarray(lfilter([1.0], [1.0, -keep], 0.045 * dice.standard_t(3, n)))


def _rises(t: FloatArray, dice: np.random.Generator) -> FloatArray:
    """Return sudden rises, about two in five minutes, that die away within half a minute."""
    total = np.zeros(len(t))
    for at in dice.uniform(t[0], t[-1], dice.poisson((t[-1] - t[0]) / 150)):
        since = np.maximum(t - at, 0.0)
        total += dice.uniform(1, 4) * (1 - np.exp(-since / 2)) * np.exp(-since / 10)
    return total


def _startle(t: FloatArray, at: float | None, dice: np.random.Generator) -> FloatArray:
    """Return a rise (bpm) at ``at`` (s) within three seconds, and back over about twenty."""
    if at is None:
        return np.zeros(len(t))
    since = t - at - dice.uniform(0.0, 0.5)
    size, back = dice.uniform(12, 22), dice.uniform(12, 24)
    return np.asarray(size * np.clip(since / 3, 0.0, 1.0) * np.clip(1 - (since - 3) / back, 0.0, 1.0))


def _beats(rate: FloatArray, dice: np.random.Generator) -> FloatArray:
    rates, last = [float(bpm) for bpm in np.maximum(rate, 35.0)], len(rate) - 1
    t, found = float(dice.random()), []
    while (place := int(t * RATE_HZ)) < last:
        found.append(t)
        t += 60 / rates[place]
    return np.asarray(np.array(found) - WARMUP_S + dice.normal(0, 0.002, len(found)))
