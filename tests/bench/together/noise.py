"""Random series on the grid of ``life.py``, each with a stated standard deviation."""

from __future__ import annotations

import numpy as np
from scipy.signal import lfilter

from biosync.types import FloatArray
from tests.bench.together.life import RATE_HZ


def wandering(n: int, dice: np.random.Generator, memory_s: float, sd: float) -> FloatArray:
    """Return n samples of an Ornstein-Uhlenbeck series that forgets itself over ``memory_s``."""
    keep = float(np.exp(-1 / (RATE_HZ * memory_s)))
    pushes = dice.normal(0.0, np.sqrt(1 - keep**2), n)
    pushes[0] = dice.normal()
    return np.asarray(sd * lfilter([1.0], [1.0, -keep], pushes))


def wave(n: int, dice: np.random.Generator, hz: float, bandwidth_hz: float, sd: float) -> FloatArray:
    """Return n samples of an AR(2) series around ``hz``."""
    radius = float(np.exp(-np.pi * bandwidth_hz / RATE_HZ))
    a = [1.0, -2 * radius * np.cos(2 * np.pi * hz / RATE_HZ), radius**2]
    settling = int(5 / bandwidth_hz * RATE_HZ)
    x = lfilter([1.0], a, dice.normal(size=n + settling))[settling:]
    return np.asarray(sd * x / _theoretical_sd(a))


def band(n: int, dice: np.random.Generator, sd: float, slope: float = 0.0) -> FloatArray:
    """Return n samples of Gaussian noise from 0.03 to 0.3 Hz whose power falls as frequency to the ``slope``."""
    hz = np.fft.rfftfreq(n, 1 / RATE_HZ)
    inside = (hz >= 0.03) & (hz <= 0.3)
    size = np.where(inside, np.maximum(hz, 0.01) ** (-slope / 2), 0.0)
    lines = size * (dice.normal(size=len(hz)) + 1j * dice.normal(size=len(hz)))
    x = np.fft.irfft(lines, n)
    return np.asarray(sd * x / np.sqrt(2 * np.sum(size**2) * 2) * n)


def _theoretical_sd(a: list[float]) -> float:
    """Return the SD of an AR(2) series with unit pushes (Box & Jenkins 1976, eq. 3.2.27)."""
    one, two = -a[1], -a[2]
    return float(np.sqrt((1 - two) / ((1 + two) * ((1 - two) ** 2 - one**2))))
