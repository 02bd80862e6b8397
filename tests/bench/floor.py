"""The floor: what plain NumPy and SciPy need for the time domain and one Welch, with no care for gaps or labels."""

from __future__ import annotations

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.signal import welch

from biosync.types import FloatArray


def floor(rr_ms: FloatArray) -> tuple[float, ...]:
    """Return MeanNN, SDNN, RMSSD, SDSD, pNN50, pNN20, LF and HF of ``rr_ms`` (n,)."""
    d = np.diff(rr_ms)
    t = np.cumsum(rr_ms) / 1000
    x = CubicSpline(t, rr_ms)(np.arange(t[0], t[-1], 0.25))
    f, p = welch(x, 4, "hann", nperseg=min(1200, len(x)), nfft=4096, detrend="constant")
    low, high = (f >= 0.04) & (f < 0.15), (f >= 0.15) & (f < 0.4)
    return (
        float(rr_ms.mean()),
        float(rr_ms.std(ddof=1)),
        float(np.sqrt(np.mean(d**2))),
        float(d.std(ddof=1)),
        float(100 * np.mean(np.abs(d) > 50)),
        float(100 * np.mean(np.abs(d) > 20)),
        float(np.trapezoid(p[low], f[low])),
        float(np.trapezoid(p[high], f[high])),
    )
