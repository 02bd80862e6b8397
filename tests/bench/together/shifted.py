"""Lagged correlation against circular shifts: the nearest rival's way to say "above chance" and who leads."""

from __future__ import annotations

import numpy as np

from biosync.types import FloatArray
from tests.bench.together.series import HZ
from tests.bench.together.verdict import Verdict

_MOST_LAG_S, _LEAST_SHIFT_S = 4.0, 20.0
_SURROGATES = 199


def shifted(x: FloatArray, y: FloatArray, dice: np.random.Generator) -> Verdict:
    """Return the verdict on the highest |r| within 4 s against one series turned round by 20 s or more, p < 0.05."""
    r = np.fft.irfft(np.conj(np.fft.rfft(x)) * np.fft.rfft(y), len(x)) / (len(x) * x.std() * y.std())
    most, least = int(_MOST_LAG_S * HZ), int(_LEAST_SHIFT_S * HZ)
    lags = np.arange(-most, most + 1)
    strength = np.abs(r)
    shifts = dice.integers(least, len(x) - least, _SURROGATES)
    null = strength[(shifts[:, None] + lags) % len(x)].max(axis=1)
    peak = int(np.argmax(strength[lags]))
    p = (1 + int(np.sum(null >= strength[lags][peak]))) / (_SURROGATES + 1)
    return Verdict(p <= 0.05, int(np.sign(lags[peak])) if p <= 0.05 else 0, p_value=p)
