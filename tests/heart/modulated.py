"""A second kind of simulated heart, built otherwise than artefacts.py: beats fall where an integral fills up.

Integral pulse frequency modulation (Bayly, IEEE Trans Biomed Eng 15:257-265, 1968): 1/f noise, a breath that wanders
and has an overtone, and a wave of the blood pressure move the rate; artefacts are put into the times of the beats.
"""

from __future__ import annotations

import numpy as np

from biosync.types import FloatArray

RATE_HZ = 20.0


def wandering(n: int, rng: np.random.Generator, memory_s: float, sd: float) -> FloatArray:
    """Return n samples of noise that forgets itself over ``memory_s``, with standard deviation ``sd``."""
    keep = float(np.exp(-1 / (RATE_HZ * memory_s)))
    level, out = 0.0, np.empty(n)
    for i, push in enumerate(rng.normal(0, sd * np.sqrt(1 - keep * keep), n)):
        level = keep * level + push
        out[i] = level
    return out


def pink(n: int, rng: np.random.Generator) -> FloatArray:
    """Return n samples of 1/f noise up to 0.3 Hz with standard deviation 1."""
    hz = np.fft.rfftfreq(n, 1 / RATE_HZ)
    size = np.where((hz > 0.0005) & (hz < 0.3), np.maximum(hz, 0.0005) ** -0.55, 0)
    noise = np.fft.irfft(size * np.exp(2j * np.pi * rng.random(len(hz))), n)
    return np.asarray(noise / noise.std(), dtype=np.float64)


def beats(
    seconds: float,
    seed: int,
    *,
    mean_ms: float = 850.0,
    slow: float = 0.03,
    breath: float = 0.03,
    breath_bpm: float = 15.0,
    pressure: float = 0.01,
    jitter_ms: float = 1.0,
) -> FloatArray:
    """Return the times of beats in s; ``slow``, ``breath`` and ``pressure`` are shares by which they move the rate."""
    rng = np.random.default_rng(seed)
    n = int(seconds * RATE_HZ)
    turns = 2 * np.pi * np.cumsum(breath_bpm / 60 * (1 + wandering(n, rng, 20, 0.03))) / RATE_HZ
    deep = breath * (1 + wandering(n, rng, 30, 0.25))
    wave = 2 * np.pi * np.cumsum(0.095 + wandering(n, rng, 60, 0.004)) / RATE_HZ
    rate = 1 + slow * pink(n, rng) + deep * (np.sin(turns) + 0.25 * np.sin(2 * turns + 0.7))
    rate += pressure * (1 + wandering(n, rng, 25, 0.3)) * np.sin(wave)
    filled = np.cumsum(rate) / (mean_ms / 1000 * RATE_HZ)
    t = np.interp(np.arange(1, int(filled[-1]) + 1), filled, np.arange(1, n + 1) / RATE_HZ)
    return np.sort(t + rng.normal(0, jitter_ms / 1000, len(t)))


def intervals(t: FloatArray, steps: str = "1/1024 s") -> FloatArray:
    """Return the RR in ms between beats, as sensors count: in "1/1024 s", "ms", or the beats' times in "1/128 s"."""
    if steps == "1/128 s":
        return np.asarray(np.diff(np.round(t * 128)) * (1000 / 128), dtype=np.float64)
    rr = np.diff(t) * 1000
    return np.asarray(np.round(rr) if steps == "ms" else np.round(rr * 1.024) / 1.024, dtype=np.float64)


def early(t: FloatArray, every: int, share: float, reset: float = 0.0) -> FloatArray:
    """Return the beats with every so-manieth early by ``share`` of its interval; ``reset``: of that, what the beats
    after it keep (0: a full pause follows, 1: none)."""
    out = t.copy()
    for k in range(10, len(t) - 10, every):
        ahead = share * (t[k] - t[k - 1])
        out[k] -= ahead
        out[k + 1 :] -= reset * ahead
    return out
