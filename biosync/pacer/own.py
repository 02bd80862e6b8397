"""A person's own breath, as far as the heart tells it: where it lies is a probability over paces, carried from second
to second as a breath wanders (a hidden Markov model; Rabiner, Proc IEEE 77:257-286, 1989).

Each second asks which waves stand out in the last half minute. One look is often wrong: a wave of the blood pressure,
an overtone, noise. But those come and go, and a breath stays about where it is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from biosync.heart.breath import NYQUIST_SHARE
from biosync.pacer.reading import Reading
from biosync.types import FloatArray

SLOWEST_BPM, FASTEST_BPM, STEP_BPM = 7.5, 30.0, 0.25
"""No own breath below the first is believed: waves of the blood pressure lie there, and only a lead can tell."""
SEEN_FROM_BPM = 3.0
WINDOW_S, LEAST_S, LEAST_BEATS = 32.0, 28.0, 16
SHAPE = 4
"""So many slow shapes (the polynomials up to degree 3) are taken out of the heart rate."""
SLOPE_FROM_BPM, MOST_SLOPE, TOP_MOVED = 6.0, 2.0, 3
"""Noise falls with the pace by this power of it at most: so much is made up for. That moves the tops of the waves up by
as many of the paces below, at most, and they are moved back."""
PRESSURE_BPM, USUAL = 5.5, 6.0
"""A wave weighs its share of all waves from the first pace up, and of so many times the middle of all powers: slower
waves take nothing from a breath, and what hardly stands out weighs little."""
SLOW_BPM, OVERTONE_OFF, DOUBTED = 9.5, 0.06, 0.3
"""What a wave weighs that may be the blood pressure's, or the overtone of a breath."""
NO_BREATH_BPM, SURELY_BPM = 6.5, 9.0
"""Of the waves between these paces more and more are breaths: few breathe so slowly by themselves, and the flank of the
blood pressure's wave reaches there. A wave weighs less by that, but no less than a doubted one."""
SURE_TO_BPM, NONE_AT_BPM = 20.0, 28.0
"""Nor do many breathe faster than the first by themselves, and noise lies there, too: from there on a wave weighs less
and less, down to a doubted one's, but for one that is most of what there is."""
PEAK_BPM, ANYTHING = 0.7, 0.25
"""How far off a wave lies from the breath it belongs to, and the weight of what was not seen at all."""
NEWS = 0.3
"""What each second adds counts so much: its window shares most of its beats with the one before."""
WANDER_BPM = 0.17
"""How far a breath wanders in a second."""
LOST_TRACK = 1e-5
KNOWN, STILL_KNOWN, NEAR_BPM = 0.95, 0.6, 1.25
"""The breath is known once so much of the probability lies so near to its most likely pace; then less will do."""
ROUGHLY, ROUGHLY_BPM, ROUGHLY_LOOKS = 0.8, 3.0, 60
"""Or where so much of it lies so near for so many looks on end: who breathes restlessly is better met somewhere there
than nowhere, and noise seldom stays so long."""

_SEEN_BPM = np.arange(SEEN_FROM_BPM, FASTEST_BPM + 1e-9, STEP_BPM)
_PACES_BPM = np.arange(SLOWEST_BPM, FASTEST_BPM + 1e-9, STEP_BPM)


class OwnBreath:
    """``bpm`` is None until it is known; ``rough``: it may be a few a minute off; ``looked``: there was ever something
    to look at."""

    def __init__(self, bpm: float | None = None) -> None:
        self.bpm = bpm
        self.rough = self.looked = False
        self._likely = np.full(len(_PACES_BPM), 1 / len(_PACES_BPM))
        self._newest_t: float | None = None
        self._roughly = 0  # looks on end

    def take(self, reading: Reading) -> None:
        """Take a reading that owes nothing to the cue, about one a second; one without a new beat is no news."""
        if not len(reading.t_s) or reading.t_s[-1] == self._newest_t:
            return
        self._newest_t = float(reading.t_s[-1])
        self.looked = self.looked or reading.quality != "none"
        waves = _waves(reading)
        if waves is None:
            self._roughly = 0
            return
        self._likely = _wandered(self._likely) * _weight(*waves) ** NEWS
        self._likely /= self._likely.sum()
        share, bpm = self._around(NEAR_BPM)
        roughly, rough_bpm = self._around(ROUGHLY_BPM)
        self._roughly = self._roughly + 1 if roughly >= ROUGHLY else 0
        if share >= (KNOWN if self.bpm is None or self.rough else STILL_KNOWN):
            self.bpm = bpm
            self.rough = False
        elif (self.bpm is None and self._roughly >= ROUGHLY_LOOKS) or (self.rough and self._roughly):
            self.bpm, self.rough = rough_bpm, True

    def _around(self, within_bpm: float) -> tuple[float, float]:
        """Return the probability of the paces up to ``within_bpm`` from the most likely one, and their mean."""
        near = np.abs(_PACES_BPM - _PACES_BPM[np.argmax(self._likely)]) <= within_bpm
        share = float(self._likely[near].sum())
        return share, float(self._likely[near] @ _PACES_BPM[near]) / share


def _wandered(likely: FloatArray) -> FloatArray:
    """Return the probability of each pace a second later."""
    aside = 0.5 * (WANDER_BPM / STEP_BPM) ** 2
    stays = (1 - 2 * aside) * likely + LOST_TRACK
    stays[1:] += aside * likely[:-1]
    stays[:-1] += aside * likely[1:]
    stays[[0, -1]] += aside * likely[[0, -1]]  # nobody wanders off the edge
    return np.asarray(stays)


