"""Windowed cross-correlation (Boker et al. 2002) with its usual "above chance": windows in shuffled order."""

from __future__ import annotations

import numpy as np

from biosync.types import FloatArray
from tests.bench.together.series import HZ
from tests.bench.together.verdict import Verdict

_WINDOW_S, _STEP_S, _MOST_LAG_S = 30.0, 5.0, 5.0
_SHUFFLES = 199


def windowed(x: FloatArray, y: FloatArray, dice: np.random.Generator) -> Verdict:
    """Return the verdict on the mean over windows of the highest Fisher z within 5 s, p < 0.05 by rank."""
    lags, z = _pairings(x, y)
    peaks = z.max(axis=0)
    real = np.trace(peaks) / len(peaks)
    null = [np.mean(peaks[np.arange(len(peaks)), dice.permutation(len(peaks))]) for _ in range(_SHUFFLES)]
    p = (1 + int(np.sum(np.array(null) >= real))) / (_SHUFFLES + 1)
    lag = lags[int(np.argmax(np.mean([np.diag(layer) for layer in z], axis=1)))]
    return Verdict(p <= 0.05, int(np.sign(lag)) if p <= 0.05 else 0, p_value=p)


def _pairings(x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the lags (m,) in samples, and Fisher's z (m, k, k) of every window of x with every one of y."""
    width, step, most = (int(s * HZ) for s in (_WINDOW_S, _STEP_S, _MOST_LAG_S))
    starts = np.arange(most, len(x) - width - most, step)
    first = _standard(x[starts[:, None] + np.arange(width)])
    lags = np.arange(-most, most + 1, dtype=np.float64)
    r = [first @ _standard(y[(starts + int(lag))[:, None] + np.arange(width)]).T for lag in lags]
    return lags, np.asarray(np.arctanh(np.clip(np.array(r), -0.999, 0.999)))


def _standard(rows: FloatArray) -> FloatArray:
    """Return rows without mean and of length 1."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    return np.asarray(centred / np.linalg.norm(centred, axis=1, keepdims=True))
