"""The strength of being in step: the correlation of two heart rates in windows of 30 s, averaged."""

from __future__ import annotations

import math

import numpy as np

from biosync.together.sampled import FINE_HZ
from biosync.types import BoolArray, FloatArray

WINDOW_S, STEP_S = 30, 1
LEAST_KNOWN = 0.8
"""A window of which less is known in both does not count."""
_HIGHEST = 0.999999
_CHUNK = 2000


def windowed_z(a: FloatArray, b: FloatArray, known: BoolArray) -> FloatArray:
    """Return Fisher's z (m,) of the zero-lag correlation of ``a`` and ``b`` (4n,) at 4 Hz in each window that is known.

    Windows of 30 s, a second apart, each without its line (Boker, Rotondo, Xu, King, Psychol Methods 7(3):338-355,
    2002, at lag 0); ``known`` (4n,) where both are.
    """
    size = FINE_HZ * WINDOW_S
    if len(a) < size:
        return np.empty(0)
    windows = np.lib.stride_tricks.sliding_window_view
    step = FINE_HZ * STEP_S
    x, y, there = windows(a, size)[::step], windows(b, size)[::step], windows(known, size)[::step]
    chunks = [slice(start, start + _CHUNK) for start in range(0, len(x), _CHUNK)]
    parts = [_correlations(x[chunk], y[chunk], there[chunk]) for chunk in chunks]
    return np.asarray(np.arctanh(np.clip(np.concatenate(parts), -_HIGHEST, _HIGHEST)))


def mean_correlation(z: FloatArray) -> float | None:
    """Return the mean of Fisher's ``z`` (m,) turned back into a correlation, None without any."""
    return math.tanh(float(np.mean(z))) if len(z) else None


def _correlations(a: FloatArray, b: FloatArray, known: BoolArray) -> FloatArray:
    """Return the correlation (m,) in each row of windows (w, k) that is known well enough and not flat."""
    enough = known.mean(axis=1) >= LEAST_KNOWN
    weight = known[enough].astype(np.float64)
    x, y = _without_line(a[enough], weight), _without_line(b[enough], weight)
    xx, yy, xy = (np.einsum("ij,ij->i", p, q) for p, q in ((x, x), (y, y), (x, y)))
    moves = (xx > 1e-9) & (yy > 1e-9)
    return np.asarray(xy[moves] / np.sqrt(xx[moves] * yy[moves]))


def _without_line(x: FloatArray, weight: FloatArray) -> FloatArray:
    """Return the rows of ``x`` (m, k) without their weighted mean and line, 0 where ``weight`` (m, k) is 0."""
    t = np.arange(x.shape[1]) - (x.shape[1] - 1) / 2
    total = weight.sum(axis=1, keepdims=True)
    t_centred = t - (weight @ t)[:, None] / total
    x_centred = x - np.einsum("ij,ij->i", weight, x)[:, None] / total
    slope = np.einsum("ij,ij,ij->i", weight, t_centred, x_centred) / np.einsum("ij,ij->i", weight, t_centred**2)
    return np.asarray((x_centred - slope[:, None] * t_centred) * weight)
