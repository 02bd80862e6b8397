"""G3, SEALED: a delayed baroreflex from beat to beat with breaths that are planned one by one.

Nobody who chooses a method, or a number in one, may read or run the inside of this file; it is used for its final
figures only. Its parameters were set once, to give hearts with the variability of the bench's cases, before any
method was judged on it.

DeBoer, Karemaker, Strackee, Am J Physiol 253:H680-H689, 1987: pressure and interval from beat to beat, a fast vagal
and a slow sympathetic answer; the breath moves the pulse pressure, here consciously: each breath is planned to end
where the cue's does.
"""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from biosync.types import FloatArray
from tests.bench.together.breathing import with_cue
from tests.bench.together.life import WARMUP_S, Cue, Life
from tests.bench.together.noise import band

_WEIGHTS = (1, 2, 3, 2, 1)
_SYSTOLE, _DIASTOLE, _DECAY_MS, _GAMMA = 120.0, 75.0, 1425.0, 0.016


def pair(life: Life, dice: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Return the beat times (s) of two people."""
    t = life.grid()
    shared = band(len(t), dice, life.shared_bpm, slope=0.5)
    later = np.interp(t - life.lead_s, t, shared)
    return _Heart(life, 0, dice, shared).beats(), _Heart(life, 1, dice, later).beats()


class _Breath:
    """The lungs' filling: each breath has a begin, a length and a depth."""

    def __init__(self, cue: Cue | None, until: float, dice: np.random.Generator) -> None:
        self._cue, self._until, self._dice = cue, until, dice
        self._own_s = 60 / dice.uniform(8.5, 16.0)
        self._inhale = dice.uniform(0.35, 0.5)
        self._habit = dice.normal(0.0, 0.05)
        self._begin = -WARMUP_S - self._own_s * dice.random()
        self._length, self._depth, self._wander = self._own_s, 1.0, 0.0

    def filling(self, t: float) -> float:
        """Return the filling about 0 at ``t`` (s), which never falls between calls."""
        while t >= self._begin + self._length:
            self._begin += self._length
            self._plan()
        phase = (t - self._begin) / self._length
        if phase < self._inhale:
            return -0.5 * self._depth * math.cos(math.pi * phase / self._inhale)
        return 0.5 * self._depth * math.cos(math.pi * (phase - self._inhale) / (1 - self._inhale))

    @property
    def hz(self) -> float:
        return 1 / self._length

    def _plan(self) -> None:
        dice = self._dice
        self._wander += -0.08 * self._wander + dice.normal(0.0, 0.035)
        sigh = dice.random() < 0.02
        self._depth = 1.8 if sigh else math.exp(dice.normal(0.0, 0.13))
        if self._cue is None or self._begin >= self._until:
            self._length = max(2.2, self._own_s * math.exp(self._wander + dice.normal(0.0, 0.12)))
            return
        now = np.array([self._begin])
        period = 60 / float(self._cue.rate_bpm(now)[0])
        behind = (float(self._cue.cycles(now)[0]) - self._habit + 0.5) % 1.0 - 0.5
        self._length = max(2.2, period * (1 - 0.7 * behind) * math.exp(dice.normal(0.0, 0.03)))


class _Heart:
    """Pressure (mmHg) and interval (ms) from beat to beat."""

    def __init__(self, life: Life, person: int, dice: np.random.Generator, shared: FloatArray) -> None:
        self._life, self._dice = life, dice
        self._t, self._shared = life.grid(), shared
        cue, until = with_cue(life, person)
        self._breath = _Breath(cue, until, dice)
        self._mean = 60000 / dice.uniform(56, 80)
        self._lag = dice.uniform(2.6, 4.2) * 1000 / self._mean
        self._vagal, self._slow_gain, self._vessel = dice.uniform(4, 7), dice.uniform(4, 7), dice.uniform(7, 12)
        self._swing = dice.uniform(4.0, 9.0)
        self._noise = dice.uniform(0.5, 1.5)
        self._past: deque[float] = deque([0.0] * 16, maxlen=16)
        self._systole, self._interval, self._tau = _SYSTOLE, self._mean, _DECAY_MS
        self._kept = _DIASTOLE / (_SYSTOLE * math.exp(-self._mean / _DECAY_MS))
        self._push = self._tone = 0.0
        self._startle_s, self._startle = dice.uniform(0.2, 0.8), dice.uniform(12, 22)
        self._startle_back_s = dice.uniform(9, 16)

    def beats(self) -> FloatArray:
        """Return the times (s) of the beats."""
        t, end, found = -WARMUP_S + self._dice.random(), float(self._t[-1]), []
        while t < end:
            found.append(t)
            t += self._next(t) / 1000
        return np.array(found)

    def _next(self, t: float) -> float:
        """Return the interval in ms that begins at ``t``."""
        gauss = self._dice.normal
        self._push += -0.35 * self._push + gauss(0.0, 1.9 * self._noise)
        self._tone += -self._interval / 90000 * self._tone + gauss(0.0, 2.2)
        depth = min(1.2, (0.1 / self._breath.hz) ** 0.2)
        diastole = self._kept * self._systole * math.exp(-self._interval / self._tau)
        pulse = _SYSTOLE - _DIASTOLE + _GAMMA * (self._interval - self._mean)
        self._systole = diastole + pulse + self._swing * depth * self._breath.filling(t) + self._push
        self._past.appendleft(18 * math.atan((self._systole - _SYSTOLE) / 18))
        slow = self._sympathetic()
        self._tau = max(400.0, _DECAY_MS - self._vessel * slow)
        wish = self._mean + self._vagal * self._past[0] + self._slow_gain * slow + self._tone
        wish += gauss(0.0, 17.0 * self._noise)
        self._interval = min(1500.0, max(400.0, wish))
        return 60000 / max(40.0, 60000 / self._interval + self._outside(t))

    def _outside(self, t: float) -> float:
        """Return what moves the rate from outside the loop, in bpm."""
        there = float(np.interp(t, self._t, self._shared)) if self._life.shared_bpm else 0.0
        if self._life.stress_at is None or (since := t - self._life.stress_at - self._startle_s) <= 0:
            return there
        return there + self._startle * min(1.0, since / 2.5) * math.exp(-since / self._startle_back_s)

    def _sympathetic(self) -> float:
        """Return the slow answer: pressures weighted 1 2 3 2 1 about a lag that need not be whole beats."""
        total = 0.0
        for offset, weight in zip((-2, -1, 0, 1, 2), _WEIGHTS, strict=True):
            place = max(0.0, self._lag + offset)
            low = int(place)
            share = place - low
            total += weight * ((1 - share) * self._past[low] + share * self._past[low + 1])
        return total / 9
