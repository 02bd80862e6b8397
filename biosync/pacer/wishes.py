"""What people asked for: faster or slower at the next in-breath, and not back again."""

from __future__ import annotations

from biosync.pacer.settings import LIMITS_BPM

ASKED_STEP = 0.10
WISHED = 0.05
"""Who said too slow, or too fast, gets no cue within this share of the pace that they said it of."""


class Wishes:
    """``floor_bpm``: slower than this was too slow; ``ceiling_bpm``: faster than this was too fast, until they are
    lost; ``factor``: by how much to lengthen the next breath, None where nothing is asked."""

    def __init__(self) -> None:
        self.floor_bpm, self.ceiling_bpm = 0.0, LIMITS_BPM[1]
        self.factor: float | None = None

    def too_slow(self, rate_bpm: float) -> None:
        """Hear that the cue is too slow at ``rate_bpm``."""
        self.factor = 1 / (1 + ASKED_STEP)
        self.floor_bpm, self.ceiling_bpm = max(self.floor_bpm, rate_bpm * (1 + WISHED)), LIMITS_BPM[1]

    def too_fast(self, rate_bpm: float) -> None:
        """Hear that the cue is too fast at ``rate_bpm``."""
        self.factor = 1 + ASKED_STEP
        self.floor_bpm, self.ceiling_bpm = 0.0, min(self.ceiling_bpm, rate_bpm * (1 - WISHED))

    def lost(self) -> None:
        """They are lost: the cue may be as fast as their own breath again."""
        self.ceiling_bpm = LIMITS_BPM[1]

    def bounded(self, rate_bpm: float) -> float:
        """Return the pace nearest to ``rate_bpm`` that is neither too slow nor too fast."""
        return max(self.floor_bpm, min(self.ceiling_bpm, rate_bpm))
