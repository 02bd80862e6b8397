"""How long a wave of what two hearts share lasts: a lag of more than half of it has no direction."""

from __future__ import annotations

import numpy as np

from biosync.types import BoolArray, FloatArray

LOWEST_HZ, HIGHEST_HZ = 0.04, 0.4
_SMOOTH = 5


def shared_period_s(a: FloatArray, b: FloatArray, known: BoolArray) -> float:
    """Return the period in seconds at which the cross-spectrum of ``a`` and ``b`` (n,) at 1 Hz is largest, between
    0.04 and 0.4 Hz; ``known`` (n,) where both are."""
    size = max(256, 2 * len(a))
    taper = np.hanning(len(a)) * known
    first, second = (np.fft.rfft((x - x[known].mean()) * taper, size) for x in (a, b))
    cross = np.convolve(first * np.conj(second), np.ones(_SMOOTH), mode="same")
    f = np.fft.rfftfreq(size)
    band = (f >= LOWEST_HZ) & (f <= HIGHEST_HZ)
    return 1 / float(f[band][np.argmax(np.abs(cross[band]))])
