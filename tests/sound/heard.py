"""Listens to rendered buffers: how loud they are, and when the breath turns in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from biosync.events import Cue
from biosync.sound.tones import Tones
from biosync.types import FloatArray

HOP = 48


def played(
    cues_at: Callable[[float], Sequence[Cue]], begin_t: float, end_t: float, *, volume: float = 1.0,
    buffers: Sequence[int] = (2048,), ahead_s: float = 0.0, tones: Tones | None = None,
) -> FloatArray:
    """Return what is heard from ``begin_t`` to ``end_t`` (s), made buffer by buffer, each ``ahead_s`` before it is
    heard: ``cues_at`` says which plans are known by then."""
    voice, pieces, t, number = tones or Tones(), [], begin_t, 0
    while t < end_t:
        frames = buffers[number % len(buffers)]
        pieces.append(voice.render(cues_at(t - ahead_s), t, frames, volume))
        t, number = t + frames / voice.rate_hz, number + 1
    return np.concatenate(pieces)


def loudness(samples: FloatArray) -> FloatArray:
    """Return the mean size of the wave over the 20 ms (some periods of it) around every millisecond."""
    power = np.concatenate(([0.0], np.cumsum(samples**2)))
    half = 10 * HOP
    middle = np.arange(half, len(samples) - half, HOP)
    return np.sqrt(np.maximum(0.0, power[middle + half] - power[middle - half]) / (2 * half))


def turns(samples: FloatArray, begin_t: float, rate_hz: int) -> FloatArray:
    """Return the times (s) at which the tone is gone for a moment: where the breath turns."""
    size = loudness(samples)
    quiet = size < 0.05 * size.max()
    edges = np.flatnonzero(np.diff(quiet.astype(int)))
    found = [
        begin_t + HOP / rate_hz * (10 + first + 1 + int(np.argmin(size[first + 1 : last + 1])))
        for first, last in pairwise(edges) if not quiet[first]
    ]  # fmt: skip
    return np.array(found)
