"""Two families of hearts that answer the breath: a resonator, and a delayed baroreflex from beat to beat.

``Resonator``: the blood pressure's loop as a damped oscillator (Vaschillo et al. 2002) beside a fast vagal way.
``Baroreflex``: DeBoer, Karemaker, Strackee, Am J Physiol 253:H680-H689, 1987: pressure and interval from beat to beat,
a fast vagal and a slow sympathetic answer, the breath moves the pulse pressure. It is used for judging only.
"""

from __future__ import annotations

import math
import random
from collections import deque
from dataclasses import dataclass

from tests.bench.cue.breathing import STEP_S


@dataclass(frozen=True, slots=True)
class Heart:
    """What sets a heart apart. ``rsa_bpm``: its swing (highest minus lowest) at its best pace, about."""

    rate_bpm: float = 68.0
    resonance_bpm: float = 5.7
    damping: float = 0.3
    rsa_bpm: float = 8.0
    vagal: float = 0.25
    noise: float = 1.0
    ectopics_per_min: float = 0.2
    drift_bpm: float = 2.0


class Integral:
    """The rate is an integral; beats come where it passes whole numbers."""

    def __init__(self, heart: Heart, dice: random.Random) -> None:
        self.heart, self.dice = heart, dice
        self._filled, self._due, self._last_t, self._early = 0.0, 1.0, 0.0, False

    def _rate(self, lungs: float, breath_hz: float) -> float:
        """Return the rate (bpm) that one more step with these lungs leads to."""
        raise NotImplementedError

    def step(self, t: float, lungs: float, breath_hz: float) -> list[tuple[float, float]]:
        """Advance one step; return (time, RR in s) of the beats in it."""
        rate = self._rate(lungs, breath_hz) / 60
        before = self._filled
        self._filled += rate * STEP_S
        if self._filled < self._due:
            return []
        at = t - STEP_S * (1 - (self._due - before) / (self._filled - before))
        rr, self._last_t = at - self._last_t, at
        if self._early:
            self._early, share = False, 1.38
        elif self.dice.random() < self.heart.ectopics_per_min * rr / 60:
            self._early, share = True, 0.62
        else:
            share = 1.0
        self._due += share
        return [(at, rr)]


class Resonator(Integral):
    """A damped oscillator, and a fast way beside it."""

    def __init__(self, heart: Heart, dice: random.Random) -> None:
        super().__init__(heart, dice)
        self._omega = 2 * math.pi * heart.resonance_bpm / 60
        self._x = self._v = self._slow = self._drift = 0.0

    def _rate(self, lungs: float, breath_hz: float) -> float:
        heart, gauss, noise = self.heart, self.dice.gauss, self.heart.noise
        depth = min(1.25, (0.1 / max(breath_hz, 0.05)) ** 0.3)
        swing = heart.rsa_bpm * depth
        drive = swing * lungs + (gauss(0.0, 8.0 * noise) if noise else 0.0)
        # A band pass: what it gives is the oscillator's speed, largest and in phase with the breath at resonance.
        self._v += (self._omega * (2 * heart.damping * (drive - self._v) - self._x)) * STEP_S
        self._x += self._omega * self._v * STEP_S
        vagal = swing * heart.vagal * lungs
        if noise:
            self._slow += -self._slow * STEP_S / 25 + gauss(0.0, 1.2 * noise) * math.sqrt(2 * STEP_S / 25)
            self._drift += -self._drift * STEP_S / 300 + gauss(0.0, heart.drift_bpm) * math.sqrt(2 * STEP_S / 300)
            vagal += gauss(0.0, 2.0 * noise)
        return max(35.0, heart.rate_bpm + self._v + vagal + self._slow + self._drift)


class Baroreflex:
    """Pressure and interval from beat to beat about an operating point of 120/75 mmHg."""

    _G_VAGAL, _G_BETA, _G_ALPHA = 9.0, 9.0, 18.0
    _GAMMA = 0.016
    _S, _D = 120.0, 75.0
    _T_MS = 1425.0

    def __init__(self, heart: Heart, dice: random.Random) -> None:
        self.heart, self.dice = heart, dice
        self._mean = 60000 / heart.rate_bpm
        # The delay of the sympathetic answer in beats sets the resonance: a slower loop for a slower one.
        self._lag = max(1.0, (60 / heart.resonance_bpm * 0.42 - 1.0) * heart.rate_bpm / 60)
        self._gain = 0.6
        self._breath_mmhg = heart.rsa_bpm * (62 / heart.rate_bpm) ** 2
        self._past: deque[float] = deque([0.0] * 24, maxlen=24)
        self._interval = self._mean
        self._systole, self._tau = self._S, self._T_MS
        decay = math.exp(-self._mean / self._T_MS)
        self._c3 = self._D / (self._S * decay)
        self._c2 = self._S - self._D - self._GAMMA * self._mean
        self._next_t = self._mean / 1000
        self._last_t = 0.0
        self._pressure_noise = self._slow = 0.0
        self._early = False

    def step(self, t: float, lungs: float, breath_hz: float) -> list[tuple[float, float]]:
        """Advance to ``t``; return (time, RR in s) of the beat in this step, if there is one."""
        if t < self._next_t:
            return []
        at = self._next_t
        rr, self._last_t = at - self._last_t, at
        interval = self._beat(lungs, breath_hz)
        if self._early:
            self._early, interval = False, 1.35 * interval
        elif self.dice.random() < self.heart.ectopics_per_min * rr / 60:
            self._early, interval = True, 0.62 * interval
        self._next_t = at + max(0.33, interval / 1000)
        return [(at, rr)]

    def _beat(self, lungs: float, breath_hz: float) -> float:
        """Return the next interval in ms."""
        heart, gauss, noise = self.heart, self.dice.gauss, self.heart.noise
        depth = min(1.15, (0.1 / max(breath_hz, 0.05)) ** 0.15)
        if noise:
            self._pressure_noise += -0.3 * self._pressure_noise + gauss(0.0, 0.5 * noise)
            self._slow += -self._slow / 60 + gauss(0.0, 2.0 * heart.drift_bpm / 2)
        diastole = self._c3 * self._systole * math.exp(-self._interval / self._tau)
        pulse = self._GAMMA * self._interval + self._c2 + self._breath_mmhg * depth * lungs + self._pressure_noise
        self._systole = diastole + pulse
        effective = 18 * math.atan((self._systole - self._S) / 18)
        self._past.appendleft(effective)
        slow = self._delayed()
        self._tau = max(300.0, self._T_MS - self._G_ALPHA * 0.6 * slow)
        self._interval = self._mean + self._gain * (self._G_VAGAL * effective + self._G_BETA * slow)
        self._interval += self._slow + (gauss(0.0, 6.0 * noise) if noise else 0.0)
        self._interval = min(1700.0, max(380.0, self._interval))
        return self._interval

    def _delayed(self) -> float:
        """Return the sympathetic answer: pressures weighted 1 2 3 2 1 about the lag (in beats, not whole)."""
        total = 0.0
        for offset, weight in ((-2, 1), (-1, 2), (0, 3), (1, 2), (2, 1)):
            place = max(0.0, self._lag + offset)
            low = int(place)
            share = place - low
            total += weight * ((1 - share) * self._past[low] + share * self._past[low + 1])
        return total / 9
