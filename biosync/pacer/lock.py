"""Is one person with the cue? Judged from the heart alone, fast enough to stop leading within a few breaths.

Two looks at the same complex demodulation (metrics/cue_following), without what wanders slower than the cue: over 8
and over 4 of its cycles. One of them must show that the heart swings with the cue, and the phase at which it is
highest must stay near where it was: a person who breathes on at a pace of their own drifts through the phases, while
the share may stay high for a time. Windows and thresholds come from virtual people who do and do not follow.
"""

from __future__ import annotations

import cmath
import math

from biosync.metrics.cue_following import Following, following, phase_distance
from biosync.pacer.reading import Reading
from biosync.pacer.wave import Wave

LONG_CYCLES, SHORT_CYCLES, LEAST_S = 8.0, 4.0, 18.0
SHARE_CYCLES = 4.0
SLOW_PER_CYCLE = 1.0
LONG_SHARE, SHORT_SHARE = 0.2, 0.4
"""Locked shares, slow wander taken out, above which a heart swings with the cue."""
LEAST_DRIFT, DRIFT_ERRORS, MOST_DRIFT = 0.09, 3.0, 0.2
"""The heart's phase may lie off its usual place by so many cycles, and so many standard errors, but no further."""
PATIENCE_S, PATIENCE_BREATHS = 20.0, 2.5
"""Not with the cue for the longer of these: lost."""
_MEMORY = 0.25  # of the usual phase, a breath


class Lock:
    """Follows one person's following."""

    def __init__(self) -> None:
        self._usual: complex | None = None
        self._last_phase: float | None = None
        self._with_until: float | None = None
        self.share: float | None = None
        self.breaths = 0
        self.with_cue = False

    def look(self, t: float, reading: Reading, wave: Wave) -> None:
        """Judge anew at time ``t``."""
        plain = _window(t, reading, wave, SHARE_CYCLES, 0.0)
        long = _window(t, reading, wave, LONG_CYCLES, SLOW_PER_CYCLE)
        short = _window(t, reading, wave, SHORT_CYCLES, SLOW_PER_CYCLE)
        self.share = plain.locked_share if plain else None
        self.with_cue = reading.quality != "none" and long is not None and short is not None and self._fits(long, short)
        if self.with_cue:
            self._with_until = t
        if short is not None:
            self._last_phase = short.phase

    def breath(self) -> None:
        """Count a breath of the cue; with it, the usual phase follows the newest one."""
        if not self.with_cue or self._last_phase is None:
            self.breaths = 0
            self._usual = None if self._usual is None else self._usual * 0.7
            return
        self.breaths += 1
        here = cmath.rect(1.0, 2 * math.pi * self._last_phase)
        self._usual = here if self._usual is None else (1 - _MEMORY) * self._usual + _MEMORY * here

    def lost(self, t: float, rate_bpm: float) -> bool:
        """Tell if the person, once with the cue, has not been so for longer than patience lasts."""
        patience = max(PATIENCE_S, PATIENCE_BREATHS * 60 / rate_bpm)
        return self._with_until is not None and t - self._with_until >= patience

    def forget(self) -> None:
        """Begin anew: nothing is known of how this person follows."""
        self._usual = self._with_until = None
        self.breaths = 0

    def _fits(self, long: Following, short: Following) -> bool:
        if long.locked_share < LONG_SHARE and short.locked_share < SHORT_SHARE:
            return False
        known = self._usual is not None and abs(self._usual) >= 0.3
        usual = cmath.phase(self._usual) / (2 * math.pi) % 1.0 if known and self._usual is not None else long.phase
        allowed = min(MOST_DRIFT, LEAST_DRIFT + DRIFT_ERRORS * short.phase_error)
        return abs(phase_distance(short.phase, usual)) < allowed


def _window(t: float, reading: Reading, wave: Wave, cycles: float, slow: float) -> Following | None:
    """Return the following over the last ``cycles`` of the cue, at least ``LEAST_S``, before the newest beat."""
    if len(reading.t_s) == 0:
        return None
    end = float(reading.t_s[-1])
    since = max(end - max(LEAST_S, cycles * 60 / wave.rate_bpm), wave.started_t)
    if t - end > 8.0:  # nothing new has come: an old stretch is no news
        return None
    keep = reading.t_s >= since
    return following(reading.t_s[keep], reading.heart_rate_bpm[keep], wave.cycles_at(reading.t_s[keep]), slow)
