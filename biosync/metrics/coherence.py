"""Coherence: how much of the heart's rhythm is one even wave. Our one definition; HeartMath's own is not public.

The ratio is that of McCraty, Atkinson, Tomasino, Bradley, Integral Review 5(2):10-115, 2009, with taper, padding and
bands fixed, so that an even wave of any rate and phase gives the same value.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from biosync.heart.intervals import Intervals
from biosync.metrics.base import Figures, Metric
from biosync.spectral.tachogram import resample
from biosync.types import FloatArray

WINDOW_S, EARLY_S = 64.0, 30.0
RATE_HZ = 2.0
NFFT = 1024
PEAK_HZ, TOTAL_HZ = (0.04, 0.26), (0.0033, 0.40)
HALF_WIDTH_HZ = 0.015
PERFECT = 0.89
"""The share of power that an even sine has in its peak under this taper."""
FLAT_MS = 0.5
"""An interval that wanders less than this around its trend is the rounding of a strap (1/1024 s): no rhythm."""
STALE_S = 10.0
"""When the newest beat is older than this, nothing is known about now."""
CHUNK = 64
"""So many windows of a history are transformed at once."""
SETTLE_S = 10.0
"""The spline is begun so much before the window, where that is known, that its end does not show."""


@dataclass(frozen=True, slots=True)
class Coherence:
    """``ratio`` CR of the peak's power to the rest, ``score`` 0 to 100 of what an even wave has, ``peak_hz``."""

    ratio: float
    score: float
    peak_hz: float


def coherence(x: Intervals, until: float | None = None) -> Coherence | None:
    """Return the coherence of the last 64 s before ``until`` (seconds; default: the last beat).

    IBI by cubic spline at 2 Hz, 128 samples, minus its line, Hann, padded to 1024; CR = q / (1 - q) with q the share
    of the power at 0.0033 to 0.40 Hz within 0.015 Hz of the peak at 0.04 to 0.26 Hz. None where a gap lies in the 64
    s, before they are full, when the newest beat is older than 10 s, and where there is no rhythm at all.
    """
    run = _newest_run(x, until)
    return _judge(run, WINDOW_S) if run is not None and _length_s(run) >= WINDOW_S else None


def early(x: Intervals, until: float | None = None) -> Coherence | None:
    """Return the same from what is there, 30 to 64 s since the start or the last gap; None outside of that.

    A shorter window spreads the peak: an even wave scores 58 at 32 s, 79 at 48 s. So it says too little, never too
    much; a peak taken wider would make the unsteady look steady instead.
    """
    run = _newest_run(x, until)
    if run is None or not EARLY_S <= _length_s(run) < WINDOW_S:
        return None
    return _judge(run, math.floor((run.t_s[-1] - run.t_s[0]) * RATE_HZ + 1) / RATE_HZ)


def history(x: Intervals, step_s: float = 5.0) -> list[tuple[float, float, float]]:
    """Return (t in seconds, ratio, score) of the 64 s before every multiple of ``step_s`` (of 0.5 s) that has them
    without a gap."""
    return [entry for run in x.runs() for entry in _history_of(run, step_s)]


def _newest_run(x: Intervals, until: float | None) -> Intervals | None:
    """Return the unbroken run up to the last beat at or before ``until``, as far back as a window looks; None if
    there is none or it ended too long ago."""
    n = len(x) if until is None else int(np.searchsorted(x.t_s, until, side="right"))
    if n == 0 or (until is not None and until - x.t_s[n - 1] > STALE_S):
        return None
    first = int(np.searchsorted(x.t_s, x.t_s[n - 1] - WINDOW_S - SETTLE_S))
    breaks = np.flatnonzero(~x.follows[first:n])
    first += int(breaks[-1]) if len(breaks) else 0
    return Intervals(x.t_s[first:n], x.rr_ms[first:n], x.follows[first:n], x.normal[first:n])


def _length_s(run: Intervals) -> float:
    """Return how long a window the run fills: its samples at 2 Hz lie between its first and its last beat."""
    return float(run.t_s[-1] - run.t_s[0] + min(1 / RATE_HZ, run.rr_ms[0] / 1000))


