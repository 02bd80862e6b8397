"""Are they still there? As soon as that is in doubt the cue waits where it is: if they are, it has cost them nothing,
and if they have left, they were led no further. So a doubt may be wrong far more often than a loss (``leaving``), after
which the whole way down begins anew."""

from __future__ import annotations

DOUBT_LOG_ODDS, DOUBT_S = -1.2, 2.0
"""Above these odds of having left for so long, it is in doubt that they are there."""
QUIET_LOG_ODDS = 0.5
"""Above these, where the heart may only be quiet: some hardly swing at some paces, and must be led past them."""
SETTLED_LOG_ODDS, SETTLED_S = -2.0, 2.0
"""Below these for so long, it is no longer."""
LONGER = 2.0
"""Each doubt in somebody who was there makes the next take so many times as long: nobody is doubted all the time."""
LOST_S = 20.0
"""Who is in doubt for so long is lost."""


class Doubt:
    """``stands``: it is in doubt that somebody is there, ``for_s``: for so long (s)."""

    def __init__(self) -> None:
        self.stands, self.for_s = False, 0.0
        self._needs_s = DOUBT_S
        self._likely_s = self._settled_s = 0.0

    def look(self, log_odds: float, elapsed: float, quiet: bool = False) -> None:
        """Take the odds that they have left, as they were for ``elapsed`` s; ``quiet``: the heart may be quiet here."""
        least = QUIET_LOG_ODDS if quiet else DOUBT_LOG_ODDS
        self._likely_s = self._likely_s + elapsed if log_odds > least else 0.0
        self._settled_s = self._settled_s + elapsed if log_odds < SETTLED_LOG_ODDS else 0.0
        self.for_s = self.for_s + elapsed if self.stands else 0.0
        if self.stands and self._settled_s >= SETTLED_S:
            self._needs_s *= LONGER
            self.end()
        elif not self.stands and self._likely_s >= self._needs_s:
            self.stands = True

    def end(self) -> None:
        """They are lost, or found: what was in doubt is known."""
        self.stands, self.for_s, self._likely_s, self._settled_s = False, 0.0, 0.0, 0.0
