"""Does the heart follow the cue? Complex demodulation of heart rate at the cue's own phase.

Valid while the pace changes, since the cue's phase, not its rate, is the reference (the definition of
formulas A3: Z = (2/T) sum h(t) w(t) exp(-i 2 pi phi(t)) dt; locked share = A^2 / 2 / var h). Here as a weighted
least-squares fit of a line and one cycle, which gives the same on even samples and is right on uneven beats too.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from biosync.types import FloatArray

LEAST_BEATS = 8
"""Fewer beats than this can't tell five parameters from noise."""


@dataclass(frozen=True, slots=True)
class Following:
    """How a stretch of heart rate follows the cue.

    ``amplitude_bpm`` half the swing at the cue's pace; ``locked_share`` 0 to 1, the share of the (detrended) heart
    rate's variance that the cue's phase explains; ``phase`` in cycles, 0 <= phase < 1, where in the cue's cycle the
    heart rate is highest, and ``phase_error`` its standard error in cycles, if what is left is noise.
    """

    amplitude_bpm: float
    locked_share: float
    phase: float
    phase_error: float


def following(
    t_s: FloatArray, heart_rate_bpm: FloatArray, cycles: FloatArray, slow_per_cycle: float = 0.0
) -> Following | None:
    """Return how heart rates (n,) bpm at times ``t_s`` (n,) s follow a cue at phases ``cycles`` (n,), unwrapped.

    A line is taken out first or, with ``slow_per_cycle`` > 0, a Legendre polynomial with so many degrees a cycle of
    the cue: what wanders slower than the cue then no longer counts against the share. Weights are a Hann window's.
    None with too few beats, less than a cycle and a half of cue, or a flat heart rate.
    """
    span = float(cycles[-1] - cycles[0]) if len(cycles) else 0.0
    degree = max(1, round(slow_per_cycle * span))
    if span < 1.5 or len(t_s) < max(LEAST_BEATS, degree + 5):
        return None
    place = (t_s - (t_s[0] + t_s[-1]) / 2) / ((t_s[-1] - t_s[0]) / 2)
    weight = np.cos(np.pi / 2 * place * 0.95)  # the square root of a Hann window that stays above 0 at the ends
    slow, _ = np.linalg.qr(np.polynomial.legendre.legvander(place, degree) * weight[:, None])
    wave = np.column_stack([np.cos(2 * np.pi * cycles), np.sin(2 * np.pi * cycles)]) * weight[:, None]
    left = _without(slow, heart_rate_bpm * weight)
    swing, *_ = np.linalg.lstsq(_without(slow, wave), left, rcond=None)
    total = float(left @ left)
    if total <= 1e-9 * len(t_s):
        return None
    rest = left - _without(slow, wave) @ swing
    share = 1 - float(rest @ rest) / total
    phase = math.atan2(float(swing[1]), float(swing[0])) / (2 * math.pi) % 1.0
    share = min(1.0, max(0.0, share))
    noise = (1 - share) / max(share, 1e-6) / max(1, len(t_s) - degree - 3)
    return Following(math.hypot(swing[0], swing[1]), share, phase, min(0.5, math.sqrt(noise) / (2 * math.pi)))


def phase_stability(phases: Sequence[float]) -> float | None:
    """Return how steady phases (cycles, one a breath of the cue) are: the length of their mean direction, 0 to 1.

    1 is one and the same phase, about 0 any at all; None below three breaths. Lachaux et al. 1999 (phase-locking
    value), here between the cue and the heart's own cycle.
    """
    if len(phases) < 3:
        return None
    return abs(sum(cmath.rect(1.0, 2 * math.pi * phase) for phase in phases)) / len(phases)


def _without(basis: FloatArray, columns: FloatArray) -> FloatArray:
    """Return ``columns`` (n,) or (n, k) without what the orthonormal ``basis`` (n, m) explains of them."""
    return np.asarray(columns - basis @ (basis.T @ columns))


def phase_distance(a: float, b: float) -> float:
    """Return the signed distance from phase ``b`` to phase ``a`` in cycles, -0.5 to 0.5."""
    return (a - b + 0.5) % 1.0 - 0.5
