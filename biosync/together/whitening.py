"""One person's heart rate made white, without what is not counted: what is left can be held against another's.

Taking the cue out before whitening leaves a cue-shaped rest in both people, which no surrogate can tell from being in
step. So the series and the columns are filtered alike, and the columns are projected out again in whitened units:
generalised least squares, two rounds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biosync.together.autoregression import ORDER, burg, filtered, floored, whole_behind
from biosync.types import BoolArray, FloatArray

_LEAST_COLUMN = 1e-6
ROUNDS = 2


@dataclass(frozen=True, slots=True, eq=False)
class White:
    """What is left of one person: ``u`` (n,), 0 where ``known`` (n,) is False; ``taps`` of the filter that made it
    white; ``rank`` of the columns taken out; ``weights`` (k,) of the columns in the series as it was, in bpm."""

    u: FloatArray
    known: BoolArray
    taps: FloatArray
    rank: int
    weights: FloatArray


def whiten(x: FloatArray, known: BoolArray, columns: FloatArray) -> White | None:
    """Return ``x`` (n,) bpm at 1 Hz, where ``known`` (n,), white and without ``columns`` (n, k); None if too little is
    known for that."""
    usable = whole_behind(known)
    if len(x) <= 2 * ORDER or int(usable.sum()) <= columns.shape[1] + 2:
        return None
    weights: FloatArray = np.linalg.lstsq(columns[known], x[known], rcond=None)[0].astype(np.float64)
    for _ in range(ROUNDS):
        taps = floored(*burg(x - columns @ weights, known))
        rows = filtered(taps, columns)[usable]
        left = filtered(taps, x)[usable]
        basis, weights = _fit(rows, left)
    u = np.zeros(len(x))
    known_u = np.append(np.zeros(ORDER, dtype=bool), usable)
    u[known_u] = left - basis @ (basis.T @ left)
    return White(u, known_u, taps, basis.shape[1], weights)


def _fit(columns: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return an orthonormal basis (m, rank) of ``columns`` (m, k), and their weights (k,) in ``x`` (m,)."""
    length = np.sqrt((columns * columns).sum(axis=0))
    length[length == 0] = 1.0
    q, r = np.linalg.qr(columns / length)
    if bool(np.all(np.abs(np.diagonal(r)) > _LEAST_COLUMN)):
        return q, np.linalg.solve(r, q.T @ x) / length
    # Two cues at nearly one pace, or columns that only live inside a gap: some say the same.
    left, size, right = np.linalg.svd(columns / length, full_matrices=False)
    rank = int((size > _LEAST_COLUMN * size[0]).sum())
    basis = left[:, :rank]
    return basis, right[:rank].T @ (basis.T @ x / size[:rank]) / length