def _weight(paces_bpm: FloatArray, shares: FloatArray) -> FloatArray:
    """Return how well each of ``_PACES_BPM`` explains the waves at ``paces_bpm`` (n,) with ``shares`` (n,) of all."""
    off = (_PACES_BPM[:, None] - paces_bpm[None, :]) / PEAK_BPM
    return np.asarray(ANYTHING + np.exp(-0.5 * off**2) @ shares)


def _waves(reading: Reading) -> tuple[FloatArray, FloatArray] | None:
    """Return the paces of the waves that stand out and their shares; None where too little was read."""
    t_s, rate_bpm = _lately(reading)
    if len(t_s) < LEAST_BEATS or t_s[-1] - t_s[0] < LEAST_S:
        return None
    power = _power(t_s, rate_bpm)
    highest = NYQUIST_SHARE * 30 / float(np.median(np.diff(t_s)))
    level = np.where(highest >= _SEEN_BPM, power * _SEEN_BPM**_slope(power, highest), 0.0)
    top = np.flatnonzero((level[1:-1] > level[:-2]) & (level[1:-1] >= level[2:])) + 1
    if not len(top):
        return None
    at, size = _paces_of(power, top), level[top] * _believed(_SEEN_BPM[top], power[top])
    usual = float(np.median(level[level > 0]))
    shares = size / (float(size[at >= PRESSURE_BPM].sum()) + USUAL * usual)
    breaths = at >= SLOWEST_BPM - 0.5
    # Only now, beside the shares of all: else the slower waves of noise would gain what the fast ones lose.
    fast = np.clip((NONE_AT_BPM - at) / (NONE_AT_BPM - SURE_TO_BPM), DOUBTED, 1.0)
    return at[breaths], (shares * np.maximum(fast, shares))[breaths]


def _lately(reading: Reading) -> tuple[FloatArray, FloatArray]:
    t_s = reading.t_s
    if reading.quality == "none" or not len(t_s):
        return np.zeros(0), np.zeros(0)
    keep = reading.normal & (t_s >= t_s[-1] - WINDOW_S)
    return t_s[keep], reading.heart_rate_bpm[keep]


def _power(t_s: FloatArray, rate_bpm: FloatArray) -> FloatArray:
    """Return the power (Hann) at each of ``_SEEN_BPM`` without the slow shapes."""
    from_middle_s = t_s - t_s[-1] + WINDOW_S / 2
    slow = np.vander(2 * from_middle_s / WINDOW_S, SHAPE)
    left = rate_bpm - slow @ np.linalg.solve(slow.T @ slow, slow.T @ rate_bpm)
    weighted = left * np.cos(np.pi * from_middle_s / WINDOW_S) ** 2 * np.gradient(t_s)
    turns = np.empty((len(_SEEN_BPM), len(t_s)), dtype=np.complex128)  # at even paces each turns on from the one before
    turns[0] = np.exp(-2j * np.pi / 60 * SEEN_FROM_BPM * from_middle_s)
    turns[1:] = np.exp(-2j * np.pi / 60 * STEP_BPM * from_middle_s)
    # Too small a product to be worth the threads of BLAS.
    found = np.einsum("ij,j->i", np.multiply.accumulate(turns, axis=0), weighted)
    return np.asarray(np.abs(found) ** 2)


def _paces_of(power: FloatArray, top: NDArray[np.intp]) -> FloatArray:
    """Return the paces of the waves whose tops were found at the places ``top`` (n,), as ``power`` itself has them."""
    at = top.copy()
    for _ in range(TOP_MOVED):
        at = np.where((at > 1) & (power[at - 1] > power[at]), at - 1, at)
    before, here, after = power[at - 1], power[at], power[at + 1]
    bend = before - 2 * here + after
    off = np.divide(0.5 * (before - after), bend, out=np.zeros(len(at)), where=bend < 0)  # of a parabola
    return np.asarray(_SEEN_BPM[at] + STEP_BPM * np.clip(off, -0.5, 0.5))


def _slope(power: FloatArray, highest_bpm: float) -> float:
    """Return the exponent by which the power falls with the pace."""
    seen = (_SEEN_BPM >= SLOPE_FROM_BPM) & (highest_bpm >= _SEEN_BPM)
    paces, powers = np.log(_SEEN_BPM[seen]), np.log(power[seen] + 1e-12)
    paces -= paces.mean()
    return min(MOST_SLOPE, max(0.0, -float(paces @ powers) / float(paces @ paces)))


def _believed(paces_bpm: FloatArray, power: FloatArray) -> FloatArray:
    """Return what each wave weighs: less where a stronger one, twice as slow and itself a likely breath, may have it as
    an overtone, and where it is slow and a stronger one, slower yet, may be the blood pressure's."""
    slower, faster = paces_bpm[None, :], paces_bpm[:, None]
    overtone = (np.abs(2 * slower - faster) <= OVERTONE_OFF * faster) & (slower >= SLOWEST_BPM)
    pressure = (slower < faster) & (faster < SLOW_BPM)
    doubted = (overtone | pressure) & (power[None, :] > power[:, None])
    breath = np.clip((paces_bpm - NO_BREATH_BPM) / (SURELY_BPM - NO_BREATH_BPM), DOUBTED, 1.0)
    return np.where(doubted.any(axis=1), DOUBTED, breath)