def _judge(run: Intervals, window_s: float) -> Coherence | None:
    """Return the coherence of the last ``window_s`` of an unbroken run that fills them."""
    at = run.t_s[-1] - np.arange(round(window_s * RATE_HZ) - 1, -1, -1) / RATE_HZ
    ibi = resample(run, at)
    if ibi is None:
        return None
    ratio, score, peak = _figures(ibi[np.newaxis, :])
    return Coherence(float(ratio[0]), float(score[0]), float(peak[0])) if math.isfinite(ratio[0]) else None


def _history_of(run: Intervals, step_s: float) -> list[tuple[float, float, float]]:
    """Return the history of one unbroken run."""
    length = round(WINDOW_S * RATE_HZ)
    begin = math.ceil(run.t_s[0] * RATE_HZ)
    count = math.floor(run.t_s[-1] * RATE_HZ) - begin + 1
    if count < length:
        return []
    ibi = resample(run, (begin + np.arange(count)) / RATE_HZ)
    if ibi is None:
        return []
    every = round(step_s * RATE_HZ)
    # Windows end at multiples of the step on the clock, so that two recordings have theirs at the same times.
    first = -(begin + length - 1) % every
    windows = np.lib.stride_tricks.sliding_window_view(ibi, length)[first::every]
    entries: list[tuple[float, float, float]] = []
    for start in range(0, len(windows), CHUNK):
        ratio, score, _ = _figures(windows[start : start + CHUNK])
        end = (begin + length - 1 + first + every * (start + np.arange(len(ratio)))) / RATE_HZ
        known = np.isfinite(ratio)
        entries += zip(end[known].tolist(), ratio[known].tolist(), score[known].tolist(), strict=True)
    return entries


def _figures(ibi: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return ratio, score and peak in Hz (k,) of windows ``ibi`` (k, n) in ms; NaN where there is no rhythm."""
    n, (low, high), (first, last) = ibi.shape[1], _bins(*TOTAL_HZ), _bins(*PEAK_HZ)
    even = ibi - ibi.mean(axis=1, keepdims=True)
    even -= (even * _ramp(n)).sum(axis=1, keepdims=True) * _ramp(n)
    z = np.fft.rfft(even * _taper(n), NFFT, axis=1)[:, low:high]
    power = z.real**2 + z.imag**2
    peak = first - low + np.argmax(power[:, first - low : last - low], axis=1)
    half = math.floor(HALF_WIDTH_HZ * NFFT / RATE_HZ)
    # The bins around a peak all lie within the total band.
    around = peak[:, np.newaxis] + np.arange(-half, half + 1)
    near = np.take_along_axis(power, around, axis=1).sum(axis=1)
    flat = (even * even).mean(axis=1) < FLAT_MS**2
    q = near / np.where(flat, np.nan, power.sum(axis=1))
    return np.divide(q, 1 - q), np.clip(q * (100 / PERFECT), 0, 100), np.multiply(peak + low, RATE_HZ / NFFT)


def _bins(low: float, high: float) -> tuple[int, int]:
    """Return the first bin at or above ``low`` Hz and the one after the last at or below ``high`` Hz."""
    return math.ceil(low * NFFT / RATE_HZ), math.floor(high * NFFT / RATE_HZ) + 1


@lru_cache(maxsize=128)
def _taper(n: int) -> FloatArray:
    """Return the symmetric Hann window (n,), read-only: with it an even sine has 0.885 to 0.893 in its peak."""
    window: FloatArray = np.hanning(n).astype(np.float64)
    window.setflags(write=False)
    return window


@lru_cache(maxsize=128)
def _ramp(n: int) -> FloatArray:
    """Return a line of length 1 without mean (n,), read-only: a projection on it is the least-squares slope."""
    ramp = np.arange(n, dtype=np.float64)
    ramp -= (n - 1) / 2
    ramp /= math.sqrt(float((ramp * ramp).sum()))
    ramp.setflags(write=False)
    return ramp


def _newest(x: Intervals) -> Figures:
    """Return what the contract's live stream and ``analyze`` call these figures."""
    found = coherence(x)
    return {
        "ratio": found.ratio if found else None,
        "score": found.score if found else None,
        "peak_hz": found.peak_hz if found else None,
    }


METRIC = Metric("coherence", ("ratio", "score", "peak_hz"), window_s=WINDOW_S, warm_up_s=WINDOW_S, compute=_newest)
