"""DFA alpha1: how the wandering of the heart rate grows with the number of beats looked at, from 4 to 16."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from biosync.heart.intervals import Intervals
from biosync.metrics.base import Figures, Metric
from biosync.types import FloatArray

BOXES = tuple(range(4, 17))
MIN_LARGEST_BOXES = 4
"""A mean over fewer boxes of 16 beats says nothing: at least 64 beats are needed."""
FLAT_MS = 1e-6
"""Below this a fluctuation is the rounding of arithmetic."""


def dfa_alpha1(x: Intervals) -> Figures:
    """Return the slope of ln F(n) on ln n over boxes of n = 4 to 16 beats without overlap; None below 64 beats.

    F(n) is the root mean square of what a line per box leaves of the summed intervals. Boxes lie within unbroken
    runs. Peng, Havlin, Stanley, Goldberger, Chaos 5(1):82-87, 1995.
    """
    profiles = [np.cumsum(run.rr_ms - run.rr_ms.mean()) for run in x.runs() if len(run) >= BOXES[0]]
    if sum(len(y) // BOXES[-1] for y in profiles) < MIN_LARGEST_BOXES:
        return {"dfa_alpha1": None}
    f = [_fluctuation(profiles, n) for n in BOXES]
    if not all(FLAT_MS < value < math.inf for value in f):
        return {"dfa_alpha1": None}
    log_n = np.log(BOXES) - np.log(BOXES).mean()
    return {"dfa_alpha1": float(log_n @ np.log(f) / (log_n @ log_n))}


def _fluctuation(profiles: list[FloatArray], n: int) -> float:
    """Return F(n) in ms over all whole boxes of ``n`` beats that each profile holds, counted from its start."""
    squares, beats = 0.0, 0
    for y in profiles:
        whole = len(y) // n * n
        left = y[:whole].reshape(-1, n) @ _without_line(n)
        squares += float((left * left).sum())
        beats += whole
    return math.sqrt(squares / beats)


@lru_cache(maxsize=len(BOXES))
def _without_line(n: int) -> FloatArray:
    """Return an orthonormal basis (n, n - 2) of all that is no line: a box times it keeps its residual's length."""
    line = np.column_stack((np.ones(n), np.arange(n)))
    basis: FloatArray = np.linalg.qr(line, mode="complete")[0][:, 2:]
    basis.setflags(write=False)
    return basis


METRIC = Metric("nonlinear", ("dfa_alpha1",), window_s=None, warm_up_s=60.0, compute=dfa_alpha1)
