"""The search for the resonance frequency: the pace at which this heart swings most.

Each breath with the cue measures the swing at its pace; a curve through them (``curve``) says where its top may lie.
The search first glides down through the paces, like the sliding protocol (Fisher & Lehrer 2021), turns when the top
most likely lies behind it, and then visits what is left in doubt. While its pace is held, the breaths go on telling.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from biosync.pacer.curve import Curve, Tops
from biosync.pacer.settings import Settings

DRIFT_SD_BPM = 0.15
"""How far a resonance frequency moves between sessions, and what the curve's shape may hide."""
MOST_STEP, MOST_STEP_AGAIN = 0.03, 0.015
"""The most by which a breath changes; where something is remembered it is tested again in small steps."""
ENOUGH_BPM, ENOUGH_GAIN = 0.5, 0.025
"""It is done when what is left in doubt is so much a minute, or when knowing more would gain so little of the swing."""
BEHIND, BEHIND_AGAIN, NEAR_BPM = 0.3, 0.05, 0.15
"""The glide ends when there is so little left of the chance that the top lies ahead, farther than so much a minute: at
first, and where something is remembered, which is tested more strictly, as it drifts."""
DOUBT, DOUBT_AGAIN = 0.3, 0.1
"""So much of the tops on either side is left out where it looks at what is in doubt."""
LEAST_BREATHS, MOST_BREATHS = 12, 42
"""Nothing is told of fewer measured breaths than the first, and none is looked for after the second."""
MOST_MEASURED = 150
"""So many are measured in all where they go on at the pace that was found."""
UNKNOWN_SD_BPM = 0.3
"""The spread of a resonance frequency that was told without one."""
START_ABOVE_BPM, START_SDS = 0.5, 2.0
"""Where earlier sessions found something, the search begins so far above it, or so many of its spreads."""


@dataclass(frozen=True, slots=True)
class Resonance:
    """The pace of the largest swing, with its spread: standard deviation, and the middle 90 %. Breaths a minute."""

    bpm: float
    sd_bpm: float
    low_bpm: float
    high_bpm: float


class Search:
    """Gathers swings and says where to look next. ``known``: what earlier sessions found; both paces bound the search,
    and the slowest may be raised while it goes on."""

    def __init__(self, known: Resonance | None, slowest_bpm: float, fastest_bpm: float) -> None:
        self.slowest_bpm, self.fastest_bpm = slowest_bpm, fastest_bpm
        self._slowest_bpm = slowest_bpm  # where the search may not go, the top may lie all the same
        self.done = False
        self._known = known
        self._curve = Curve()
        self._gliding = True
        self._goal: float | None = None

    @property
    def start_bpm(self) -> float:
        """Return where the search begins: at its fastest pace, or a little above what earlier sessions found."""
        if self._known is None:
            return self.fastest_bpm
        above = max(START_ABOVE_BPM, START_SDS * self._known.sd_bpm)
        return max(self.slowest_bpm, min(self.fastest_bpm, self._known.bpm + above))

    @property
    def breaths(self) -> int:
        """How many breaths were measured."""
        return self._curve.breaths

    def take(self, swings: Iterable[tuple[float, float, float]]) -> None:
        """Take everybody's swing of a breath with the cue: each with its standard error and the pace (a minute). At the
        pace that was found, no more than ``MOST_MEASURED``."""
        if self.done and self.breaths >= MOST_MEASURED:
            return
        for swing_bpm, error_bpm, pace_bpm in swings:
            self.note(pace_bpm, swing_bpm, error_bpm)

    def note(self, pace_bpm: float, swing_bpm: float, error_bpm: float) -> None:
        """Take the swing of a breath with the cue, with its standard error."""
        self._curve.note(pace_bpm, swing_bpm, error_bpm, held=self.done)

    def found(self) -> Resonance | None:
        """Return what is known by now, None before a few breaths."""
        return self._known if self.breaths < LEAST_BREATHS else self._find(self._known)

    def measured(self) -> Resonance | None:
        """Return what these breaths say by themselves, whatever was known before; None before a few of them."""
        return None if self.breaths < LEAST_BREATHS else self._find(None)

    def _find(self, known: Resonance | None) -> Resonance:
        tops, slowest_bpm, fastest_bpm = self._tops(self._slowest_bpm, known), self._slowest_bpm, self.fastest_bpm
        low, middle, high = tops.quantiles(0.05, 0.5, 0.95)
        margin = 1.64 * DRIFT_SD_BPM
        sd = float(np.hypot(tops.sd_bpm, DRIFT_SD_BPM))
        return Resonance(middle, sd, max(slowest_bpm, low - margin), min(fastest_bpm, high + margin))

    def next_bpm(self, rate_bpm: float, most: float) -> float:
        """Return the pace of the next breath, no more than the share ``most`` off; ``done``: nothing more to gain."""
        if self.breaths >= LEAST_BREATHS and not self.done:
            self._judge(rate_bpm)
        if self.done:
            best = self.found()
            return max(best.bpm, self.slowest_bpm) if best else rate_bpm
        step = 1 + min(MOST_STEP if self._known is None else MOST_STEP_AGAIN, most)
        if self._gliding:
            if rate_bpm <= self.slowest_bpm * 1.005:
                self._gliding = False
            return max(self.slowest_bpm, rate_bpm / step)
        goal = max(self.slowest_bpm, self._goal or rate_bpm)
        return max(goal, rate_bpm / step) if goal < rate_bpm else min(goal, rate_bpm * step)

    def _judge(self, rate_bpm: float) -> None:
        tops = self._tops(self.slowest_bpm, self._known)
        if self._gliding:
            left = BEHIND if self._known is None else BEHIND_AGAIN
            self._gliding = tops.below(rate_bpm - NEAR_BPM) > left and rate_bpm > self.slowest_bpm * 1.005
            if self._gliding:
                return
        aside = DOUBT if self._known is None else DOUBT_AGAIN
        low, high = tops.quantiles(aside, 1 - aside)
        if high - low < ENOUGH_BPM or tops.gain < ENOUGH_GAIN or self.breaths >= MOST_BREATHS:
            self.done = True
        elif self._goal is None or abs(rate_bpm / max(self.slowest_bpm, self._goal) - 1) < 0.005:
            self._goal = high if abs(rate_bpm - low) < abs(rate_bpm - high) else low

    def _tops(self, slowest_bpm: float, known: Resonance | None) -> Tops:
        """Return where the top may lie from ``slowest_bpm`` up; what earlier sessions found weighs it."""
        tops = self._curve.tops(min(slowest_bpm, self.fastest_bpm), self.fastest_bpm)
        return tops if known is None else tops.known(known.bpm, float(np.hypot(known.sd_bpm, DRIFT_SD_BPM)))


def search_for(settings: Settings) -> Search:
    """Return a search within the bounds of ``settings``, which knows what they tell of the resonance."""
    bpm, known = settings.resonance_bpm, None
    if bpm is not None:
        sd = UNKNOWN_SD_BPM if settings.resonance_sd_bpm is None else settings.resonance_sd_bpm
        known = Resonance(bpm, sd, bpm - 1.64 * sd, bpm + 1.64 * sd)
    return Search(known, settings.search_slowest_bpm, settings.search_fastest_bpm)
