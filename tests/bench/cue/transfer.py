"""A third heart, to learn from: it answers the breath late and in two ways (fast, and by the loop that resonates), and
beats in noise as real hearts do, which falls with frequency, with a wave of the blood pressure of its own in it."""

from __future__ import annotations

import math
import random

from tests.bench.cue.breathing import STEP_S
from tests.bench.cue.hearts import Heart, Integral

NOISE_S, NOISE_SHARES = (0.7, 2.5, 9.0, 35.0, 140.0), (0.45, 0.55, 0.7, 0.9, 1.2)
"""Noises of these time constants, larger the slower they are: together their power falls about as 1/f."""
PRESSURE_DAMPING = 0.08


class Transfer(Integral):
    """Two answers to the breath, and noise."""

    def __init__(self, heart: Heart, dice: random.Random) -> None:
        super().__init__(heart, dice)
        own = random.Random(f"{heart.rsa_bpm:.6f} {heart.resonance_bpm:.6f}")  # a quiet heart is the same heart
        self._omega, self._damping = 2 * math.pi * heart.resonance_bpm / 60, 0.2 + heart.damping
        self._slow_share, self._fast_share = own.uniform(0.5, 1.0), own.uniform(0.15, 0.45)
        self._fast_s = own.uniform(0.4, 1.2)
        self._late = [0.0] * (int(own.uniform(0.3, 1.2) / STEP_S) + 1)
        noise_bpm = own.uniform(0.35, 1.1)
        self._noise_sd = [noise_bpm * share for share in NOISE_SHARES]
        self._pressure_omega = 2 * math.pi * own.uniform(0.075, 0.115)
        self._pressure_bpm = own.uniform(0.3, 1.6)
        self._noise = [0.0] * len(NOISE_S)
        self._x = self._v = self._fast = self._pressure = self._pressure_v = 0.0
        self._steps = 0

    def _rate(self, lungs: float, breath_hz: float) -> float:
        moved = self._answer(lungs, breath_hz) + (self._of_its_own() if self.heart.noise else 0.0)
        return max(35.0, self.heart.rate_bpm + moved)

    def _answer(self, lungs: float, breath_hz: float) -> float:
        """Return what the breath does to the rate (bpm)."""
        self._late[self._steps % len(self._late)] = lungs
        self._steps += 1
        late = self._late[self._steps % len(self._late)]
        drive = late * self.heart.rsa_bpm * min(1.2, (0.1 / max(breath_hz, 0.05)) ** 0.25)
        self._fast += (drive - self._fast) * STEP_S / self._fast_s
        self._v += self._omega * (2 * self._damping * (drive - self._v) - self._x) * STEP_S
        self._x += self._omega * self._v * STEP_S
        return self._slow_share * self._v + self._fast_share * self._fast

    def _of_its_own(self) -> float:
        """Return what the heart does whatever the breath does (bpm)."""
        gauss = self.dice.gauss
        for k, (long_s, sd) in enumerate(zip(NOISE_S, self._noise_sd, strict=True)):
            self._noise[k] += -self._noise[k] * STEP_S / long_s + gauss(0.0, sd) * math.sqrt(2 * STEP_S / long_s)
        omega, damping = self._pressure_omega, PRESSURE_DAMPING
        push = gauss(0.0, self._pressure_bpm) * math.sqrt(4 * damping * omega**3 * STEP_S)
        self._pressure_v += (-2 * damping * omega * self._pressure_v - omega**2 * self._pressure) * STEP_S + push
        self._pressure += self._pressure_v * STEP_S
        return sum(self._noise) + self._pressure
