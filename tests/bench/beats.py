"""The virtual heart that everybody is timed on."""

from __future__ import annotations

import numpy as np

from biosync.heart.intervals import Beats
from biosync.types import FloatArray

TICK_MS = 1000 / 1024
MEAN_MS = 718.0
"""Five minutes then hold some 418 beats, a usual heart at rest in the morning."""


def heart(n: int, seed: int = 5) -> FloatArray:
    """Return RR (n,) in ms as a strap sends them: breath, slower wave, a day's rise and fall, noise; in 1/1024 s."""
    random = np.random.default_rng(seed)
    t = np.arange(n) * MEAN_MS / 1000
    day = 120 * np.sin(2 * np.pi * t / 86400) + 40 * np.sin(2 * np.pi * t / 1700 - 0.5)
    waves = 30 * np.sin(2 * np.pi * 0.24 * t) + 25 * np.sin(2 * np.pi * 0.09 * t)
    rr = MEAN_MS + day + waves + random.normal(0, 20, n)
    return np.round(rr / TICK_MS) * TICK_MS


def minutes(length_s: float) -> FloatArray:
    """Return the beats of the first ``length_s`` of that heart."""
    rr = heart(round(length_s * 2))
    return rr[np.cumsum(rr) <= length_s * 1000]


def labelled(rr_ms: FloatArray) -> Beats:
    """Return them as beats that the labeller found no fault with."""
    n = len(rr_ms)
    return Beats(np.cumsum(rr_ms) / 1000, rr_ms, np.zeros(n, dtype=np.int8), np.zeros(n, dtype=bool))
