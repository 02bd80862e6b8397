"""Keeps a cue in step with who does without it, so that it is where they are when it comes back."""

from __future__ import annotations

PULL, DAMP = 0.05, 0.4
"""Share by which a breath is lengthened for each cycle that they are behind, and that they fell behind in a breath: a
loop that neither swings nor overshoots (about critically damped: DAMP squared is near 4 PULL)."""
MOST = 0.03
FARTHEST_BPM = 0.75
"""So far the cue goes along from the pace that was held; beyond it the rhythm is lost, and the cue comes back."""


class Keeping:
    """``held_bpm``: the pace that was held when the cue began to fade."""

    def __init__(self, held_bpm: float) -> None:
        self.held_bpm = held_bpm
        self._behind: float | None = None

    def factor(self, rate_bpm: float, behind: float | None) -> float:
        """Return by how much to lengthen the next breath of a cue at ``rate_bpm``; ``behind``: how far behind it they
        are, in cycles, -0.5 to 0.5, None while unknown."""
        before, self._behind = self._behind, behind
        if behind is None:
            return 1.0
        fell = 0.0 if before is None else (behind - before + 0.5) % 1.0 - 0.5
        wish = rate_bpm / (1 + max(-MOST, min(MOST, PULL * behind + DAMP * fell)))
        return rate_bpm / max(self.held_bpm - FARTHEST_BPM, min(self.held_bpm + FARTHEST_BPM, wish))
