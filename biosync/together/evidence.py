"""From a cross-correlation to a chance: in step, opposite, or in step with a lag."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from biosync.together.cross_correlation import LAGS_S, ZERO, CrossCorrelation
from biosync.types import FloatArray

LEVEL = 0.05
"""Below this chance it is called beyond chance."""
LAGGED_S = 3.0
TESTS_WITHIN_LAGS = 9
"""So many independent looks the lags within ``LAGGED_S`` are worth."""
IN_PHASE_SHARE, ANTI_PHASE_SHARE, LAGGED_SHARE = 0.75, 0.1, 0.15
"""How the error rate is spent: most of it where most of what hearts share is found. They add up to 1."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """``z`` at lag 0 in standard deviations under independence; ``in_phase_p`` and ``anti_phase_p`` one-sided chances
    there, uniform under independence; ``p_value`` of both directions and of lags up to 3 s at once (conservative)."""

    z: float
    in_phase_p: float
    anti_phase_p: float
    p_value: float

    @property
    def beyond_chance(self) -> bool:
        """Tell if chance alone would seldom make so much."""
        return self.p_value < LEVEL


def evidence(found: CrossCorrelation) -> Evidence:
    """Return the chance of ``found`` if the two hearts had nothing to do with each other."""
    z: FloatArray = found.z
    here, largest = float(z[ZERO]), float(np.abs(z[np.abs(LAGS_S) <= LAGGED_S]).max())
    in_phase, anti_phase = upper_tail(here), upper_tail(-here)
    lagged = any_of(min(1.0, 2 * upper_tail(largest)), TESTS_WITHIN_LAGS)
    combined = min(in_phase / IN_PHASE_SHARE, anti_phase / ANTI_PHASE_SHARE, lagged / LAGGED_SHARE)
    return Evidence(here, in_phase, anti_phase, min(1.0, combined))


def upper_tail(z: float) -> float:
    """Return the chance that a standard normal value exceeds ``z``."""
    return 0.5 * math.erfc(z / math.sqrt(2))


def any_of(p_value: float, tests: int) -> float:
    """Return the chance that one of so many independent ``tests`` comes out at ``p_value`` or below (Sidak 1967); exact
    for the smallest chances, too."""
    return 1.0 if p_value >= 1 else -math.expm1(tests * math.log1p(-p_value))
