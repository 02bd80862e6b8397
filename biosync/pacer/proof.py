"""Do they follow, or do they only happen to breathe at the cue's pace? At the pace where they were met nobody can tell.

So a lead begins as a trial: the cue moves a little and waits there. Who follows stays with it; who breathes on at a
pace of their own drifts through its phases and is found out within a few breaths, before the cue has gone far.
"""

from __future__ import annotations

TRIAL_SHARE = 0.07
"""How far below the pace where they were met the trial goes."""
COUNTS_SHARE = 0.045
"""From how far below it a breath with the cue says anything."""
PROVING_BREATHS = 4


class Proof:
    """The trial of one lead, from the pace ``met_bpm``."""

    def __init__(self, met_bpm: float) -> None:
        self._met_bpm = met_bpm
        self._breaths = 0

    @property
    def given(self) -> bool:
        """True once they have stayed with a cue that had moved."""
        return self._breaths >= PROVING_BREATHS

    @property
    def floor_bpm(self) -> float:
        """The slowest pace the lead may go to yet."""
        return 0.0 if self.given else self._met_bpm * (1 - TRIAL_SHARE)

    def breath(self, rate_bpm: float, with_cue: bool) -> None:
        """Count a breath of the cue at ``rate_bpm``; one that is missed takes one away."""
        if not self.given and rate_bpm <= self._met_bpm * (1 - COUNTS_SHARE):
            self._breaths = self._breaths + 1 if with_cue else max(0, self._breaths - 1)
