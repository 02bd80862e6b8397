"""Do they follow, or do they only happen to breathe at the cue's pace? At the pace where they were met nobody can tell.

So a lead begins as a trial: the cue moves a little and waits there. Who follows stays with it; who breathes on at a
pace of their own drifts through its phases and is found out within a few breaths, before the cue has gone far.
"""

from __future__ import annotations

STAGES = ((0.07, 4), (0.16, 4))
"""How far below the pace where they were met each trial goes, and for how many breaths with the cue."""
COUNTS = 0.65
"""From this share of the way on a breath with the cue says anything."""


class Proof:
    """The trials of one lead, from the pace ``met_bpm``."""

    def __init__(self, met_bpm: float) -> None:
        self._met_bpm = met_bpm
        self._stage = 0
        self._breaths = 0

    @property
    def given(self) -> bool:
        """True once they have stayed with a cue that had moved, at every stage."""
        return self._stage == len(STAGES)

    @property
    def floor_bpm(self) -> float:
        """The slowest pace the lead may go to yet."""
        return 0.0 if self.given else self._met_bpm * (1 - STAGES[self._stage][0])

    def breath(self, rate_bpm: float, with_cue: bool) -> None:
        """Count a breath of the cue at ``rate_bpm``; one that is missed takes one away."""
        if self.given:
            return
        share, breaths = STAGES[self._stage]
        if rate_bpm <= self._met_bpm * (1 - COUNTS * share):
            self._breaths = self._breaths + 1 if with_cue else max(0, self._breaths - 1)
        if self._breaths >= breaths:
            self._stage, self._breaths = self._stage + 1, 0
