"""Surrogate synchrony (SUSY; Tschacher & Haken 2019, Tschacher & Meier 2020), ported from its R source.

Segments of 30 s, lags within 3 s. The effect size divides by the spread over lags, so it is no test; above 1.96 is
read as "above chance" here, as one would read it.
"""

from __future__ import annotations

import numpy as np

from biosync.types import FloatArray
from tests.bench.together.series import HZ
from tests.bench.together.verdict import Verdict

_SEGMENT_S, _MOST_LAG_S = 30.0, 3.0
_ABOVE = 1.96


def susy(x: FloatArray, y: FloatArray, dice: np.random.Generator) -> Verdict:
    """Return the verdict: the effect size on absolute values, and the side on which they are larger as the leader."""
    z = np.abs(_pairings(x, y))
    effect, real = _effect(z)
    most = len(real) // 2
    ahead = real[most + 1 :].mean() - real[:most].mean()
    found = bool(effect > _ABOVE)
    return Verdict(found, int(np.sign(ahead)) if found else 0)


def _effect(z: FloatArray) -> tuple[float, FloatArray]:
    """Return the effect size and the mean (lags,) of real segments, from ``z`` (lags, segments, segments)."""
    count = z.shape[1]
    real = np.mean(np.diagonal(z, axis1=1, axis2=2), axis=1)
    pseudo = (z.sum(axis=(1, 2)) - count * real) / (count * (count - 1))
    return float((real.mean() - pseudo.mean()) / pseudo.std(ddof=1)), real


def _pairings(x: FloatArray, y: FloatArray) -> FloatArray:
    """Return atanh of the biased cross-correlation (lags, segments, segments); lags > 0: x is ahead."""
    width, most = int(_SEGMENT_S * HZ), int(_MOST_LAG_S * HZ)
    count = round(len(x) / width - 0.5)
    first, second = (_standard(s[: count * width].reshape(count, width)) for s in (x, y))
    found = []
    for lag in range(-most, most + 1):
        begin, end = max(0, -lag), width - max(0, lag)
        found.append(first[:, begin:end] @ second[:, begin + lag : end + lag].T)
    return np.asarray(np.arctanh(np.clip(np.array(found), -0.999999, 0.999999)))


def _standard(rows: FloatArray) -> FloatArray:
    centred = rows - rows.mean(axis=1, keepdims=True)
    return np.asarray(centred / np.linalg.norm(centred, axis=1, keepdims=True))
