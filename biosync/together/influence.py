"""Influence: what one heart's past tells of the other's next seconds, beyond that one's own past and the cue."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

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

    Regression of the innovations of ``on`` on those of ``of`` one to four seconds before (Haugh, J Am Stat Assoc
    71:378-385, 1976; Granger, Econometrica 37:424-438, 1969), summed.
    """
    past = np.lib.stride_tricks.sliding_window_view(of.u, REACH_S)[:-1]
    there = np.lib.stride_tricks.sliding_window_view(of.known, REACH_S)[:-1].all(axis=1) & on.known[REACH_S:]
    x, y = past[there], on.u[REACH_S:][there]
    freedom = len(y) - max(of.rank, on.rank) - REACH_S
    spread = float(of.u @ of.u) / int(of.known.sum()), float(on.u @ on.u) / int(on.known.sum())
    if freedom < 2 or min(spread) <= 0:
        return None
    inverse = np.linalg.inv(x.T @ x)
    weights = inverse @ (x.T @ y)
    left = y - x @ weights
    scale = math.sqrt(spread[0] / spread[1])
    error = math.sqrt(float(left @ left) / freedom * float(inverse.sum())) * scale
    return _influence(float(weights.sum()) * scale, error)


def pooled(parts: Sequence[Influence]) -> Influence | None:
    """Return the mean of ``parts`` over stretches that do not overlap, each weighing as much as it is sure."""
    if not parts:
        return None
    sure = [1 / part.error**2 for part in parts]
    mean = sum(weight * part.strength for weight, part in zip(sure, parts, strict=True)) / sum(sure)
    return _influence(mean, math.sqrt(1 / sum(sure)))


def _influence(strength: float, error: float) -> Influence:
    return Influence(strength, error, min(1.0, 2 * upper_tail(abs(strength) / error)))
