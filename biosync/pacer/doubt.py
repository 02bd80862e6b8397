"""Are they still there? As soon as that is in doubt the cue waits where it is: if they are, it has cost them little,
and if they have left, they were led no further. So a doubt may be wrong far more often than a loss (``leaving``), after
which the whole way down begins anew."""

from __future__ import annotations

from biosync.pacer.patience import LOOK_S

DOUBT_LOG_ODDS, DOUBT_S = -1.2, 1.5
"""Above these odds of having left for so long, it is in doubt that they are there."""
QUIET_LOG_ODDS = 0.5
"""Above these, where the heart may only be quiet: some hardly swing at some paces, and must be led past them."""
SETTLED_LOG_ODDS, SETTLED_S, SLOWLY_S = -2.0, 1.5, 6.0
"""Below these for so long, or no longer above the first for the last, it is in doubt no more: weak hearts settle
slowly."""
LONGER, LONGEST_S = 2.0, 8.0
"""Each doubt in somebody who was there makes the next take so many times as long, up to the second: nobody is doubted
all the time."""
LOST_S, WEAK_LOST_S = 20.0, 30.0
"""Who was likely to have left (above the first odds) for so long in one doubt is lost. The second holds where no single
breath shows the cue: in weak hearts that never leave it seems likely now and then, too, and a loss costs the whole way
down."""


class Doubt:
    """``stands``: it is in doubt that somebody is there, ``likely_s``: in it, that was likely for so long (s)."""

    def __init__(self) -> None:
        self.stands, self.likely_s = False, 0.0
        self._needs_s = DOUBT_S
        self._seems_s = self._settled_s = self._unlikely_s = 0.0
        self._t: float | None = None

    def look(self, t: float, log_odds: float, tells: bool = True, quiet: bool = False) -> None:
        """Take the odds that they have left, with the beats up to ``t``: without new ones nothing is news.

        ``tells``: they do say something; ``quiet``: the heart may only be quiet here.
        """
        elapsed = 0.0 if self._t is None or not tells else min(LOOK_S, t - self._t)
        self._t = t
        likely = log_odds > (QUIET_LOG_ODDS if quiet else DOUBT_LOG_ODDS)
        self._seems_s = self._seems_s + elapsed if likely else 0.0
        self._settled_s = self._settled_s + elapsed if log_odds < SETTLED_LOG_ODDS else 0.0
        self._unlikely_s = 0.0 if likely else self._unlikely_s + elapsed
        self.likely_s += elapsed if self.stands and likely else 0.0
        if self.stands and (self._settled_s >= SETTLED_S or self._unlikely_s >= SLOWLY_S):
            self.vain()
        elif not self.stands and self._seems_s >= self._needs_s:
            self.stands = True

    def vain(self) -> None:
        """They were there all the time."""
        self._needs_s = min(LONGEST_S, LONGER * self._needs_s)
        self.end()

    def end(self) -> None:
        """They are found, or tried: what was in doubt before is of the past."""
        self._t = None
        self.stands, self.likely_s = False, 0.0
        self._seems_s = self._settled_s = self._unlikely_s = 0.0
