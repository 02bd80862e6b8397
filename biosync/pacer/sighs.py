"""Sighs: single deep breaths, which everybody takes every few minutes. A sigh moves the heart farther than the breaths
around it and throws the breath out of step for a moment: it is no sign that somebody has left.

Whoever goes on at a breath of their own moves the heart no farther than the breaths before did: that breath is rather
faster, and the heart swings less at faster paces.
"""

from __future__ import annotations

from collections import deque

import numpy as np

from biosync.pacer.reading import Reading

BREATHS, LEAST_S = 1.2, 6.0
"""How far the heart moved is looked at over so much of a breath of the cue, and no less than so many seconds."""
BEFORE_S, LEAST_LOOKS = 80.0, 20
FARTHER, LATELY_BREATHS = 1.6, 2.5
"""So many times as far as in the middle of all looks before is a sigh, and as in the middle of those of the last so
many breaths: a swing that grows as the cue gets slower grows breath by breath."""
PATIENCE_S, PATIENCE_BREATHS = 12.0, 3.2
"""For the longer of these a sigh throws the breath out of step."""
WAVE_S, WAVE_BREATHS = 12.0, 1.8
"""For the longer of these it shows as a wave beside the cue's; what shows longer is a breath of their own."""
APART_S = 45.0
"""Whoever seems to sigh more often does something else."""


class Sighs:
    """``t``: when the last one was seen (s); long ago where there was none."""

    def __init__(self) -> None:
        self.t = -1e9
        self._seen: deque[tuple[float, float]] = deque()  # when, and how far the heart moved (bpm)

    def look(self, reading: Reading, rate_bpm: float, other_wave: bool) -> bool:
        """Look for a sigh in the last breath of a cue at ``rate_bpm``; tell if there is one or was one just now.
        ``other_wave``: beside the cue's wave there is another one."""
        now = float(reading.t_s[-1])
        self._find(reading, now, rate_bpm)
        least_s, breaths = (WAVE_S, WAVE_BREATHS) if other_wave else (PATIENCE_S, PATIENCE_BREATHS)
        return now - self.t < max(least_s, breaths * 60 / rate_bpm)

    def _find(self, reading: Reading, now: float, rate_bpm: float) -> None:
        long_s = max(LEAST_S, BREATHS * 60 / rate_bpm)
        keep = reading.normal & (reading.t_s >= now - long_s)
        if keep.sum() < 3:
            return
        far = float(np.ptp(reading.heart_rate_bpm[keep]))
        while self._seen and self._seen[0][0] < now - BEFORE_S:
            self._seen.popleft()
        before = [look for look in self._seen if look[0] < now - long_s]
        self._seen.append((now, far))
        if len(before) >= LEAST_LOOKS and now - self.t > APART_S:
            lately = [look for look in before if look[0] >= now - long_s - LATELY_BREATHS * 60 / rate_bpm]
            if far > FARTHER * max(_middle(before), _middle(lately)):
                self.t = now


def _middle(looks: list[tuple[float, float]]) -> float:
    return float(np.median([moved for _, moved in looks])) if looks else 0.0
