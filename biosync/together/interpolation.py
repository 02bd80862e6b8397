"""A cubic through points that never overshoots them (PCHIP)."""

from __future__ import annotations

import numpy as np

from biosync.types import FloatArray


def shape_preserving(t_s: FloatArray, y: FloatArray, at: FloatArray) -> FloatArray:
    """Return the shape-preserving piecewise cubic through ``y`` (n,) at rising ``t_s`` (n,), read at ``at`` (m,).

    Slopes are the weighted harmonic means of Fritsch & Butland, SIAM J Sci Stat Comput 5(2):300-304, 1984; outside of
    ``t_s`` the nearest value stays. ValueError for fewer than two points.
    """
    if len(t_s) < 2:
        raise ValueError("interpolation needs two points")
    h = np.diff(t_s)
    secant = np.diff(y) / h
    slope = _slopes(h, secant)
    piece = np.clip(np.searchsorted(t_s, at, side="right") - 1, 0, len(h) - 1)
    x = np.clip((at - t_s[piece]) / h[piece], 0.0, 1.0)
    left, right = slope[piece] * h[piece], slope[piece + 1] * h[piece]
    rise = y[piece + 1] - y[piece]
    values: FloatArray = y[piece] + x * (left + x * (3 * rise - 2 * left - right + x * (left + right - 2 * rise)))
    return values


def _slopes(h: FloatArray, secant: FloatArray) -> FloatArray:
    """Return the slope at each point (n,) from spacings and secants (n-1,): 0 at a turn."""
    slope = np.empty(len(h) + 1)
    slope[0], slope[-1] = secant[0], secant[-1]
    w_left, w_right = 2 * h[1:] + h[:-1], h[1:] + 2 * h[:-1]
    same = secant[:-1] * secant[1:] > 0
    inverse = np.divide(w_left, secant[:-1], where=same, out=np.ones_like(w_left))
    inverse += np.divide(w_right, secant[1:], where=same, out=np.ones_like(w_right))
    slope[1:-1] = np.divide(w_left + w_right, inverse, where=same, out=np.zeros_like(inverse))
    return slope
