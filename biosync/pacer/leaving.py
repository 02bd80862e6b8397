"""Have they left? How likely that is, from all the signs of one look together (a generalized additive model; Hastie &
Tibshirani, Statist Sci 1:297-310, 1986): each sign adds to the log-odds what its curve says.

The curves (``leaving_curves``) were learned from virtual people whose leaving is known (``tests/bench/cue/learn``).
Nobody who judges the pacer is among them, and of the two families that judge it one is of another making.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

import numpy as np

from biosync.pacer.leaving_curves import CURVES, LOG_ODDS

LOG_ODDS_GONE = 0.0
"""Above these odds they seem to have left."""
GONE_S = 3.0
"""Who seemed to have left for so long has."""
BEFORE = (4, 8, 12)
"""So many looks (about as many seconds) before this one count, too."""


class Signs(NamedTuple):
    """What one look shows, each as a number; what is unknown is what speaks for neither."""

    own_wave: float = 0.0
    """The evidence for a breath of their own beside the cue's wave (``own_wave``)."""
    brief_part: float = 1.0
    """The part of the usual swing that the last breath and a half shows."""
    brief_error: float = 0.5
    """The standard error of that."""
    part: float = 1.0
    """The part that as many breaths show as it takes to be sure."""
    scatter: float = 0.25
    """How much single breaths differ in this heart, as a share of the usual swing."""
    sighing: float = 0.0
    """1 in a sigh and just after it."""
    grown: float = 0.0
    """By how much what is left beside the cue's wave has grown: the logarithm of the ratio."""


class Leaving:
    """``log_odds``: the logarithm of the odds that they have left, at the last look; ``seems_so``: they seem to have,
    ``for_s``: for so long (s); ``past``: the signs of the last looks."""

    def __init__(self) -> None:
        self.log_odds, self.for_s, self.seems_so = LOG_ODDS, 0.0, False
        self.past: deque[Signs] = deque(maxlen=BEFORE[-1] + 1)

    def look(self, signs: Signs, elapsed: float, shown: bool) -> None:
        """Take the signs of a look, ``elapsed`` s after the one before.

        ``shown``: single breaths show the cue in this heart. In one that does not, nobody seems to have left: weak
        hearts would be taken for gone again and again, and each time that costs the whole way down.
        """
        self.past.append(signs)
        values = values_of(self.past)
        self.log_odds = LOG_ODDS + sum(float(np.interp(values[name], at, adds)) for name, (at, adds) in CURVES.items())
        self.seems_so = shown and self.log_odds > LOG_ODDS_GONE
        self.for_s = self.for_s + elapsed if self.seems_so else 0.0

    def begin(self) -> None:
        """They are with the cue: what seemed so before is of the past."""
        self.for_s = 0.0


def values_of(past: deque[Signs]) -> dict[str, float]:
    """Return each sign by name: of the last look, and of those before it that count."""
    values: dict[str, float] = past[-1]._asdict()
    first, second, third = (past[max(0, len(past) - 1 - back)] for back in BEFORE)
    return values | {
        "own_wave_before": first.own_wave,
        "brief_part_before": first.brief_part,
        "brief_part_long_before": second.brief_part,
        "brief_part_longest_before": third.brief_part,
    }
