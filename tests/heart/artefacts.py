"""Simulated hearts and simulated artefacts, with the truth known: what the labeller's tests are measured on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biosync.types import BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class Spoiled:
    """Intervals ``rr_ms`` with artefacts; ``at`` are the indices of the intervals that end at a spoiled beat."""

    rr_ms: FloatArray
    at: IntArray


def wander(n: int, seed: int, sd_ms: float) -> FloatArray:
    """Return a slow random wander, 1/f-like: the sum of four relaxations of 3 to 200 beats."""
    rng = np.random.default_rng(seed)
    total = np.zeros(n)
    for memory in (3, 12, 50, 200):
        keep = np.exp(-1 / memory)
        noise = rng.normal(0, np.sqrt(1 - keep**2), n)
        level = 0.0
        for i in range(n):
            level = keep * level + noise[i]
            total[i] += level
    return sd_ms * total / 2


def heart(
    n: int,
    seed: int,
    *,
    mean_ms: float = 850.0,
    sd_ms: float = 30.0,
    breath_ms: float = 30.0,
    breath_s: float = 4.5,
    white_ms: float = 4.0,
    quantum_ms: float = 1000 / 1024,
) -> FloatArray:
    """Return n intervals of a healthy heart: breathing, slow wander, a little beat to beat noise, then rounding."""
    rng = np.random.default_rng(seed + 1000)
    slow = wander(n, seed, sd_ms)
    pace = np.cumsum(rng.normal(0, 0.05, n))
    white = rng.normal(0, white_ms, n)
    rr = np.empty(n)
    t = 0.0
    for i in range(n):
        swing = breath_ms * np.sin(2 * np.pi * t / breath_s + pace[i])
        rr[i] = max(300.0, mean_ms + slow[i] + swing + white[i])
        t += rr[i] / 1000
    return round_to(rr, quantum_ms)


def round_to(rr_ms: FloatArray, quantum_ms: float) -> FloatArray:
    return np.asarray(np.maximum(1, np.round(rr_ms / quantum_ms)) * quantum_ms, dtype=np.float64)


def rmssd(rr_ms: FloatArray) -> float:
    return float(np.sqrt(np.mean(np.diff(rr_ms) ** 2)))


def places(n: int, every: int, seed: int, first: int = 60) -> IntArray:
    """Return indices about ``every`` beats apart, at random, none nearer than half of that to the next."""
    rng = np.random.default_rng(seed)
    starts = np.arange(first, n - every, every)
    return starts + rng.integers(0, max(1, every // 2), len(starts))


def displace(rr_ms: FloatArray, at: IntArray, by_ms: float, seed: int) -> Spoiled:
    """Move the beats that end the intervals ``at`` by ``by_ms``, earlier or later."""
    rng = np.random.default_rng(seed)
    out = rr_ms.copy()
    for i in at:
        move = by_ms * rng.choice([-1, 1])
        move = float(np.clip(move, 50 - out[i], out[i + 1] - 50))
        out[i] += move
        out[i + 1] -= move
    return Spoiled(out, at)


def miss(rr_ms: FloatArray, at: IntArray) -> Spoiled:
    """Lose the beats that end the intervals ``at``; the merged interval is the spoiled one."""
    out = rr_ms.copy()
    out[at + 1] += out[at]
    return Spoiled(np.delete(out, at), at - np.arange(len(at)))


def add(rr_ms: FloatArray, at: IntArray, seed: int) -> Spoiled:
    """Put a false beat into the intervals ``at``, somewhere between a quarter and three quarters."""
    rng = np.random.default_rng(seed)
    share = rng.uniform(0.25, 0.75, len(at))
    out = rr_ms.copy()
    first = out[at] * share
    out[at] -= first
    return Spoiled(np.insert(out, at, first), at + np.arange(len(at)))


def premature(rr_ms: FloatArray, at: IntArray, seed: int, pause: float = 1.0, early: float = 0.3) -> Spoiled:
    """Make the beats that end ``at`` come too early by 0.75 to 1.25 times ``early`` of the interval.

    ``pause`` 1: full compensation; 0: the next interval is as it was (the sinus node was reset).
    """
    rng = np.random.default_rng(seed)
    out = rr_ms.copy()
    cut = out[at] * early * rng.uniform(0.75, 1.25, len(at))
    out[at] -= cut
    out[at + 1] += pause * cut
    return Spoiled(out, at)


def found(flagged: BoolArray, at: IntArray, tolerance: int = 2) -> BoolArray:
    """Return for each index in ``at`` whether a flag stands within ``tolerance`` beats of it."""
    near = np.convolve(flagged, np.ones(2 * tolerance + 1), mode="same") > 0
    return np.asarray(near[at])


def false_share(flagged: BoolArray, at: IntArray, tolerance: int = 2) -> float:
    """Return the share (0 to 1) of all beats that carry a flag further than ``tolerance`` from every ``at``."""
    spoiled = np.zeros(len(flagged))
    spoiled[at] = 1
    near = np.convolve(spoiled, np.ones(2 * tolerance + 1), mode="same") > 0
    return float(np.mean(flagged & ~near))
