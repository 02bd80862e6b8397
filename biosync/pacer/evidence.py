"""What a stretch of heart rate says of a cue: does it swing with it, how far, and where in the breath is it highest.

All of it is least squares against the cue's own phase (metrics/cue_following), so that it stays right while the pace
changes. ``line`` asks if the cue's pace stands out among the paces beside it; ``swing`` measures it, fast.
"""

from __future__ import annotations

import cmath
import math
from dataclasses import dataclass

import numpy as np

from biosync.types import FloatArray

BESIDE = (-3.5, -2.5, -1.5, 1.5, 2.5, 3.5)
"""The paces beside the cue's, in units of what the stretch can tell apart (1 / its length)."""
LEAST_BEATS, LEAST_CYCLES = 8, 1.0
"""A swing is told of no fewer beats, and of no less than so many breaths."""
KEPT_CHANCE, KEPT_SHARE, KEPT_TURN = 0.01, 0.5, 0.12
"""A place in the breath was kept where the swing with the cue is that unlikely by chance, and both halves of the
stretch show so much of it, no farther apart than so much of a cycle."""


@dataclass(frozen=True, slots=True)
class Swing:
    """How heart rate goes with the cue: the complex amplitude in bpm (its angle: where in the breath the heart is
    fastest), and its standard error in bpm, if what is left is noise."""

    z: complex
    error: float


def swing(t_s: FloatArray, heart_rate_bpm: FloatArray, cycles: FloatArray, weight: FloatArray) -> Swing | None:
    """Return how heart rates (n,) at ``t_s`` (n,) go with a cue at unwrapped phases ``cycles`` (n,).

    ``weight`` (n,), 0 to 1: how much each counts. A straight drift is taken out. None where that can't be told.
    """
    if len(t_s) < LEAST_BEATS or cycles[-1] - cycles[0] < LEAST_CYCLES:
        return None
    place = (t_s - t_s[-1]) / (t_s[-1] - t_s[0])
    angle = 2 * np.pi * cycles
    columns = np.column_stack([np.ones_like(place), place, np.cos(angle), np.sin(angle)])
    root = np.sqrt(weight)
    columns *= root[:, None]
    normal = columns.T @ columns
    if np.linalg.cond(normal) > 1e6:
        return None
    inverse = np.linalg.inv(normal)
    found = inverse @ (columns.T @ (heart_rate_bpm * root))
    rest = heart_rate_bpm * root - columns @ found
    count = float(weight.sum()) - 4
    noise = float(rest @ rest) / max(1.0, count)
    return Swing(complex(found[2], found[3]), math.sqrt(noise * float(inverse[2, 2] + inverse[3, 3]) / 2))


def line(t_s: FloatArray, heart_rate_bpm: FloatArray, cycles: FloatArray) -> tuple[float, complex] | None:
    """Return how likely a swing as large as the one with the cue is by chance, 0 to 1, and that swing (bpm).

    It is held against the swings at the paces beside it, in the cue's own frame, so that only what goes with the cue
    through its changes stands out: F(2, 2m) of a periodogram in noise that is flat nearby. None if too short.
    """
    if len(t_s) < 2 * LEAST_BEATS or cycles[-1] - cycles[0] < 3:
        return None
    length = t_s[-1] - t_s[0]
    place = 2 * (t_s - t_s[0]) / length - 1
    degree = max(2, round(0.5 * (cycles[-1] - cycles[0])))
    slow, _ = np.linalg.qr(np.polynomial.legendre.legvander(place, degree))
    left = heart_rate_bpm - slow @ (slow.T @ heart_rate_bpm)
    count = cycles[-1] - cycles[0]
    beside = [k for k in BESIDE if count + k > 0.5 * count + 1]  # what is slower was taken out
    frame = np.exp(-2j * np.pi * cycles) * left
    turns = (t_s - t_s[0]) / length
    sums = np.exp(-2j * np.pi * np.outer(np.array([0.0, *beside]), turns)) @ frame
    power = np.abs(sums) ** 2
    nearby = float(power[1:].mean())
    if nearby <= 1e-12:
        return None
    f = float(power[0]) / nearby
    chance = (1 + f / len(beside)) ** -len(beside)
    return chance, complex(np.conj(sums[0])) * 2 / len(t_s)


def kept(t_s: FloatArray, heart_rate_bpm: FloatArray, cycles: FloatArray) -> bool:
    """Tell if the heart clearly swung with the cue all along a stretch, at one place in the breath: what a breath of
    their own, off the cue's pace, can't do for long, and what shows even where no single breath does."""
    found = line(t_s, heart_rate_bpm, cycles)
    if found is None or found[0] >= KEPT_CHANCE:
        return False
    middle = len(t_s) // 2
    even = np.ones(len(t_s))
    first, second = (
        swing(t_s[half], heart_rate_bpm[half], cycles[half], even[half])
        for half in (slice(None, middle), slice(middle, None))
    )
    if first is None or second is None:
        return False
    least = KEPT_SHARE * abs(found[1])
    return min(abs(first.z), abs(second.z)) > least and abs(angle_between(first.z, second.z)) < KEPT_TURN


def share(z: complex, usual: complex) -> float:
    """Return how much of the swing ``usual`` (not 0) there is in ``z``, at the same place in the breath."""
    return (z * usual.conjugate()).real / abs(usual) ** 2


def angle_between(a: complex, b: complex) -> float:
    """Return how far the direction of ``a`` lies from that of ``b``, in cycles, -0.5 to 0.5."""
    return cmath.phase(a * b.conjugate()) / (2 * math.pi) if a and b else 0.0
