"""Sighs: single deep breaths, which everybody takes every few minutes. A sigh moves the heart farther than the breaths
around it and throws the breath out of step for a moment: it is no sign that somebody has left.

A breath of their own, on which the cue would have lost them, moves the heart no farther than the breaths before did:
it is rather faster, and the heart swings less at faster paces.
"""

from __future__ import annotations

import numpy as np

from biosync.pacer.reading import Reading

NOW_S, BEFORE_S, LEAST_S = 10.0, 80.0, 30.0
"""A sigh is looked for in the last seconds, and held against those before; at least so many of these are needed."""
USUAL_SHARE, FARTHER = 0.9, 1.7
"""So far as this share of the beats before lay from their middle is usual; so many times as far is a sigh."""
APART_S = 30.0
"""Whoever seems to sigh more often does something else."""


class Sighs:
    """``t``: when the last one was at its height (s); long ago where there was none."""

    def __init__(self) -> None:
        self.t = -1e9

    def look(self, reading: Reading) -> None:
        """Look for a sigh in the last beats."""
        t_s, rate_bpm = reading.t_s[reading.normal], reading.heart_rate_bpm[reading.normal]
        if len(t_s) < 2 or t_s[-1] - self.t < APART_S:
            return
        now = t_s >= t_s[-1] - NOW_S
        before = ~now & (t_s >= t_s[-1] - BEFORE_S)
        if before.sum() < 2 or np.ptp(t_s[before]) < LEAST_S:
            return
        middle = float(np.median(rate_bpm[before]))
        usual = float(np.quantile(np.abs(rate_bpm[before] - middle), USUAL_SHARE))
        far = np.abs(rate_bpm[now] - middle)
        if far.max() > FARTHER * usual:
            self.t = float(t_s[now][np.argmax(far)])
