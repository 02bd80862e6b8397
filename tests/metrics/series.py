"""Virtual beats for tests: a wandering heart, an even wave, and stretches joined by a gap."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import numpy as np

from biosync.heart.intervals import Intervals, from_rr
from biosync.types import FloatArray


def wandering(n: int, seed: int = 1, mean_ms: float = 850.0) -> FloatArray:
    """RR (n,) in ms of a heart with a breath, a slower wave, a drift and noise, in whole ms."""
    random = np.random.default_rng(seed)
    t = np.arange(n) * mean_ms / 1000
    waves = 40 * np.sin(2 * np.pi * 0.23 * t) + 35 * np.sin(2 * np.pi * 0.09 * t + 1)
    drift = np.cumsum(random.normal(0, 3, n))
    return np.round(np.clip(mean_ms + waves + drift + random.normal(0, 15, n), 400, 1600))


def wave(
    breaths_bpm: float, seconds: float, phase: float = 0.0, mean_ms: float = 900.0, swing_ms: float = 60.0
) -> Intervals:
    """Beats of a heart whose interval follows an even sine, each as long as the sine says where it begins."""
    t, rr = 0.0, []
    while t < seconds:
        rr.append(mean_ms + swing_ms * np.sin(2 * np.pi * breaths_bpm / 60 * t + phase))
        t += rr[-1] / 1000
    return from_rr(np.array(rr))


def joined(*pieces: FloatArray, pause_s: float = 30.0) -> Intervals:
    """Stretches of RR (ms) with a gap of ``pause_s`` between each two."""
    starts, t_s, follows = 0.0, [], []
    for rr in pieces:
        t_s.append(starts + np.cumsum(rr) / 1000)
        follows.append(np.arange(len(rr)) > 0)
        starts = float(t_s[-1][-1]) + pause_s
    whole = np.concatenate(pieces)
    return Intervals(np.concatenate(t_s), whole, np.concatenate(follows), np.ones(len(whole), dtype=bool))


def recording(path: Path) -> FloatArray:
    """RR (n,) in ms of one of the shared recordings."""
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text()
    rows = list(csv.DictReader(text.splitlines()))
    if "rr_ticks_128hz" in rows[0]:
        return np.array([float(row["rr_ticks_128hz"]) * 1000 / 128 for row in rows])
    return np.array([float(row["rr_ms"]) for row in rows])
