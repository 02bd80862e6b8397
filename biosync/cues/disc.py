"""The disc's breath: it opens evenly and lets go early, so that in and out differ in the shape of their motion."""

from __future__ import annotations

from math import cos, pi

_LETTING_GO = 1.5
"""How much earlier the out-breath lets go than a plain half cosine: 1 is not at all."""


def level(phase: float, inhale_fraction: float) -> float:
    """Return the disc's size, 0 (smallest) to 1 (largest), at ``phase`` (cycles; 0 = the in-breath begins).

    The in-breath is a half cosine. The out-breath sinks quickly at first and then comes to rest slowly, as air
    leaves relaxed lungs. Value and speed are continuous everywhere; the speed is 0 at both turns.
    ``inhale_fraction`` lies strictly between 0 and 1, ValueError otherwise.
    """
    if not 0.0 < inhale_fraction < 1.0:
        raise ValueError(f"the in-breath takes a share between 0 and 1 of a breath, not {inhale_fraction}")
    phase %= 1.0
    if phase < inhale_fraction:
        return _ease(phase / inhale_fraction)
    left = (1.0 - phase) / (1.0 - inhale_fraction)
    return 1.0 - _ease(1.0 - left**_LETTING_GO)


def _ease(share: float) -> float:
    return (1.0 - cos(pi * share)) / 2.0
