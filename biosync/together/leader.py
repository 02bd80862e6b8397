"""Who leads: the lag at which one heart repeats the other, how sure that is, and when it can't be told.

Five tests have to agree; otherwise nobody is named, and the reason is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from biosync.together.cross_correlation import FINE, LAGS_S, CrossCorrelation
from biosync.together.evidence import any_of, upper_tail
from biosync.types import FloatArray

GATE_LEVEL, TESTS_WITHIN_LAGS = 0.01, 16
LEAST_LAG_S = 0.5
MOST_CLOCK_S = 1.25
"""With clocks that may be further off than this, what looks like a lead is more likely the clocks'."""
CLOCKS_SHARE = 0.84
"""Beat clocks state what holds 95 times of 100; so much of it holds nine times of ten, as the interval says."""
RESAMPLES = 400
COVERED = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Lag:
    """``leader`` 0 (the first), 1 (the second) or None (cannot tell, ``why`` says the reason); ``lag_s`` above 0 where
    the first leads; ``interval_s`` holds the true lag, clocks included, at least nine times of ten."""

    leader: int | None
    lag_s: float | None
    interval_s: tuple[float, float] | None
    why: str


def cannot_tell(why: str) -> Lag:
    """Return that nothing is known of a lag, and why."""
    return Lag(None, None, None, why)


def lag(found: CrossCorrelation, beyond_chance: bool, clocks_s: float, clock_error_s: float, period_s: float) -> Lag:
    """Return who leads in ``found``.

    ``clocks_s``: how far both beat clocks together may be off (95 times of 100 no further); ``clock_error_s``: how far
    apart the two clocks may be (a bound); ``period_s`` of what they share: a lag of more than half of it has no sign.
    """
    place = int(np.argmax(found.r))
    if not beyond_chance:
        return cannot_tell("they are not in step beyond chance")
    if not _stands_out(found, place):
        return cannot_tell("no lag stands out from chance")
    lag_s, bend = _peak(found.r, place)
    error_s = _curvature_error(found, place, bend)
    low, high = _bootstrap(found)
    interval = _with_clocks(lag_s, min(low, lag_s), max(high, lag_s), clocks_s, clock_error_s)
    why = _objection(lag_s, interval, error_s, CLOCKS_SHARE * clocks_s + clock_error_s, period_s, (low, high))
    return Lag(None if why else int(lag_s < 0), lag_s, interval, why)


def _stands_out(found: CrossCorrelation, place: int) -> bool:
    inside = 0 < place < len(LAGS_S) - 1
    return inside and any_of(upper_tail(float(found.z[place])), TESTS_WITHIN_LAGS) < GATE_LEVEL


def _peak(r: FloatArray, place: int) -> tuple[float, float]:
    """Return the lag (s) at the top of the parabola through the three points around ``place``, and its second
    derivative (1/s^2)."""
    left, here, right = (float(value) for value in r[place - 1 : place + 2])
    bend = left - 2 * here + right
    offset = 0.5 * (left - right) / bend if bend < 0 else 0.0
    return float(LAGS_S[place]) + offset / FINE, bend * FINE**2


def _curvature_error(found: CrossCorrelation, place: int, bend: float) -> float:
    """Return the standard error (s) of the lag of a peak so high and so sharp, infinite for a flat one."""
    r = min(float(found.r[place]), 0.999)
    sharpness = -bend / r
    return math.sqrt((1 - r * r) / (r * r * found.samples * sharpness)) if sharpness > 0 else math.inf


def _bootstrap(found: CrossCorrelation) -> tuple[float, float]:
    """Return between what (s) the peak lies when stretches are drawn anew with the same dice every time."""
    m = len(found.blocks)
    draws = np.random.default_rng(0).multinomial(m, np.full(m, 1 / m), size=RESAMPLES)
    low, high = np.percentile(_peaks(np.asarray(draws @ found.blocks, dtype=np.float64)), COVERED)
    return float(low), float(high)


def _peaks(r: FloatArray) -> FloatArray:
    """Return the lag (m,) in s at the top of each row of ``r`` (m, 49), as ``_peak`` has it for one; a row that is
    highest at its end stays there."""
    rows, place = np.arange(len(r)), np.argmax(r, axis=1)
    inner = np.clip(place, 1, r.shape[1] - 2)
    left, here, right = (r[rows, inner + step] for step in (-1, 0, 1))
    bend = left - 2 * here + right
    offset = np.divide(0.5 * (left - right), bend, where=bend < 0, out=np.zeros(len(r)))
    return np.asarray(LAGS_S[place] + np.where(place == inner, offset, 0.0) / FINE)


def _with_clocks(lag_s: float, low: float, high: float, clocks_s: float, clock_error_s: float) -> tuple[float, float]:
    """Return the interval with what clocks may be off: a likely error adds up in squares, a bound as it is."""
    likely_s = CLOCKS_SHARE * clocks_s
    below = math.hypot(lag_s - low, likely_s) + clock_error_s
    above = math.hypot(high - lag_s, likely_s) + clock_error_s
    return lag_s - below, lag_s + above


def _objection(
    lag_s: float,
    interval: tuple[float, float],
    error_s: float,
    clocks_s: float,
    period_s: float,
    drawn: tuple[float, float],
) -> str:
    """Return why nobody is named as the leader, empty where nothing speaks against it."""
    if abs(lag_s) > period_s / 2:
        return "the lag is longer than half a wave, so it has no direction"
    if drawn[0] <= 0 <= drawn[1] or abs(lag_s) <= 2 * error_s or abs(lag_s) < LEAST_LAG_S:
        return "the lag is too small or too unsteady to tell from none"
    if clocks_s > MOST_CLOCK_S:
        return "how far the clocks are apart is not known well enough"
    if abs(lag_s) < clocks_s or interval[0] <= 0 <= interval[1]:
        return "the clocks may be off by as much as the lag"
    return ""
