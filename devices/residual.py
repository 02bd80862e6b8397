"""The residual that begins in a virtual person: seeded noise of a band, with unit spread."""

from __future__ import annotations

import math
from functools import cache
from random import Random

from devices.person import STEP_S

_CORNERS_HZ = (0.04, 0.12)
"""The filters' points of half power; 95 % of what they let through lies within ``coupling.RESIDUAL_HZ``."""
_SETTLED_S = 120.0
"""The filters' memory is gone after this: the slow one's time constant is 6 s."""


class Residual:
    """Gaussian noise of the band ``coupling.RESIDUAL_HZ`` and a standard deviation of 1, a value every ``STEP_S``."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._band = _Band()
        for _ in range(round(_SETTLED_S / STEP_S)):
            self.step()

    def step(self) -> float:
        """Return the next value."""
        return self._band.step(self._dice.gauss(0.0, 1.0)) / _spread()


class _Band:
    """A high-pass and a low-pass filter in a row, both Butterworth of second order."""

    def __init__(self) -> None:
        low, high = _CORNERS_HZ
        self._filters = (_Filter(low, high_pass=True), _Filter(high, high_pass=False))

    def step(self, value: float) -> float:
        for one in self._filters:
            value = one.step(value)
        return value


class _Filter:
    """A second-order Butterworth filter by the bilinear transform (the audio cookbook's biquad with Q = 1/sqrt 2)."""

    def __init__(self, corner_hz: float, *, high_pass: bool) -> None:
        omega = 2 * math.pi * corner_hz * STEP_S
        alpha = math.sin(omega) / math.sqrt(2)
        whole = 1 + alpha
        self._b1 = (-1 if high_pass else 1) * (1 + math.cos(omega) if high_pass else 1 - math.cos(omega)) / whole
        self._b0 = abs(self._b1) / 2
        self._a1, self._a2 = -2 * math.cos(omega) / whole, (1 - alpha) / whole
        self._x1 = self._x2 = self._y1 = self._y2 = 0.0

    def step(self, x: float) -> float:
        y = self._b0 * (x + self._x2) + self._b1 * self._x1 - self._a1 * self._y1 - self._a2 * self._y2
        self._x1, self._x2, self._y1, self._y2 = x, self._x1, y, self._y1
        return y


@cache
def _spread() -> float:
    """Return the standard deviation of white unit noise behind the band: the root of its impulse response's energy."""
    band = _Band()
    steps = round(_SETTLED_S / STEP_S)
    return math.sqrt(sum(band.step(float(k == 0)) ** 2 for k in range(steps)))
