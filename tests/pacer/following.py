"""A made-up heart for the pacer's tests: swings with the cue, with a breath of its own, or not at all."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from biosync.events import Cue, Quality
from biosync.pacer.pacer import Pacer
from biosync.pacer.reading import Reading

Phase = Callable[[Pacer, np.ndarray], np.ndarray]


def with_the_cue(pacer: Pacer, t_s: np.ndarray) -> np.ndarray:
    return pacer.wave.cycles_at(t_s)


def at(rate_bpm: float) -> Phase:
    return lambda pacer, t_s: t_s * rate_bpm / 60


def reading(pacer: Pacer, t: float, phase: Phase, breath_bpm: float | None, quality: Quality = "good") -> Reading:
    """Return a minute of a heart that swings by 6 bpm with ``phase``, with some noise, up to 2 s ago."""
    t_s = np.arange(max(0.0, t - 80), t - 2, 0.85)
    noise = np.random.default_rng(1).normal(0, 0.7, 10000)[(t_s / 0.85).astype(int)]
    heart = 66 + 3 * np.cos(2 * np.pi * phase(pacer, t_s)) + noise
    return Reading(t_s, heart, np.ones(len(t_s), dtype=bool), quality, breath_bpm, 0.9 if breath_bpm else 0.0)


def breathe(
    pacer: Pacer, begin: float, end: float, phase: Phase, breath_bpm: float | None = None, quality: Quality = "good"
) -> list[Cue]:
    """Return the cues of every second from ``begin`` to ``end`` with everybody's heart at ``phase``."""
    cues = []
    for t in np.arange(begin + 1, end + 0.5):
        readings = {name: reading(pacer, float(t), phase, breath_bpm, quality) for name in pacer.people}
        cues.append(pacer.update(float(t), readings))
    return cues
