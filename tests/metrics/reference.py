"""The stated definitions once more, as plainly as NumPy and SciPy can say them: slow, dense, no run handling."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.signal import welch

from biosync.types import FloatArray


def _d(rr: FloatArray) -> FloatArray:
    return np.diff(rr)


def _hti(rr: FloatArray) -> float:
    edges = np.arange(0, rr.max() + 2 * 7.8125, 7.8125)
    return len(rr) / np.histogram(rr, edges)[0].max()


def sample_entropy(rr: FloatArray, r: float | None = None) -> float:
    r = 0.2 * rr.std(ddof=1) if r is None else r
    n = len(rr) - 2
    counts = []
    for m in (2, 3):
        templates = np.array([rr[i : i + m] for i in range(n)])
        counts.append(sum(int((np.abs(templates - one).max(axis=1) <= r).sum()) - 1 for one in templates))
    return float(-np.log(counts[1] / counts[0]))


def dfa_alpha1(rr: FloatArray) -> float:
    y = np.cumsum(rr - rr.mean())
    sizes = np.arange(4, 17)
    f = []
    for n in sizes:
        boxes = [y[i : i + n] for i in range(0, len(y) - n + 1, n)]
        left = [box - np.polyval(np.polyfit(np.arange(n), box, 1), np.arange(n)) for box in boxes]
        f.append(np.sqrt(np.mean(np.square(left))))
    return float(np.polyfit(np.log(sizes), np.log(f), 1)[0])


def smoothness_priors(x: FloatArray, strength: float) -> FloatArray:
    n = len(x)
    second = np.diff(np.eye(n), 2, axis=0)
    return x - np.linalg.solve(np.eye(n) + strength**2 * second.T @ second, x)


@cache
def _spectrum_of(rr: tuple[float, ...]) -> tuple[FloatArray, FloatArray]:
    values = np.array(rr)
    t = np.cumsum(values) / 1000
    x = smoothness_priors(CubicSpline(t, values)(np.arange(t[0], t[-1], 0.25)), 500)
    f, p = welch(x, 4, "hann", nperseg=min(1200, len(x)), nfft=4096, detrend="constant")
    return f, p


def _band(rr: FloatArray, low: float, high: float) -> float:
    f, p = _spectrum_of(tuple(rr))
    inside = (f >= low) & (f < high)
    return float(np.trapezoid(p[inside], f[inside]))


def _peak(rr: FloatArray, low: float, high: float) -> float:
    f, p = _spectrum_of(tuple(rr))
    inside = (f >= low) & (f < high)
    return float(f[inside][np.argmax(p[inside])])


def _vlf(rr: FloatArray) -> float:
    return _band(rr, 0.003, 0.04)


def _lf(rr: FloatArray) -> float:
    return _band(rr, 0.04, 0.15)


def _hf(rr: FloatArray) -> float:
    return _band(rr, 0.15, 0.4)


def coherence_of(ibi: FloatArray) -> tuple[float, float, float]:
    """Ratio, score and peak of 128 samples at 2 Hz."""
    index = np.arange(len(ibi))
    even = ibi - np.polyval(np.polyfit(index, ibi, 1), index)
    p = np.abs(np.fft.rfft(even * np.hanning(len(ibi)), 1024)) ** 2
    f = np.fft.rfftfreq(1024, 0.5)
    search = (f >= 0.04) & (f <= 0.26)
    peak = f[search][np.argmax(p[search])]
    q = p[(f >= peak - 0.015) & (f <= peak + 0.015)].sum() / p[(f >= 0.0033) & (f <= 0.40)].sum()
    return float(q / (1 - q)), float(100 * min(1, q / 0.89)), float(peak)


def coherence(rr: FloatArray) -> tuple[float, float, float]:
    t = np.cumsum(rr) / 1000
    return coherence_of(CubicSpline(t, rr)(t[-1] - np.arange(127, -1, -1) / 2))


REFERENCES: dict[str, Callable[[FloatArray], float]] = {
    "mean_nn_ms": lambda rr: sum(rr) / len(rr),
    "mean_hr_bpm": lambda rr: 60000 * len(rr) / sum(rr),
    "heart_rate_bpm": lambda rr: 60000 * len(rr) / sum(rr),
    "sdnn_ms": lambda rr: np.sqrt(np.sum((rr - rr.mean()) ** 2) / (len(rr) - 1)),
    "rmssd_ms": lambda rr: np.sqrt(np.sum(_d(rr) ** 2) / (len(rr) - 1)),
    "ln_rmssd": lambda rr: np.log(np.sqrt(np.sum(_d(rr) ** 2) / (len(rr) - 1))),
    "sdsd_ms": lambda rr: np.sqrt(np.sum((_d(rr) - _d(rr).mean()) ** 2) / (len(rr) - 2)),
    "pnn50_percent": lambda rr: 100 * np.sum(np.abs(_d(rr)) > 50) / (len(rr) - 1),
    "pnn20_percent": lambda rr: 100 * np.sum(np.abs(_d(rr)) > 20) / (len(rr) - 1),
    "hti": _hti,
    "sd1_ms": lambda rr: np.sqrt(np.var(_d(rr), ddof=1) / 2),
    "sd2_ms": lambda rr: np.sqrt(2 * np.var(rr, ddof=1) - np.var(_d(rr), ddof=1) / 2),
    "sample_entropy": sample_entropy,
    "dfa_alpha1": dfa_alpha1,
    "vlf_ms2": _vlf,
    "lf_ms2": _lf,
    "hf_ms2": _hf,
    "total_ms2": lambda rr: _vlf(rr) + _lf(rr) + _hf(rr),
    "lf_hf": lambda rr: _lf(rr) / _hf(rr),
    "lf_nu": lambda rr: 100 * _lf(rr) / (_lf(rr) + _hf(rr)),
    "hf_nu": lambda rr: 100 * _hf(rr) / (_lf(rr) + _hf(rr)),
    "lf_peak_hz": lambda rr: _peak(rr, 0.04, 0.15),
    "hf_peak_hz": lambda rr: _peak(rr, 0.15, 0.4),
    "ratio": lambda rr: coherence(rr)[0],
    "score": lambda rr: coherence(rr)[1],
    "peak_hz": lambda rr: coherence(rr)[2],
}
"""The plain statement of every figure, for an unbroken series without artefacts. A new metric brings its own."""
