"""Heart rate on an even grid: 4 Hz to look at, 1 Hz to judge. What a gap leaves open stays open."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from biosync.together.interpolation import shape_preserving
from biosync.together.series import Series
from biosync.types import BoolArray, FloatArray

FINE_HZ = 4
LONGEST_BRIDGE_S = 3.0
"""Between two beats further apart nothing is known."""
CUTOFF_HZ, TAPS = 0.42, 33
"""More than one sample a second would add no information, only a spectrum that can't be made white."""


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """One person in a stretch of n whole seconds from ``start_s`` on.

    ``fine`` (4n,) heart rate in bpm at 4 Hz, ``fine_known`` (4n,) where it is known; ``slow`` (n,) the same below 0.42
    Hz at 1 Hz, ``known`` (n,) where. What is not known is bridged by a line, for filters to run over.
    ``uncertainty_s``: how far the times usually may be off.
    """

    start_s: float
    fine: FloatArray
    fine_known: BoolArray
    slow: FloatArray
    known: BoolArray
    uncertainty_s: float

    def __len__(self) -> int:
        return len(self.slow)

    def part(self, begin: int, seconds: int) -> Sampled:
        """Return the ``seconds`` seconds from second number ``begin`` on."""
        fine, slow = slice(FINE_HZ * begin, FINE_HZ * (begin + seconds)), slice(begin, begin + seconds)
        arrays = self.fine[fine], self.fine_known[fine], self.slow[slow], self.known[slow]
        return Sampled(self.start_s + begin, *arrays, self.uncertainty_s)


def sample(series: Series, start_s: float, seconds: int) -> Sampled:
    """Return ``series`` on the grid of ``seconds`` whole seconds from ``start_s`` on."""
    t_s = np.asarray(start_s + np.arange(FINE_HZ * seconds) / FINE_HZ, dtype=np.float64)
    # Beats just outside of the stretch tell what happens at its ends.
    near = series.between(start_s - LONGEST_BRIDGE_S, start_s + seconds + LONGEST_BRIDGE_S)
    known = _known(near.t_s, t_s)
    if not known.any():
        return Sampled(start_s, np.zeros(len(t_s)), known, np.zeros(seconds), known[::FINE_HZ], 0.0)
    fine = shape_preserving(near.t_s, near.heart_rate_bpm, t_s)
    if not known.all():
        fine = np.interp(t_s, t_s[known], fine[known])
    slow = _low_passed(fine)[::FINE_HZ]
    return Sampled(start_s, fine, known, slow, known[::FINE_HZ], float(np.median(near.uncertainty_s)))


def _known(beats_s: FloatArray, t_s: FloatArray) -> BoolArray:
    """Return which of ``t_s`` (m,) lie between two beats that are near enough to each other."""
    if len(beats_s) < 2:
        return np.zeros(len(t_s), dtype=bool)
    after = np.searchsorted(beats_s, t_s, side="right")
    inside = (after > 0) & ((after < len(beats_s)) | (t_s == beats_s[-1]))
    piece = np.clip(after - 1, 0, len(beats_s) - 2)
    return np.asarray(inside & (np.diff(beats_s)[piece] <= LONGEST_BRIDGE_S), dtype=bool)


@lru_cache(maxsize=1)
def _low_pass() -> FloatArray:
    """Return the taps (33,) of a Hamming-windowed low-pass that leaves a constant as it is."""
    k = np.arange(TAPS) - (TAPS - 1) / 2
    taps = np.sinc(2 * CUTOFF_HZ / FINE_HZ * k) * np.hamming(TAPS)
    return np.asarray(taps / taps.sum(), dtype=np.float64)


def _low_passed(x: FloatArray) -> FloatArray:
    """Return ``x`` (m,) at 4 Hz below ``CUTOFF_HZ``, without delay, its ends continued by point reflection."""
    half = min(TAPS // 2, len(x) - 1)
    padded = np.concatenate([2 * x[0] - x[half:0:-1], x, 2 * x[-1] - x[-2 : -half - 2 : -1]])
    passed = np.convolve(padded, _low_pass(), mode="same")
    return np.asarray(passed[half : half + len(x)], dtype=np.float64)


def whole_seconds(start_s: float, end_s: float) -> int:
    """Return how many whole seconds lie between ``start_s`` and ``end_s``, 0 if none."""
    return max(0, math.floor(end_s - start_s + 1e-9))
