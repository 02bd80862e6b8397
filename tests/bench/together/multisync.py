"""multiSyncPy (Hudson, Wiltshire, Atzmueller 2022): coherence and cluster phase against its own shuffled windows."""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

import numpy as np
from scipy.signal import hilbert

from biosync.types import FloatArray
from tests.bench.together.series import HZ
from tests.bench.together.verdict import Verdict

_WINDOW = int(30 * HZ)
_SURROGATES = 19


@cache
def loaded() -> Any:
    """Return the package's metrics. Raises ImportError where it is not installed."""
    return importlib.import_module("multiSyncPy.synchrony_metrics")


def coherence(x: FloatArray, y: FloatArray, dice: np.random.Generator) -> Verdict:
    """Return the verdict on ``coherence_team``, and on who has the higher driver score."""
    sync, data = loaded(), _pair(x, y)
    verdict = _ranked(lambda d: float(sync.coherence_team(d)), data, dice)
    if not verdict.found:
        return verdict
    # Lags of 1.5 s, which is what is looked for; the package's 10 samples are no time.
    drivers = np.asarray(sync.get_driver_scores(data, lag_length=int(1.5 * HZ))).ravel()
    return Verdict(True, int(np.sign(drivers[0] - drivers[1])), p_value=verdict.p_value)


def cluster_phase(x: FloatArray, y: FloatArray, dice: np.random.Generator) -> Verdict:
    """Return the verdict on ``rho`` of the Hilbert phases; it knows no leader."""
    sync = loaded()
    return _ranked(lambda d: float(sync.rho(np.angle(hilbert(d)))[1]), _pair(x, y), dice)


def _pair(x: FloatArray, y: FloatArray) -> FloatArray:
    whole = len(x) // _WINDOW * _WINDOW
    return np.array([x[:whole], y[:whole]])


def _ranked(strength: Any, data: FloatArray, dice: np.random.Generator) -> Verdict:
    np.random.seed(int(dice.integers(2**31)))  # the package throws NumPy's global dice
    real = strength(data)
    null = [strength(loaded().shuffle_time_windows(data, _WINDOW)) for _ in range(_SURROGATES)]
    p = (1 + sum(value >= real for value in null)) / (_SURROGATES + 1)
    return Verdict(p <= 0.05, p_value=p)
