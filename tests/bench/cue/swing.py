"""How far a heart swings at a pace: the truth about a virtual person, without noise."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from tests.bench.cue.breathing import STEP_S, filling
from tests.bench.cue.hearts import Baroreflex, Heart, Integral

HeartKind = type[Integral] | type[Baroreflex]

PACES = np.round(np.arange(4.0, 7.51, 0.1), 2)


def swing_at(family: HeartKind, heart: Heart, pace_bpm: float) -> float:
    """Return the swing (twice the amplitude, bpm) of a quiet heart under steady breath at ``pace_bpm``."""
    quiet = family(replace(heart, noise=0.0, ectopics_per_min=0.0, drift_bpm=0.0), random.Random(1))
    beats = []
    hz = pace_bpm / 60
    for k in range(1, int(150 / STEP_S)):
        t = k * STEP_S
        beats += quiet.step(t, filling(t * hz % 1.0), hz)
    kept = np.array([(t, rr) for t, rr in beats if t > 60])
    return 2 * amplitude(kept[:, 0], kept[:, 1], kept[:, 0] * hz)


def amplitude(t_s: np.ndarray, rr_s: np.ndarray, cycles: np.ndarray) -> float:
    """Return the amplitude (bpm) of the heart rate that goes with ``cycles``, straight drift taken out."""
    middle = cycles - rr_s / 2 * np.gradient(cycles, t_s) if len(t_s) > 2 else cycles
    heart = 60 / rr_s
    angle = 2 * np.pi * middle
    wave = np.column_stack([np.ones_like(t_s), t_s - t_s.mean(), np.cos(angle), np.sin(angle)])
    found, *_ = np.linalg.lstsq(wave, heart, rcond=None)
    return float(np.hypot(found[2], found[3]))


def curve(family: HeartKind, heart: Heart) -> np.ndarray:
    """Return the swing (n,) at each of ``PACES``."""
    return np.array([swing_at(family, heart, float(pace)) for pace in PACES])


def best_pace(swings: np.ndarray, slowest: float = 4.5, fastest: float = 7.0) -> float:
    """Return the pace of the largest swing between two paces, between the points by a parabola."""
    inside = (slowest - 1e-9 <= PACES) & (fastest + 1e-9 >= PACES)
    paces, values = PACES[inside], swings[inside]
    k = int(np.argmax(values))
    if k in (0, len(values) - 1):
        return float(paces[k])
    a, b, c = values[k - 1 : k + 2]
    return float(paces[k] + 0.05 * (a - c) / (a - 2 * b + c))
