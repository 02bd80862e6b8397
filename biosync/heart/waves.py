"""Waves in the intervals: an even series, its spectrum and peaks, and counted breaths."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from biosync.types import BoolArray, FloatArray

RATE_HZ = 4.0
PADDED = 1024


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest point of a band: its frequency, the power around it, and if it is a peak, not the band's edge."""

    hz: float
    power: float
    inside: bool


@dataclass(frozen=True, slots=True)
class Count:
    """Breaths counted: a minute (None without a whole one), and the share of cycles that were valid ones."""

    rate_bpm: float | None
    valid: float


def wave(t_s: FloatArray, rr_ms: FloatArray, seconds: float) -> FloatArray:
    """Return the last ``seconds`` of intervals at 4 Hz (linear between beats) without their cubic trend."""
    start = max(float(t_s[0]), float(t_s[-1]) - seconds)
    grid = np.arange(start, float(t_s[-1]), 1 / RATE_HZ)
    y = np.interp(grid, t_s, rr_ms)
    basis = _cubic(len(y))
    return np.asarray(y - basis @ (basis.T @ y), dtype=np.float64)


@lru_cache(maxsize=64)
def _cubic(n: int) -> FloatArray:
    """Return an orthonormal basis (n, 4) of the polynomials up to degree 3."""
    return np.asarray(np.linalg.qr(np.vander(np.linspace(-1, 1, n), 4))[0], dtype=np.float64)


@lru_cache(maxsize=64)
def _hann(n: int) -> FloatArray:
    return np.asarray(np.hanning(n), dtype=np.float64)


@lru_cache(maxsize=2)
def _frequencies(n: int) -> FloatArray:
    return np.asarray(np.fft.rfftfreq(n, 1 / RATE_HZ), dtype=np.float64)


def spectrum(y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return frequencies (Hz) and the Hann periodogram of ``y``, zero-padded to 1024 samples."""
    power = np.abs(np.fft.rfft(y * _hann(len(y)), PADDED)) ** 2
    return _frequencies(PADDED), np.asarray(power, dtype=np.float64)


def peak(hz: FloatArray, power: FloatArray, low: float, high: float) -> Peak:
    """Return the highest point from ``low`` to ``high`` Hz, refined by a parabola, with the power within 0.015 Hz."""
    step = float(hz[1])
    first, end = int(np.ceil(low / step)), int(high / step) + 1
    if end - first < 3:
        return Peak(low, 0.0, False)
    top = first + int(np.argmax(power[first:end]))
    left, middle, right = (float(power[top + k]) for k in (-1, 0, 1))
    bend = left - 2 * middle + right
    inside = left < middle >= right
    shift = 0.5 * (left - right) / bend if inside and bend != 0 else 0.0
    half = round(0.015 / step)
    return Peak((top + shift) * step, float(power[max(0, top - half) : top + half + 1].sum()), inside)


def count_breaths(y: FloatArray, low: float, high: float) -> Count:
    """Count the breaths in ``y`` between ``low`` and ``high`` Hz: CountOrig of Schäfer & Kratky 2008.

    A breath lies between two maxima above a fifth of their upper quartile with one minimum below zero between them.
    """
    z = band(y, low, high)
    slope = np.diff(z)
    rising = slope > 0
    highs = _turns(rising[:-1] & ~rising[1:])
    lows = _turns(~rising[:-1] & rising[1:])
    if len(highs) < 2:
        return Count(None, 0.0)
    highs = highs[z[highs] > 0.2 * np.percentile(z[highs], 75)]
    lows = lows[z[lows] < 0]
    between = np.diff(np.searchsorted(lows, highs))
    lengths = np.diff(highs)[between == 1]
    if len(lengths) == 0:
        return Count(None, 0.0)
    return Count(60 * RATE_HZ / float(np.mean(lengths)), len(lengths) / len(between))


def swing(y: FloatArray, hz: float) -> float:
    """Return the amplitude of the wave of ``hz`` in ``y``: its mean under a Hann window."""
    window = _hann(len(y))
    turning = np.exp(-2j * np.pi * hz / RATE_HZ * np.arange(len(y)))
    return 2 * float(abs(np.dot(y * window, turning))) / float(window.sum())


def without(y: FloatArray, hz: float) -> FloatArray:
    """Return ``y`` without the wave of ``hz`` and its first two overtones, each of slowly changing size and phase."""
    angle = 2 * np.pi * hz / RATE_HZ * np.arange(len(y))
    slow = np.vander(np.linspace(-1, 1, len(y)), 4)
    waves = [slow * turn(k * angle)[:, np.newaxis] for k in (1, 2, 3) for turn in (np.cos, np.sin)]
    basis = np.linalg.qr(np.concatenate(waves, axis=1))[0]
    return np.asarray(y - basis @ (basis.T @ y), dtype=np.float64)


def _turns(where: BoolArray) -> npt.NDArray[np.intp]:
    return np.flatnonzero(where) + 1


def band(y: FloatArray, low: float, high: float) -> FloatArray:
    """Return ``y`` with only its waves between ``low`` and ``high`` Hz (by Fourier, padded to twice its length)."""
    n = 2 * len(y)
    waves = np.fft.rfft(y, n)
    hz = np.fft.rfftfreq(n, 1 / RATE_HZ)
    waves[(hz < low) | (hz > high)] = 0
    return np.asarray(np.fft.irfft(waves, n)[: len(y)], dtype=np.float64)


def returns(y: FloatArray, hz: float) -> float:
    """Return the highest autocorrelation (-1 to 1) of ``y`` within a tenth of one period of ``hz``."""
    lag = RATE_HZ / hz
    best = -1.0
    for k in range(int(0.9 * lag), min(int(1.1 * lag) + 2, len(y) - 4)):
        a, b = y[k:], y[: len(y) - k]
        size = float(np.sqrt(np.dot(a, a) * np.dot(b, b)))
        best = max(best, float(np.dot(a, b)) / size if size > 0 else -1.0)
    return best
