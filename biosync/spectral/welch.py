"""Welch's averaged spectrum and power in bands (Welch, IEEE Trans Audio Electroacoust 15:70-73, 1967)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from biosync.types import FloatArray

CHUNK = 64
"""So many segments are transformed at once: 24 hours then need a few megabytes."""


@lru_cache(maxsize=32)
def hann(n: int) -> FloatArray:
    """Return the periodic Hann window (n,), read-only."""
    # One more point of the symmetric window, without the last, is the periodic one.
    window: FloatArray = np.hanning(n + 1)[:-1].astype(np.float64)
    window.setflags(write=False)
    return window


@lru_cache(maxsize=8)
def frequencies(rate_hz: float, nfft: int) -> FloatArray:
    """Return the frequencies (nfft/2 + 1,) in Hz of a one-sided spectrum, read-only."""
    f = np.arange(nfft // 2 + 1, dtype=np.float64)
    f *= rate_hz / nfft
    f.setflags(write=False)
    return f


def density(x: FloatArray, rate_hz: float, segment: int, nfft: int) -> FloatArray:
    """Return the one-sided density (nfft/2 + 1,) of ``x`` (n,) in units^2/Hz at ``frequencies(rate_hz, nfft)``.

    Hann segments of ``segment`` samples (all of ``x`` if it is shorter), half overlapping, each without its mean and
    padded with zeros to ``nfft`` (even, not below ``segment``): the same as scipy.signal.welch.
    """
    segment = min(segment, len(x))
    step = segment - segment // 2
    pieces = np.lib.stride_tricks.sliding_window_view(x, segment)[::step]
    window = hann(segment)
    total = np.zeros(nfft // 2 + 1)
    for start in range(0, len(pieces), CHUNK):
        chunk = pieces[start : start + CHUNK]
        z = np.fft.rfft((chunk - chunk.mean(axis=1, keepdims=True)) * window, nfft, axis=1)
        total += (z.real**2 + z.imag**2).sum(axis=0)
    total *= 2 / (len(pieces) * rate_hz * float(window @ window))
    total[0] /= 2
    total[-1] /= 2
    return total


def band_power(f: FloatArray, p: FloatArray, low: float, high: float) -> float:
    """Return the power of density ``p`` (m,) at rising ``f`` (m,): the trapezoid over low <= f < high."""
    a, b = np.searchsorted(f, (low, high))
    return float(np.trapezoid(p[a:b], f[a:b]))


def band_peak(f: FloatArray, p: FloatArray, low: float, high: float) -> float:
    """Return the frequency of the highest density in low <= f < high (the lowest such one of equals)."""
    a, b = np.searchsorted(f, (low, high))
    return float(f[a + int(np.argmax(p[a:b]))])
