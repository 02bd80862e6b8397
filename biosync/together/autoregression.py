"""Autoregressive models of a series with holes in it: fitted by Burg's method, floored, and applied as a filter."""

from __future__ import annotations

import numpy as np

from biosync.types import BoolArray, FloatArray

ORDER = 6
FLOOR_BPM = 0.3
"""Heart rate is never known better than this a sample: no empty band is blown up."""
_SPECTRUM = 1024


def burg(x: FloatArray, known: BoolArray, order: int = ORDER) -> tuple[FloatArray, float]:
    """Return the prediction error filter (order + 1,), first tap 1, and the variance of what it leaves of ``x``.

    Burg's method (Proc 37th Meeting Soc Explor Geophys, 1967) over all stretches of ``x`` (n,) that are ``known`` (n,):
    sums run only over times that are known as far back as the filter reaches.
    """
    taps = np.ones(1)
    forward = backward = x
    whole = known
    variance = float(np.mean(x[known] ** 2)) if known.any() else 0.0
    for _ in range(order):
        whole = whole[1:] & known[: len(whole) - 1]
        ahead, behind = forward[1:] * whole, backward[:-1] * whole
        power = float(ahead @ ahead + behind @ behind)
        reflection = -2 * float(ahead @ behind) / power if power > 0 else 0.0
        forward, backward = ahead + reflection * behind, behind + reflection * ahead
        padded = np.append(taps, 0.0)
        taps = padded + reflection * padded[::-1]
        variance *= 1 - reflection * reflection
    return taps, variance


def floored(taps: FloatArray, variance: float, floor_bpm: float = FLOOR_BPM) -> FloatArray:
    """Return the filter (order + 1,) for the same spectrum plus white noise of ``floor_bpm``, by Yule and Walker."""
    order = len(taps) - 1
    density = variance / np.abs(np.fft.rfft(taps, _SPECTRUM)) ** 2 + floor_bpm**2
    covariance = np.fft.irfft(density)[: order + 1]
    toeplitz = covariance[np.abs(np.subtract.outer(np.arange(order), np.arange(order)))]
    return np.append(1.0, -np.linalg.solve(toeplitz, covariance[1:]))


def filtered(taps: FloatArray, x: FloatArray) -> FloatArray:
    """Return what ``taps`` (p + 1,) leave of ``x`` (n,) or of each column of ``x`` (n, k): n - p samples of it."""
    p = len(taps) - 1
    n = len(x) - p
    result = np.array(x[p:])
    for i in range(1, p + 1):
        result += taps[i] * x[p - i : p - i + n]
    return result


def whole_behind(known: BoolArray, reach: int = ORDER) -> BoolArray:
    """Return which of the samples from number ``reach`` on (n - reach,) are known as far back as ``reach``."""
    return np.asarray(np.lib.stride_tricks.sliding_window_view(known, reach + 1).all(axis=1), dtype=bool)
