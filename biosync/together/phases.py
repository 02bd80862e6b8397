"""The phase of a heart's slow wave (0.04 to 0.15 Hz, where calm breathing swings it), at any time."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from biosync.types import FloatArray

LOWEST_HZ, HIGHEST_HZ = 0.04, 0.15
EDGE_HZ = 0.01
"""The band's edges rise and fall over so much: a sharper one rings."""

ComplexArray = npt.NDArray[np.complex128]


def turns(x: FloatArray) -> ComplexArray:
    """Return exp(i phase) (n,) of ``x`` (n,) at 1 Hz: its analytic signal (Gabor 1946) in the band, length 1.

    The first and last half wave are half guessed: leave out about 5 s at each end.
    """
    n = len(x)
    left = x - np.polynomial.Polynomial.fit(np.arange(n), x, 1)(np.arange(n))
    mirrored = np.concatenate([-left[::-1], left, -left[::-1]])
    f = np.fft.fftfreq(3 * n)
    rising = np.clip((f - LOWEST_HZ + EDGE_HZ) / EDGE_HZ, 0, 1)
    band = np.minimum(rising, np.clip((HIGHEST_HZ + EDGE_HZ - f) / EDGE_HZ, 0, 1))
    analytic = np.fft.ifft(np.fft.fft(mirrored) * band)[n : 2 * n]
    size = np.abs(analytic)
    return np.asarray(np.divide(analytic, size, where=size > 0, out=np.ones_like(analytic)), dtype=np.complex128)
