"""Where the breath is at many times at once, as the plans of the cue say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from biosync.cues import disc
from biosync.events import Cue
from biosync.types import FloatArray

_STEPS = 1024


@dataclass(frozen=True, slots=True)
class Course:
    """One value for each time: ``phase`` (cycles), ``level`` (0 to 1, that of the disc), ``strength`` (0 to 1);
    ``breathing_in``; ``turn_s``: seconds since the last turn of the breath, and ``left_s`` until the next."""

    phase: FloatArray
    level: FloatArray
    strength: FloatArray
    breathing_in: FloatArray
    turn_s: FloatArray
    left_s: FloatArray


def course(cues: Sequence[Cue], t_s: FloatArray) -> Course:
    """Return the course at the times ``t_s`` (s, rising) of the plans ``cues`` (one or more, oldest first)."""
    which = np.maximum(0, np.searchsorted(np.array([cue.t for cue in cues]), t_s, side="right") - 1)
    begin, rate, first, inhale, strength = (
        np.array([getattr(cue, name) for cue in cues], dtype=np.float64)[which]
        for name in ("t", "rate_bpm", "phase", "inhale_fraction", "strength")
    )
    phase = (first + (t_s - begin) * rate / 60) % 1.0
    breathing_in = phase < inhale
    since = np.where(breathing_in, phase, phase - inhale)
    left = np.where(breathing_in, inhale, 1.0) - phase
    level = np.empty_like(phase)
    for fraction in np.unique(inhale):
        here = inhale == fraction
        places, levels = _levels(float(fraction))
        level[here] = np.interp(phase[here], places, levels)
    return Course(phase, level, strength, breathing_in.astype(np.float64), since * 60 / rate, left * 60 / rate)


@lru_cache(maxsize=8)
def _levels(inhale_fraction: float) -> tuple[FloatArray, FloatArray]:
    places = np.asarray(np.linspace(0.0, 1.0, _STEPS + 1), dtype=np.float64)
    return places, np.array([disc.level(min(float(place), 1 - 1e-12), inhale_fraction) for place in places])
