"""When somebody parts from the cue: evidence is added up second by second, so that a heart whose single breaths show
little tells it as soon as a few of them together do (the cumulative sum test; Page, Biometrika 41:100-115, 1954).

Each look at the last breath measures how much of the usual swing there is, give or take the error of such looks while
they were with the cue. With it, that is about 1; without, about 0. The logarithm of the likelihood ratio of the two is
added up, and never falls below nothing: what spoke for them long ago is no excuse.
"""

from __future__ import annotations

import math

ENOUGH, ENOUGH_BACK, SPEAKS = 3.0, 2.0, 1.0
"""Logarithms of likelihood ratios: they have parted at the first, they are back at the second (the other way round),
and the third says something for leaving."""
LEAST_ERROR = 0.25
"""No single breath is surer than this: swings differ from breath to breath."""
LEARNED, LEAST_BREATHS = 0.2, 4
"""The error follows each breath by so much, and is known after so many."""


class Parting:
    """``evidence``: the natural logarithm of the likelihood ratio, 0 or more. ``returned``: the same for the opposite,
    since they were lost; for ``returning_s`` it has been more than 0."""

    def __init__(self) -> None:
        self.evidence = self.returned = self.returning_s = 0.0
        self._error_bpm = self._off_bpm2 = 0.0  # of one look, while they were with the cue
        self._breaths = 0

    def begin(self) -> None:
        """They are with the cue: nothing speaks for leaving."""
        self.evidence = 0.0

    def lost(self) -> None:
        """They count as lost: what speaks for their return is added up from now on."""
        self.returned = self.returning_s = 0.0

    def learn(self, error_bpm: float, off_bpm: float) -> None:
        """Note the error of a look while they surely were with the cue, and how far it lay off what is usual: swings
        differ from breath to breath by more than the beats within one can tell."""
        self._breaths += 1
        share = max(LEARNED, 1 / self._breaths)
        self._error_bpm += share * (error_bpm - self._error_bpm)
        self._off_bpm2 += share * (off_bpm**2 / 2 - self._off_bpm2)  # half of it lies along the usual swing

    def look(self, part: float, usual_bpm: float, expected: float, elapsed: float, look_s: float) -> None:
        """Take a look of length ``look_s`` that shows ``part`` of the usual swing, where who is with the cue would show
        ``expected``. A swing the wrong way round says no more than none."""
        ratio = expected * (expected / 2 - max(0.0, part)) / self.error(usual_bpm) ** 2 * elapsed / look_s
        self.add(ratio)
        self.returned = max(0.0, self.returned - ratio)
        self.returning_s = self.returning_s + elapsed if self.returned > 0 else 0.0

    def add(self, ratio: float) -> None:
        """Add what another sign tells: the logarithm of its likelihood ratio."""
        self.evidence = max(0.0, self.evidence + ratio)

    def error(self, usual_bpm: float) -> float:
        """Return the error of a look as a share of the usual swing; endless while unknown."""
        if self._breaths < LEAST_BREATHS:
            return math.inf
        return max(LEAST_ERROR, max(self._error_bpm, math.sqrt(self._off_bpm2)) / max(usual_bpm, 1e-9))

    @property
    def says_so(self) -> bool:
        """Tell if something speaks for leaving, or nothing can: how single looks differ is not known yet."""
        return self.evidence >= SPEAKS or self._breaths < LEAST_BREATHS

    @property
    def parted(self) -> bool:
        """Tell if it is enough."""
        return self.evidence >= ENOUGH

    @property
    def back(self) -> bool:
        """Tell if what speaks for their return is enough: a return costs less than a loss, if it is none."""
        return self.returned >= ENOUGH_BACK
