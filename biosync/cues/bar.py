"""The bar's breath, for reduced motion: it fills at an even pace and drains softly."""

from __future__ import annotations

from math import cos, pi


def level(phase: float, inhale_fraction: float) -> float:
    """Return the bar's filling, 0 (empty) to 1 (full), at ``phase`` (cycles; 0 = the in-breath begins).

    It fills in a straight line, so that how far the breath has come can be read off, and drains along a half
    cosine. The value is continuous everywhere.
    ``inhale_fraction`` lies strictly between 0 and 1, ValueError otherwise.
    """
    if not 0.0 < inhale_fraction < 1.0:
        raise ValueError(f"the in-breath takes a share between 0 and 1 of a breath, not {inhale_fraction}")
    phase %= 1.0
    if phase < inhale_fraction:
        return phase / inhale_fraction
    return (1.0 + cos(pi * (phase - inhale_fraction) / (1.0 - inhale_fraction))) / 2.0
