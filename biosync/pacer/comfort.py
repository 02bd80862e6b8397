"""How far below what is comfortable a cue may go just now.

Who breathes slower for a while gets used to it; who is asked for much less than they are used to can't follow. So a
lead is not held to a speed but to a distance: the pace stays within reach of what they have got used to. Nobody tells
how far they reach; staying makes it longer, losses make it shorter.
"""

from __future__ import annotations

import math

COMFORT_S = 60.0
"""So fast people get used to a pace (time constant): a made-up middle, in want of a measured one."""
FIRST_REACH_BPM = 0.8
MOST_REACH_BPM, LEAST_REACH_BPM = 1.8, 0.2
GROWTH, CAREFUL_GROWTH = 3.0, 1.02
"""The reach grows by the first factor each minute in which it was used and followed; by the second after a loss."""
USED = 0.7
"""So much of the reach is most of it."""
AT_THE_END, AFTER_LOSS, AFTER_ODD_LOSS = 0.6, 0.48, 0.85
"""Who was lost when at least so much of the reach was used is asked for so much of that from then on; of any other loss
the reach is hardly to blame."""
BORNE = 0.65
"""But for no less than so much of what they had borne for a minute or more: that can't be far beyond them."""


class Comfort:
    """``bpm``: the pace they are used to; ``reach_bpm``: how far below it the cue may be."""

    def __init__(self) -> None:
        self.bpm = 12.0
        self.reach_bpm = FIRST_REACH_BPM
        self.trial_share = 1.0  # of the reach of a trial, after all that failed
        self._growth = GROWTH
        self._used_bpm = self._borne_bpm = 0.0

    def meet(self, own_bpm: float) -> None:
        """Begin at their own breath."""
        self.bpm, self._used_bpm, self._borne_bpm = own_bpm, 0.0, 0.0

    def live(self, rate_bpm: float, seconds: float) -> None:
        """Get used to the pace ``rate_bpm`` for so long."""
        left = math.exp(-seconds / COMFORT_S)
        self.bpm += (rate_bpm - self.bpm) * (1 - left)
        below_bpm = self.bpm - rate_bpm
        self._borne_bpm += (below_bpm - self._borne_bpm) * (1 - left)
        self._used_bpm = max(below_bpm, self._used_bpm * left)

    def breath(self, rate_bpm: float) -> None:
        """Let the reach grow by a breath at the pace ``rate_bpm``, where most of it was used."""
        if self.bpm - rate_bpm >= USED * self.reach_bpm:
            self.reach_bpm = min(MOST_REACH_BPM, self.reach_bpm * self._growth ** (1 / rate_bpm))

    def slowest_bpm(self, trial_reach_bpm: float | None = None) -> float:
        """Return the slowest pace within reach: within that of a trial, or, after it, within theirs."""
        if trial_reach_bpm is None:
            return self.bpm - self.reach_bpm
        return self.bpm - min(max(LEAST_REACH_BPM, self.trial_share * trial_reach_bpm), self.reach_bpm)

    def lost(self, proven: bool) -> None:
        """They were lost: ask for less than what was used when they were."""
        self._growth = CAREFUL_GROWTH
        if not proven:
            self.trial_share *= AFTER_LOSS
            return
        if self._used_bpm >= AT_THE_END * self.reach_bpm:
            reach_bpm = max(AFTER_LOSS * min(self.reach_bpm, self._used_bpm), BORNE * self._borne_bpm)
        else:
            reach_bpm = AFTER_ODD_LOSS * self.reach_bpm
        self.reach_bpm = max(LEAST_REACH_BPM, min(self.reach_bpm, reach_bpm))
