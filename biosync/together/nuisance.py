"""What is not counted as being in step: what wanders slowly, and what the phase of a cue explains."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from biosync.together.cue_course import CueCourse
from biosync.types import FloatArray

SLOW_HZ = 0.03
"""Everything slower is left out: a settling, or a warming up, that two hearts have in common says nothing of them."""
HARMONICS = 3
DRIFT_HZ = 0.01
"""How fast a heart's answer to the cue, its size and its place in the breath, may change."""


def slow_columns(n: int, rate_hz: int = 1) -> FloatArray:
    """Return the cosines (n, k) that make up everything slower than ``SLOW_HZ`` in n samples at ``rate_hz``."""
    return cosines(n, round(2 * SLOW_HZ * n / rate_hz))


def cue_columns(cues: Sequence[CueCourse], start_s: float, n: int, rate_hz: int = 1) -> FloatArray:
    """Return the columns (n, k) of all that ``cues`` may do to a heart rate, at n samples from ``start_s`` on.

    Cosine and sine of ``HARMONICS`` harmonics of each cue's own phase, each times slow cosines up to ``DRIFT_HZ``, so
    that size and phase of the answer may drift, and the pace may move as it likes.
    """
    if not cues:
        return np.empty((n, 0))
    t_s = np.asarray(start_s + np.arange(n) / rate_hz, dtype=np.float64)
    drift = cosines(n, round(2 * DRIFT_HZ * n / rate_hz))
    waves = [
        wave(2 * np.pi * h * cycles)
        for cycles in (cue.at(t_s) for cue in cues)
        for h in range(1, HARMONICS + 1)
        for wave in (np.cos, np.sin)
    ]
    return np.concatenate([wave[:, None] * drift for wave in waves], axis=1)


def cosines(n: int, highest: int) -> FloatArray:
    """Return the DCT-II columns number 0 to ``highest`` of length n: (n, highest + 1)."""
    return np.cos(np.pi * (np.arange(n)[:, None] + 0.5) / n * np.arange(highest + 1))
