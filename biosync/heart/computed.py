"""Recognises sensors which compute RR intervals from their rounded heart rate instead of measuring them.

Seen in a Mio Fuse capture (wrist, optical): every interval is round(61440 / heart rate) ticks of 1/1024 s, and the
same value stands twice in a frame. Such numbers carry no variability, so HRV must be refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

ENOUGH_FRAMES = 10
"""Notifications in a row which must fit before a sensor is taken for a computing one."""
EVIDENCE = log(1e5)
"""How unlikely (1 in 100,000) that must be for measured intervals: fast hearts fit by chance every other beat."""
LEAST_BEATS, LEAST_DIFFERENT, TOLERANCE_MS = 20, 4, 1.0


class SensorGate:
    """Tells, notification by notification, whether a sensor computes its RR from the rounded heart rate."""

    def __init__(self) -> None:
        self._frames = 0
        self._evidence = 0.0
        self._twins = 0
        self._misfits = 0
        self._synthetic = False

    def feed(self, heart_rate_bpm: int, rr_ticks: Sequence[int]) -> bool:
        """Take one notification with its RR (1/1024 s); return True while the intervals are taken for computed."""
        if heart_rate_bpm <= 0 or not rr_ticks:
            return self._synthetic
        fits = all(abs(rr - 61440 / heart_rate_bpm) <= 0.5 for rr in rr_ticks)
        self._frames = self._frames + 1 if fits else 0
        self._evidence = self._evidence + _surprise(heart_rate_bpm) if fits else 0.0
        if len(rr_ticks) > 1:
            self._twins = self._twins + 1 if len(set(rr_ticks)) == 1 else 0
        computed = self._frames >= ENOUGH_FRAMES and self._evidence > EVIDENCE
        self._weigh(computed or self._twins >= ENOUGH_FRAMES, fits or self._twins > 0)
        return self._synthetic

    def _weigh(self, computed: bool, fits: bool) -> None:
        """Keep the verdict until as many notifications speak against it as were needed for it."""
        self._misfits = 0 if fits else self._misfits + 1
        if computed:
            self._synthetic = True
        elif self._misfits >= ENOUGH_FRAMES:
            self._synthetic = False


def _surprise(heart_rate_bpm: int) -> float:
    """Return how surprising it is that a measured interval is exactly the one of a whole heart rate (in nats)."""
    return log(max(1.0, 61440 / heart_rate_bpm - 61440 / (heart_rate_bpm + 1)))


def synthetic_rr(rr_ms: Sequence[float]) -> bool:
    """Return True where intervals (ms, oldest first, no heart rate known) are all those of whole heart rates.

    At least 20 beats with 4 different values are needed: a few equal intervals may be a very regular heart.
    """
    beats = [rr for rr in rr_ms if 300 <= rr <= 2000]
    if len(beats) < LEAST_BEATS or len({round(rr) for rr in beats}) < LEAST_DIFFERENT:
        return False
    evidence = 0.0
    for rr in beats:
        rate = round(60000 / rr)
        if abs(rr - 60000 / rate) > TOLERANCE_MS:
            return False
        evidence += log(max(1.0, (60000 / rate - 60000 / (rate + 1)) / (2 * TOLERANCE_MS)))
    return evidence > EVIDENCE
