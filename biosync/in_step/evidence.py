"""The session's own evidence: were two in step at some time, at once, one a little behind, or the other way round?"""

from __future__ import annotations

import math

from biosync.together.cross_correlation import memory_factor
from biosync.together.session_evidence import BLOCK_S, ENOUGH, SessionEvidence
from biosync.together.whitening import White

LAGS_S = (1, 2, 3)
AT_ONCE, OPPOSITE = 0.5, 0.1
"""How much is put on being in step at once, and in opposite directions; the rest goes to who is behind, equally."""
_LAGGED = (1 - AT_ONCE - OPPOSITE) / (2 * len(LAGS_S))
_WEIGHTS = (AT_ONCE, OPPOSITE, *[_LAGGED] * (2 * len(LAGS_S)))


class PairEvidence:
    """Evidence of two over a session: as SessionEvidence, its mean over what was thought possible before (a mean of
    such processes is one again, so independent hearts reach ``ENOUGH`` in at most one session of 20)."""

    def __init__(self) -> None:
        self._parts = tuple(SessionEvidence() for _ in _WEIGHTS)
        self._most = 0.0

    @property
    def begun(self) -> bool:
        """Tell if anything was known yet."""
        return self._most > 0

    @property
    def in_step(self) -> bool:
        """Tell if they were in step at some time beyond what chance makes in one session of 20."""
        return self._most >= ENOUGH

    def add(self, a: White, b: White) -> None:
        """Take the last ``BLOCK_S`` of two hearts, white, which no block before may overlap."""
        zs = _block(a, b)
        if zs is None:
            return
        for part, z in zip(self._parts, zs, strict=True):
            part.add(z)
        now = sum(weight * part.e for weight, part in zip(_WEIGHTS, self._parts, strict=True))
        self._most = max(self._most, now)


def _block(a: White, b: White) -> list[float] | None:
    """Return the z of each possibility in ``_WEIGHTS``, widened by what memory is left in both (Bartlett 1946); None
    where less than half of the block is known."""
    at_once = _z(a, b, 0)
    if at_once is None:
        return None
    lagged = [_z(a, b, sign * lag) for lag in LAGS_S for sign in (1, -1)]
    widened = math.sqrt(memory_factor(a.u, b.u, int((a.known & b.known).sum())))
    return [z / widened for z in (at_once, -at_once, *(0.0 if z is None else z for z in lagged))]


def _z(a: White, b: White, lag: int) -> float | None:
    """Return the z of the last block with ``b`` so many seconds after ``a``; None where too little is known."""
    n = len(a.u) - abs(lag)
    first, second = slice(max(0, -lag), max(0, -lag) + n), slice(max(0, lag), max(0, lag) + n)
    known = (a.known[first] & b.known[second])[-BLOCK_S:]
    power = float(a.u @ a.u) / max(1, int(a.known.sum())) * float(b.u @ b.u) / max(1, int(b.known.sum()))
    if 2 * int(known.sum()) < BLOCK_S or power <= 0:
        return None
    return float(a.u[first][-BLOCK_S:] @ b.u[second][-BLOCK_S:]) / math.sqrt(power * int(known.sum()))
