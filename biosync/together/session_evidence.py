"""Was there ever a time in step? An answer that stays honest however often one looks (an e-process)."""

from __future__ import annotations

import math
from dataclasses import dataclass

BLOCK_S = 30
FITTED_S = 180
"""The whitening is fitted to no more than this before the end of the block."""
SPREAD = 1.05
"""A block's z spreads a little more than a standard normal value, its own memory allowed for; measured on simulated
sessions, not derived."""
MOST_Z = 4.0
BETS = (0.5, 1.0, 1.5, 2.0)
ENOUGH = 20.0
"""Evidence that independent hearts reach in at most one of 20 sessions."""


@dataclass(slots=True)
class SessionEvidence:
    """How much speaks for having been in step at some time: ``e`` is the evidence now, ``most`` the most so far.

    The product over blocks of the mean over L in ``BETS`` of exp(L z - L^2 / 2): for independent hearts its mean stays
    at most 1, so it exceeds 20 in at most one session of 20, whenever one looks (Ville 1939; Ramdas et al., Stat Sci
    38(4):576-601, 2023). ``SPREAD`` makes that approximate.
    """

    e: float = 1.0
    most: float = 1.0

    def add(self, block_z: float) -> None:
        """Take the z of one block that overlaps with none before."""
        z = max(-MOST_Z, min(MOST_Z, block_z / SPREAD))
        self.e *= sum(math.exp(bet * z - bet * bet / 2) for bet in BETS) / len(BETS)
        self.most = max(self.most, self.e)

    @property
    def in_step(self) -> bool:
        """Tell if they were in step at some time beyond what chance makes in one session of 20."""
        return self.most >= ENOUGH
