"""How far a heart swings at each pace, as far as the measured breaths tell, and where the top of that may lie.

A smooth curve through them is a Gaussian process over the log of the pace (Rasmussen & Williams 2006, ch. 2). How much
the swings of single breaths differ is learned from them too, and a swing may grow or shrink as time goes on: what only
that explains says nothing of the pace. Two hundred curves drawn from it say where the top may lie.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from biosync.types import FloatArray

STEP_BPM = 0.05
LENGTH = 0.16
"""How far (in log pace) the swing at one pace tells of another: of the order of the width of a resonance."""
VARIETY = 0.35
"""How much swings differ between paces, as a share of the middle swing."""
CHANGE, CHANGE_HELD, CHANGE_BREATHS = 0.1, 0.3, 30.0
"""By so much of it swings at one pace change within so many measures, as people settle or tire; by the second where
a pace is held: there is time for it, and hardly another pace to hold it against."""
LEAST_SWING_BPM = 1e-3  # of no swing at all nothing can be a share
SCATTERS, USUAL_SCATTER, UNUSUAL = (0.03, 0.05, 0.07, 0.09, 0.12, 0.16, 0.22), 0.09, 0.5
"""How much single breaths at one pace may differ, as shares of the middle swing; what is usual, and how far (in its
logarithm) a heart may be from that."""
OVERLAP = 2.5
"""Each measure looks back over so many breaths, so that so many of them tell the news of one."""
_DRAWS = np.random.default_rng(20).standard_normal((200, 330))  # fixed: the same swings, the same answer


@dataclass(frozen=True, slots=True)
class Tops:
    """Where the tops of the drawn curves lie: paces ``bpm`` (n,) a minute, rising, and their ``weight`` (n,), 1 in all.
    ``gain``: how much larger the swing at the true top would be than where it is largest on average, as a share."""

    bpm: FloatArray
    weight: FloatArray
    gain: float

    def quantiles(self, *shares: float) -> tuple[float, ...]:
        """Return the paces below which so much of the weight lies."""
        at = np.minimum(np.searchsorted(np.cumsum(self.weight), shares), len(self.bpm) - 1)
        return tuple(float(bpm) for bpm in self.bpm[at])

    def below(self, bpm: float) -> float:
        """Return the weight of the tops below ``bpm``."""
        return float(self.weight[self.bpm < bpm].sum())

    @property
    def sd_bpm(self) -> float:
        """The standard deviation of the tops."""
        return float(np.sqrt(self.weight @ (self.bpm - self.weight @ self.bpm) ** 2))

    def known(self, bpm: float, sd_bpm: float) -> Tops:
        """Return the same where it was known before that the top lies at ``bpm``, give or take ``sd_bpm``."""
        weight = self.weight * (np.exp(-0.5 * ((self.bpm - bpm) / sd_bpm) ** 2) + 1e-6)
        return replace(self, weight=weight / weight.sum())


class Curve:
    """Gathers the swings of single breaths."""

    def __init__(self) -> None:
        self._paces: list[float] = []
        self._swings: list[float] = []
        self._errors: list[float] = []
        self._changes: list[float] = []
        self._tops: dict[tuple[float, float], Tops] = {}  # of the breaths by now

    @property
    def breaths(self) -> int:
        """How many breaths were measured."""
        return len(self._paces)

    def note(self, pace_bpm: float, swing_bpm: float, error_bpm: float, held: bool = False) -> None:
        """Take the swing of a breath at a pace, with its standard error; ``held``: the pace stays."""
        self._changes.append(CHANGE_HELD if held else CHANGE)
        self._paces.append(pace_bpm)
        self._swings.append(swing_bpm)
        self._errors.append(error_bpm)
        self._tops.clear()

    def tops(self, slowest_bpm: float, fastest_bpm: float) -> Tops:
        """Return where the top between two paces may lie; ValueError where no breath was measured."""
        if not self._paces:
            raise ValueError("No breath was measured yet.")
        between = slowest_bpm, fastest_bpm
        if between not in self._tops:
            self._tops[between] = self._drawn(*between)
        return self._tops[between]

    def _drawn(self, slowest_bpm: float, fastest_bpm: float) -> Tops:
        grid = np.arange(slowest_bpm, fastest_bpm + 1e-9, STEP_BPM)
        mean, spread = self._expected(np.log(grid))
        curves = mean + _DRAWS[:, : len(grid)] @ spread.T
        best = int(np.argmax(mean))
        gain = float(np.mean(curves.max(axis=1) - curves[:, best])) / max(1e-6, float(mean[best]))
        tops = np.sort(grid[np.argmax(curves, axis=1)])
        return Tops(tops, np.full(len(tops), 1 / len(tops)), gain)

    def _expected(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the swing expected at log paces ``x`` (n,), and a square root (n, n) of its covariance."""
        at = np.asarray(np.log(self._paces), dtype=np.float64)
        middle = float(np.median(self._swings))
        off = np.asarray(np.array(self._swings) - middle, dtype=np.float64)
        scale = max(abs(middle), LEAST_SWING_BPM)
        size = (VARIETY * scale) ** 2
        breath = np.asarray(np.arange(len(off)) / CHANGE_BREATHS)
        change = scale * np.outer(self._changes, self._changes) * scale
        alike = np.asarray(size * _near(at, at, LENGTH) + change * _near(breath, breath, 1.0))
        here = alike + np.diag(OVERLAP * self._noise(alike, off, scale))
        there = size * _near(x, at, LENGTH)
        solved = np.linalg.solve(here, np.column_stack([off, there.T]))
        mean = middle + there @ solved[:, 0]
        cov = size * _near(x, x, LENGTH) - there @ solved[:, 1:]
        values, vectors = np.linalg.eigh((cov + cov.T) / 2)
        return np.asarray(mean), np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)))

    def _noise(self, alike: FloatArray, off: FloatArray, scale: float) -> FloatArray:
        """Return the variance (n,) of single breaths, as shares of ``scale`` (bpm), that best explains how far ``off``
        (n,) the middle swing they are, where their covariance would be ``alike`` (n, n) without it; what is usual
        counts beside that."""
        errors = np.array(self._errors, dtype=np.float64)
        noises = [np.asarray((scatter * scale) ** 2 + errors**2) for scatter in SCATTERS]
        fits = [
            _log_likelihood(alike + np.diag(noise), off) / OVERLAP
            - 0.5 * (np.log(scatter / USUAL_SCATTER) / UNUSUAL) ** 2
            for scatter, noise in zip(SCATTERS, noises, strict=True)
        ]
        return noises[int(np.argmax(fits))]


def _near(a: FloatArray, b: FloatArray, length: float) -> FloatArray:
    return np.asarray(np.exp(-0.5 * ((a[:, None] - b[None, :]) / length) ** 2))


def _log_likelihood(covariance: FloatArray, off: FloatArray) -> float:
    """Return the logarithm of the likelihood of ``off`` (n,) under a normal distribution, but for a constant."""
    root = np.linalg.cholesky(covariance)
    scaled = np.linalg.solve(root, off)
    return float(-0.5 * scaled @ scaled - np.log(np.diag(root)).sum())
