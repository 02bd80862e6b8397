"""Cubic spline interpolation with the not-a-knot ends of SciPy's CubicSpline, at a fraction of its fixed cost."""

from __future__ import annotations

import numpy as np
from scipy.linalg.lapack import dgtsv

from biosync.types import FloatArray

MIN_KNOTS = 4
"""Fewer knots do not fix a cubic spline without assumptions about its ends."""


def cubic(t: FloatArray, y: FloatArray, at: FloatArray) -> FloatArray:
    """Return the not-a-knot cubic spline through ``y`` (n,) at rising ``t`` (n,), read at ``at`` (m,): (m,).

    Outside of ``t`` the end pieces go on. Raises ValueError for fewer than four knots (de Boor, A Practical Guide
    to Splines, 1978).
    """
    if len(t) < MIN_KNOTS:
        raise ValueError(f"a cubic spline needs {MIN_KNOTS} knots, not {len(t)}")
    dx = np.diff(t)
    slope = np.diff(y) / dx
    s = _derivatives(dx, slope)
    curl = (s[:-1] + s[1:] - 2 * slope) / dx
    piece = np.clip(np.searchsorted(t, at, side="right") - 1, 0, len(dx) - 1)
    h = at - t[piece]
    cubed, squared = (curl / dx)[piece], ((slope - s[:-1]) / dx - curl)[piece]
    values: FloatArray = ((cubed * h + squared) * h + s[piece]) * h + y[piece]
    return values


def _derivatives(dx: FloatArray, slope: FloatArray) -> FloatArray:
    """Return the spline's first derivatives at the knots (n,) from spacings and slopes (n-1,)."""
    first, last = dx[0] + dx[1], dx[-1] + dx[-2]
    lower = np.append(dx[1:], last)
    main = np.concatenate(([dx[1]], 2 * (dx[:-1] + dx[1:]), [dx[-2]]))
    upper = np.append(first, dx[:-1])
    right = np.empty(len(main))
    right[1:-1] = 3 * (dx[1:] * slope[:-1] + dx[:-1] * slope[1:])
    right[0] = ((dx[0] + 2 * first) * dx[1] * slope[0] + dx[0] ** 2 * slope[1]) / first
    right[-1] = (dx[-1] ** 2 * slope[-2] + (2 * last + dx[-1]) * dx[-2] * slope[-1]) / last
    solved: FloatArray = dgtsv(lower, main, upper, right)[3]
    return solved
