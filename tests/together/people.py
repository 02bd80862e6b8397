"""Small virtual pairs for these tests: heart rate as a sum, beats by integrating it, all from one seed.

Own part: two AR(1) cascades and a wandering breath; a cue moves each heart by a wave of its own shape (a skewed one,
with delay and size that wander). Not one of the bench's generators.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biosync.heart.intervals import Beats
from biosync.together.cue_course import CueCourse, from_rows
from biosync.together.series import Series, from_beats
from biosync.types import FloatArray

HZ = 10
BEFORE_S = 20


@dataclass(frozen=True)
class Pair:
    """Two people and the cues they had."""

    first: Series
    second: Series
    cues: tuple[CueCourse, ...]


def pair(
    seed: int, seconds: float = 200.0, *, cue: str = "none", shared_bpm: float = 0.0, lead_s: float = 0.0, sign: int = 1
) -> Pair:
    """Return a pair; ``cue``: none, fixed or moving; the first is ``lead_s`` ahead in what they share, the second takes
    it up with ``sign``."""
    dice = np.random.default_rng(seed)
    t = np.arange(-BEFORE_S, seconds + BEFORE_S, 1 / HZ)
    course = _cue(cue, t, dice)
    common = shared_bpm * _band(dice, len(t), 0.03, 0.3)
    later = np.interp(t - lead_s, t, common)
    rates = [_rate(dice, t, course) + common, _rate(dice, t, course) + sign * later]
    first, second = (series_of(t, rate, seconds) for rate in rates)
    return Pair(first, second, () if course is None else (course,))


def series_of(t: FloatArray, rate_bpm: FloatArray, seconds: float) -> Series:
    """Return the series of a heart with this rate (n,) at ``t`` (n,), from 0 to ``seconds``."""
    return from_beats(beats_of(t, rate_bpm, seconds))


def beats_of(t: FloatArray, rate_bpm: FloatArray, seconds: float) -> Beats:
    """Return the beats of a heart that beats whenever the integral of its rate passes a whole number."""
    turned = np.cumsum(rate_bpm) / 60 / HZ
    at = np.interp(np.arange(1, int(turned[-1])), turned, t)
    at = at[(at >= 0) & (at <= seconds)]
    rr_ms = np.diff(at) * 1000
    return Beats(at[1:], rr_ms, np.zeros(len(rr_ms), dtype=np.int8), np.zeros(len(rr_ms), dtype=bool))


def group(seed: int, size: int, apart: int = 0, shared_bpm: float = 0.0, seconds: float = 200.0) -> list[Series]:
    """Return ``size`` people without a cue of whom all but the last ``apart`` share something."""
    dice = np.random.default_rng(seed)
    t = np.arange(-BEFORE_S, seconds + BEFORE_S, 1 / HZ)
    common = shared_bpm * _band(dice, len(t), 0.06, 0.12)
    shares = [common if number < size - apart else 0.0 for number in range(size)]
    return [series_of(t, _rate(dice, t, None) + share, seconds) for share in shares]


def _cue(kind: str, t: FloatArray, dice: np.random.Generator) -> CueCourse | None:
    if kind == "none":
        return None
    ends = {"fixed": (6.0, 6.0), "moving": (7.0, 5.5)}[kind]
    rate = np.interp(t, [0, t[-1] - BEFORE_S], ends)
    cycles = dice.random() + np.cumsum(rate) / 60 / HZ
    every = slice(None, None, HZ)
    return from_rows(t[every], rate[every], cycles[every] % 1)


def _rate(dice: np.random.Generator, t: FloatArray, course: CueCourse | None) -> FloatArray:
    size = dice.uniform(1.0, 2.5)
    own = size * (0.8 * _band(dice, len(t), 0.03, 0.16) + 0.5 * _band(dice, len(t), 0.1, 0.4))
    slow = 2.0 * _band(dice, len(t), 0.0, 0.03)
    if course is None:
        breath = np.cumsum(dice.uniform(0.18, 0.28) * np.exp(0.1 * _band(dice, len(t), 0.0, 0.05))) / HZ
        return np.asarray(dice.uniform(55, 80) + own + slow + dice.uniform(0.5, 3) * np.sin(2 * np.pi * breath))
    phase = 2 * np.pi * (course.at(t - dice.uniform(0, 3)) + 0.03 * _band(dice, len(t), 0.0, 0.01))
    swing = dice.uniform(2, 5) * np.exp(0.2 * _band(dice, len(t), 0.0, 0.01))
    skewed = np.sin(phase + 0.5 * np.sin(phase + dice.uniform(0, 6)))
    return np.asarray(dice.uniform(55, 80) + own + slow + swing * skewed)


def _band(dice: np.random.Generator, n: int, low_hz: float, high_hz: float) -> FloatArray:
    """Return Gaussian noise of SD 1 in a band."""
    hz = np.fft.rfftfreq(n, 1 / HZ)
    lines = (dice.normal(size=len(hz)) + 1j * dice.normal(size=len(hz))) * ((hz > low_hz) & (hz <= high_hz))
    x = np.fft.irfft(lines, n)
    return np.asarray(x / x.std())
