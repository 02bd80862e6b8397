"""Power of the heart's rhythm in bands: very low, low and high frequency."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biosync.heart.intervals import Intervals
from biosync.metrics.base import Figures, Metric, known
from biosync.spectral.priors import smoothness_priors
from biosync.spectral.tachogram import tachogram
from biosync.spectral.welch import band_peak, band_power, density, frequencies
from biosync.types import FloatArray

RATE_HZ = 4.0
PRIORS = 500.0
SEGMENT = 1200
NFFT = 4096
VLF, LF, HF = (0.003, 0.04), (0.04, 0.15), (0.15, 0.40)
LF_FROM_S = 115.0
"""The low band needs two minutes (Task Force 1996), give or take the beats at the ends of a 2-minute recording."""
HF_FROM_S = 60.0
LEAST_COVERED = 0.9
"""A run whose first interval alone is more than a tenth of it holds no rhythm to look at."""
NOTHING_MS2 = 1e-6
"""Below this a power is the rounding of arithmetic: ratios and peaks of it mean nothing."""
KEYS = ("vlf_ms2", "lf_ms2", "hf_ms2", "total_ms2", "lf_hf", "lf_nu", "hf_nu", "lf_peak_hz", "hf_peak_hz")


@dataclass(frozen=True, slots=True, eq=False)
class Density:
    """The power density ``ms2_hz`` (m,) in ms^2/Hz at ``f_hz`` (m,), read from unbroken runs of which the longest
    allows to tell what is at ``known_from_hz`` and above."""

    f_hz: FloatArray
    ms2_hz: FloatArray
    known_from_hz: float


def spectrum(x: Intervals) -> Figures:
    """Return power in ms^2 of VLF, LF, HF and their sum, LF/HF, LF and HF in percent of LF + HF, and where LF and HF
    peak in Hz; without a run of two minutes only HF is known, without one of a minute nothing.

    Task Force of the ESC and NASPE, Circulation 93:1043-1065, 1996.
    """
    found = density_of(x)
    return dict.fromkeys(KEYS) if found is None else spectrum_of(found)


def density_of(x: Intervals) -> Density | None:
    """Return the density of ``x``, None where it can't be told.

    Per unbroken run: cubic spline at 4 Hz, smoothness priors with L = 500, Welch with Hann segments of 300 s; runs
    are averaged by their length.
    """
    runs = [(run, _length_s(run)) for run in x.runs()]
    longest = max((length for _, length in runs), default=0.0)
    if longest < HF_FROM_S:
        return None
    low_too = longest >= LF_FROM_S
    needed = LF_FROM_S if low_too else HF_FROM_S
    p = _mean_density([(run, length) for run, length in runs if length >= needed])
    return None if p is None else Density(frequencies(RATE_HZ, NFFT), p, VLF[0] if low_too else HF[0])


def spectrum_of(found: Density) -> Figures:
    """Return the figures of ``spectrum`` for this density."""
    p, figures = found.ms2_hz, dict.fromkeys(KEYS) | _high(found.ms2_hz)
    return figures | _low(p, figures["hf_ms2"]) if found.known_from_hz < HF[0] else figures


def _length_s(run: Intervals) -> float:
    return float(run.t_s[-1] - run.t_s[0] + run.rr_ms[0] / 1000)


def _mean_density(runs: list[tuple[Intervals, float]]) -> FloatArray | None:
    """Return the density in ms^2/Hz averaged over ``runs``, each weighted by its length; None if none can be read."""
    total, weight = np.zeros(NFFT // 2 + 1), 0.0
    for run, length in runs:
        series = tachogram(run, RATE_HZ)
        if series is None or len(series[1]) < LEAST_COVERED * length * RATE_HZ:
            continue
        total += length * density(smoothness_priors(series[1], PRIORS), RATE_HZ, SEGMENT, NFFT)
        weight += length
    return np.divide(total, weight) if weight and np.isfinite(total).all() else None


def _high(p: FloatArray) -> Figures:
    f = frequencies(RATE_HZ, NFFT)
    power = band_power(f, p, *HF)
    return {"hf_ms2": known(power), "hf_peak_hz": band_peak(f, p, *HF) if power > NOTHING_MS2 else None}


def _low(p: FloatArray, hf: float | None) -> Figures:
    """Return what needs the low bands too, given the power of the high one."""
    f = frequencies(RATE_HZ, NFFT)
    vlf, lf, high = band_power(f, p, *VLF), band_power(f, p, *LF), hf or 0.0
    both = lf + high
    return {
        "vlf_ms2": known(vlf),
        "lf_ms2": known(lf),
        "total_ms2": known(vlf + both),
        "lf_hf": known(lf / high) if high > NOTHING_MS2 else None,
        "lf_nu": known(100 * lf / both) if both > NOTHING_MS2 else None,
        "hf_nu": known(100 * high / both) if both > NOTHING_MS2 else None,
        "lf_peak_hz": band_peak(f, p, *LF) if lf > NOTHING_MS2 else None,
    }


METRIC = Metric("frequency", KEYS, window_s=300.0, warm_up_s=LF_FROM_S, compute=spectrum)
