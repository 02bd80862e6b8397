"""Does a breath of their own show beside the cue's wave? Who breathes on by themselves, faster than the cue, moves
their heart at that pace: about as far as when the cue met them there. Who is with the cue does not.

Both powers are learned in each heart: what a breath of their own does, while the cue is near it, and what else there is
at those paces (noise, overtones), while they are with a slower cue. The likelihood ratio takes the powers as
exponentially distributed, as those of noise are.
"""

from __future__ import annotations

import math

import numpy as np

from biosync.pacer.reading import Reading
from biosync.pacer.wave import Wave
from biosync.types import FloatArray

LOOK_S, WHOLE, LEAST_BEATS = 12.0, 0.75, 9
"""A look is so long, about two breaths of their own; so much of it and so many beats must be there."""
SLOWER, FASTER, PACES = 0.8, 1.25, 9
"""Their own breath is looked for at so many paces between these shares of what it was."""
APART = 1.3
"""Nearer to the cue's pace than this share of it, two waves can't be told apart so soon."""
NEAR_SLIP = 0.2
"""A cue no farther from their own breath than this share makes the heart do what it does at that breath."""
FOUND_BPM = 8.0
"""Nobody's own breath is taken to be slower: who is met there, after a loss, has followed to there."""
LEARNED, LEAST_BREATHS = 0.2, 4
"""Both powers follow each breath by so much; what is there without is known after so many."""
TELLS = 2.5
"""It tells something where their own breath makes the power so many times what it is without."""
SHAPE, MOST = 2.0, 3.0
"""Each look counts so many times (the highest of several powers varies less than one), and no more than the second."""
ABSENT = 0.5
"""Nothing of it shows where its absence is e to this power times as likely as its presence."""


class OwnWave:
    """``every``: the natural logarithm of the likelihood ratio, of the last look, of a breath of their own to none,
    however little that tells in this heart; ``evidence``: the same, no more than ``MOST``, and 0 where it tells too
    little."""

    def __init__(self) -> None:
        self.evidence = self.every = 0.0
        self._own_bpm = 0.0
        self._power: float | None = None  # of the last look, bpm squared
        self._present: float | None = None
        self._absent, self._breaths = 0.0, 0

    def look(self, reading: Reading, wave: Wave) -> None:
        """Look for a breath of their own beside the cue's wave."""
        self._power = _highest_power(reading, wave, self._own_bpm)
        self.every = self._every()
        self.evidence = max(-MOST, min(MOST, self.every)) if self._ratio >= TELLS else 0.0

    def learn(self, swing_bpm: float, slip: float, own_bpm: float) -> None:
        """Note that they surely are with the cue: the heart's amplitude with it (bpm), and how far the cue is, as a
        share, from ``own_bpm``, the breath from which this lead began."""
        if slip <= NEAR_SLIP and own_bpm > FOUND_BPM:
            self._own_bpm = own_bpm
            power = swing_bpm**2
            self._present = power if self._present is None else self._present + LEARNED * (power - self._present)
        if self._power is not None:
            self._breaths += 1
            self._absent += max(LEARNED, 1 / self._breaths) * (self._power - self._absent)

    @property
    def shows(self) -> bool:
        """True where a breath of their own is likelier than none."""
        return self.evidence > 0

    @property
    def absent(self) -> bool:
        """True where it would show, and does not."""
        return self.evidence < -ABSENT

    @property
    def known(self) -> bool:
        """True once it is known what there is with it and without."""
        return self._present is not None and self._breaths >= LEAST_BREATHS

    @property
    def _ratio(self) -> float:
        return 1 + (self._present or 0.0) / max(self._absent, 1e-9)

    def _every(self) -> float:
        if self._power is None or not self.known:
            return 0.0
        return SHAPE * (self._power / max(self._absent, 1e-9) * (1 - 1 / self._ratio) - math.log(self._ratio))


def _highest_power(reading: Reading, wave: Wave, own_bpm: float) -> float | None:
    """Return the highest power (bpm squared) of a wave near ``own_bpm``, without the cue's; None where the cue is too
    near, or too little was read."""
    slowest = max(SLOWER * own_bpm, APART * wave.rate_bpm)
    keep = reading.normal & (reading.t_s >= reading.t_s[-1] - LOOK_S)
    t_s = reading.t_s[keep]
    if slowest > own_bpm or len(t_s) < LEAST_BEATS or t_s[-1] - t_s[0] < WHOLE * LOOK_S:
        return None
    rest = _without_cue(t_s, wave.cycles_at(t_s))
    left = rest @ reading.heart_rate_bpm[keep]
    turns = rest @ np.exp(2j * np.pi / 60 * np.outer(t_s - t_s[-1], np.linspace(slowest, FASTER * own_bpm, PACES)))
    cos, sin = turns.real, turns.imag
    # The least squares of a cosine and a sine at each pace, written out: what they explain of what is left.
    cc, ss, cs = (cos**2).sum(axis=0), (sin**2).sum(axis=0), (cos * sin).sum(axis=0)
    yc, ys = left @ cos, left @ sin
    explained = (ss * yc**2 - 2 * cs * yc * ys + cc * ys**2) / np.maximum(cc * ss - cs**2, 1e-9)
    return float(explained.max()) * 2 / len(t_s)


def _without_cue(t_s: FloatArray, cycles: FloatArray) -> FloatArray:
    """Return the matrix (n, n) that takes a drift and the cue's wave out of what was measured at ``t_s`` (n,)."""
    angle = 2 * np.pi * cycles
    base, _ = np.linalg.qr(np.column_stack([np.ones_like(t_s), t_s - t_s[-1], np.cos(angle), np.sin(angle)]))
    return np.asarray(np.eye(len(t_s)) - base @ base.T)
