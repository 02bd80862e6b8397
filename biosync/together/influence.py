"""Influence: what one heart's past tells of the other's next seconds, beyond that one's own past and the cue."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from biosync.together.cross_correlation import memory_factor
from biosync.together.evidence import upper_tail
from biosync.together.whitening import White

REACH_S = 4
"""So many seconds back a heart may be answered to."""


@dataclass(frozen=True, slots=True)
class Influence:
    """``strength``: by how many of its standard deviations what is new in one heart moves, in all, in the four seconds
    after what is new in the other moved by one of its own; ``error`` the standard error of that, ``p_value`` two-sided
    of its being 0. A third cause of both can look the same."""

    strength: float
    error: float
    p_value: float


def influence(of: White, on: White) -> Influence | None:
    """Return the influence of one heart on another, both white and without cue; None if too little is known.

    Regression of what is new in ``on`` on what is new in ``of`` from four seconds before to four seconds after (Sims,
    Am Econ Rev 62:540-552, 1972), of which what came before is summed: what both take up at once, and what goes the
    other way, is thus held apart. The error allows for what is left of memory in both (Bartlett 1946).
    """
    windows = np.lib.stride_tricks.sliding_window_view
    around, here = windows(of.u, 2 * REACH_S + 1), slice(REACH_S, len(on.u) - REACH_S)
    there = windows(of.known, 2 * REACH_S + 1).all(axis=1) & on.known[here]
    x, y = around * there[:, None], on.u[here] * there
    count = int(there.sum())
    freedom = count - max(of.rank, on.rank) - x.shape[1]
    spread = _spread(of), _spread(on)
    if freedom < 2 or min(spread) <= 0:
        return None
    inverse = np.linalg.inv(x.T @ x)
    before = inverse[:REACH_S].sum(axis=0)
    left = np.subtract(y, x @ (inverse @ (x.T @ y)))
    scale = spread[0] / spread[1]
    classic = float(left @ left) / freedom * float(before[:REACH_S].sum())
    error = math.sqrt(classic * memory_factor(x @ before, left, count)) * scale
    return _influence(float(before @ (x.T @ y)) * scale, error)


def _spread(one: White) -> float:
    return float(np.sqrt(np.mean(one.u[one.known] ** 2))) if one.known.any() else 0.0


def pooled(parts: Sequence[Influence]) -> Influence | None:
    """Return the mean of ``parts`` over stretches that do not overlap, each weighing as much as it is sure."""
    if not parts:
        return None
    sure = [1 / part.error**2 for part in parts]
    mean = sum(weight * part.strength for weight, part in zip(sure, parts, strict=True)) / sum(sure)
    return _influence(mean, math.sqrt(1 / sum(sure)))


def _influence(strength: float, error: float) -> Influence:
    return Influence(strength, error, min(1.0, 2 * upper_tail(abs(strength) / error)))
