"""The search for the resonance frequency: the pace at which this heart swings most.

Each breath with the cue measures the swing at its pace. A smooth curve through them (a Gaussian process over the log of
the pace; Rasmussen & Williams 2006, ch. 2) says how large the swing is likely to be at every pace, and how sure that
is; curves drawn from it say where its top may lie. The search first glides down through the paces, like the sliding
protocol (Fisher & Lehrer 2021), turns when the top lies behind it, and then visits what is left in doubt.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biosync.pacer.settings import Settings
from biosync.types import FloatArray

STEP_BPM = 0.05
LENGTH = 0.16
"""How far (in log pace) the swing at one pace tells of another: of the order of the width of a resonance."""
VARIETY, SCATTER = 0.35, 0.12
"""How much swings differ between paces, and between breaths at one pace, as shares of the mean."""
OVERLAP = 2.5
"""Each measure looks back over so many breaths, so that so many of them tell the news of one."""
DRIFT_SD_BPM = 0.15
"""How far a resonance frequency moves between sessions, and what the curve's shape may hide."""
MOST_STEP, MOST_STEP_AGAIN = 0.03, 0.015
"""The most by which a breath changes; where something is remembered it is tested again in small steps."""
ENOUGH_BPM, ENOUGH_GAIN = 0.5, 0.025
BEHIND = 0.05
LEAST_BREATHS, MOST_BREATHS = 12, 42
UNKNOWN_SD_BPM = 0.3
"""The spread of a resonance frequency that was told without one."""
START_ABOVE_BPM, START_SDS = 0.5, 2.0
"""Where earlier sessions found something, the search begins so far above it, or so many of its spreads."""
_DRAWS = np.random.default_rng(20).standard_normal((200, 330))  # fixed: the same swings, the same answer


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
        self._paces: list[float] = []
        self._swings: list[float] = []
        self._errors: list[float] = []
        self._found: Resonance | None = None
        self._measured: Resonance | None = None
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
        return len(self._paces)

    def note(self, pace_bpm: float, swing_bpm: float, error_bpm: float) -> None:
        """Take the swing of a breath with the cue, with its standard error."""
        self._paces.append(pace_bpm)
        self._swings.append(swing_bpm)
        self._errors.append(error_bpm)
        self._found = self._measured = None

    def found(self) -> Resonance | None:
        """Return what is known by now, None before a few breaths."""
        if self.breaths < LEAST_BREATHS:
            return self._known
        if self._found is None:
            self._found = self._find(self._known)
        return self._found

    def measured(self) -> Resonance | None:
        """Return what these breaths say by themselves, whatever was known before; None before a few of them."""
        if self.breaths < LEAST_BREATHS:
            return None
        if self._measured is None:
            self._measured = self.found() if self._known is None else self._find(None)
        return self._measured

    def _find(self, known: Resonance | None) -> Resonance:
        grid, tops, weights, _ = self._tops(self._slowest_bpm, known)
        order = np.argsort(tops)
        share = np.cumsum(weights[order])
        low, middle, high = (float(tops[order][np.searchsorted(share, q)]) for q in (0.05, 0.5, 0.95))
        mean = float(weights @ tops)
        sd = float(np.sqrt(weights @ (tops - mean) ** 2 + DRIFT_SD_BPM**2))
        margin = 1.64 * DRIFT_SD_BPM
        return Resonance(middle, sd, max(grid[0], low - margin), min(grid[-1], high + margin))

    def next_bpm(self, rate_bpm: float, most: float) -> float:
        """Return the pace of the next breath, no more than the share ``most`` off; ``done``: nothing more to gain."""
        if self.breaths >= LEAST_BREATHS:
            self._judge(rate_bpm)
        if self.done:
            best = self.found()
            return max(best.bpm, self.slowest_bpm) if best else rate_bpm
        step = 1 + min(MOST_STEP if self._known is None else MOST_STEP_AGAIN, most)
        if self._gliding:
            if rate_bpm <= self.slowest_bpm * 1.005:
                self._gliding = False
            return max(self.slowest_bpm, rate_bpm / step)
        goal = self._goal or rate_bpm
        return max(goal, rate_bpm / step) if goal < rate_bpm else min(goal, rate_bpm * step)

    def _judge(self, rate_bpm: float) -> None:
        _, tops, weights, gain = self._tops(self.slowest_bpm, self._known)
        if self._gliding:
            ahead = float(weights[tops < rate_bpm - 0.15].sum())
            self._gliding = ahead > BEHIND and rate_bpm > self.slowest_bpm * 1.005
            if self._gliding:
                return
        order = np.argsort(tops)
        share = np.cumsum(weights[order])
        low, high = (float(tops[order][np.searchsorted(share, q)]) for q in (0.1, 0.9))
        enough = high - low < ENOUGH_BPM or gain < ENOUGH_GAIN
        if enough or self.breaths >= MOST_BREATHS:
            self.done = True
        elif self._goal is None or abs(rate_bpm / self._goal - 1) < 0.005:
            self._goal = high if abs(rate_bpm - low) < abs(rate_bpm - high) else low

    def _tops(
        self, slowest_bpm: float, known: Resonance | None
    ) -> tuple[FloatArray, FloatArray, FloatArray, float]:
        """Return the paces looked at, where the top of each drawn curve lies, its weight, and what there is to gain."""
        grid = np.arange(min(slowest_bpm, self.fastest_bpm), self.fastest_bpm + 1e-9, STEP_BPM)
        mean, spread = self._curve(np.log(grid))
        curves = mean + _DRAWS[:, : len(grid)] @ spread.T
        tops = grid[np.argmax(curves, axis=1)]
        weights = np.ones(len(tops))
        if known is not None:
            sd = np.hypot(known.sd_bpm, DRIFT_SD_BPM)
            weights = np.exp(-0.5 * ((tops - known.bpm) / sd) ** 2) + 1e-6
        weights = weights / weights.sum()
        best = int(np.argmax(mean))
        gain = float(np.mean(curves.max(axis=1) - curves[:, best])) / max(1e-6, float(mean[best]))
        return np.asarray(grid, dtype=np.float64), np.asarray(tops), np.asarray(weights), gain

    def _curve(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the swing expected at log paces ``x`` (n,), and a square root (n, n) of its covariance."""
        at, y = np.log(np.array(self._paces)), np.array(self._swings)
        middle = float(np.median(y))
        size = (VARIETY * middle) ** 2
        noise = OVERLAP * ((SCATTER * middle) ** 2 + np.array(self._errors) ** 2)
        here = size * _near(at, at) + np.diag(noise)
        there = size * _near(x, at)
        solved = np.linalg.solve(here, np.column_stack([y - middle, there.T]))
        mean = middle + there @ solved[:, 0]
        cov = size * _near(x, x) - there @ solved[:, 1:]
        values, vectors = np.linalg.eigh((cov + cov.T) / 2)
        return np.asarray(mean), np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)))


def search_for(settings: Settings) -> Search:
    """Return a search within the bounds of ``settings``, which knows what they tell of the resonance."""
    bpm, known = settings.resonance_bpm, None
    if bpm is not None:
        sd = UNKNOWN_SD_BPM if settings.resonance_sd_bpm is None else settings.resonance_sd_bpm
        known = Resonance(bpm, sd, bpm - 1.64 * sd, bpm + 1.64 * sd)
    return Search(known, settings.search_slowest_bpm, settings.search_fastest_bpm)


def _near(a: FloatArray, b: FloatArray) -> FloatArray:
    return np.asarray(np.exp(-0.5 * ((a[:, None] - b[None, :]) / LENGTH) ** 2))
