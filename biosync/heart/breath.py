"""The breathing rate, read from the beats alone, with a confidence; unknown rather than wrong.

Slow, regular breathing shows as one strong wave in the intervals: its rate is the spectral peak. Otherwise five
estimates are asked, among them CountOrig (Schäfer & Kratky, Ann Biomed Eng 36:476-485, 2008), and only what several
of them agree on is believed. docs/artefacts.md tells how well each does.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biosync.heart.intervals import Intervals
from biosync.heart.waves import RATE_HZ, Peak, band, count_breaths, peak, returns, spectrum, swing, wave, without
from biosync.types import FloatArray

LONG_S, SHORT_S = 64.0, 32.0
"""Windows for slow breathing, which needs several cycles, and for the rest."""
LEAST_S = 28.0
MAKE_LIMIT = 0.2
"""Share of intervals made by correction beyond which the breath is not read."""
FASTEST_HZ = 0.5
NYQUIST_SHARE = 0.85
"""Breathing is seen once a beat, so nothing near or above half the heart rate can be told."""
SLOWEST_HZ, SLOW_HZ = 3.3 / 60, 8 / 60
PRESSURE_HZ = (4.2 / 60, 8.5 / 60)
"""Where the blood pressure's own wave (Mayer) moves the heart too."""
LEAST_SWING = 0.027
"""A slow breath swings the interval by so much of it, each way; weaker waves are as often the blood pressure's."""
FAR_HZ, FAR_SWING = 13 / 60, 0.015
"""From there up to this rate noise and the ends of such waves look like a breath, but swing less than this."""
FAST_HZ, FAST_SHARE, STEADY_BPM = 0.25, 0.35, 2.0
"""A breath hidden behind a slow wave: its band, its share of it, and how steady its rate is over 64 s."""
AGREE_BPM = 1.6
"""Estimates this near to each other agree."""
LEAST_CONFIDENCE = 0.42
HISTORY_LENGTH = 720


@dataclass(frozen=True, slots=True)
class Breath:
    """Breaths a minute, None where unknown, and a confidence of 0 to 1."""

    rate_bpm: float | None
    confidence: float


UNKNOWN = Breath(None, 0.0)


def breath(x: Intervals, until: float | None = None, cue_bpm: float | None = None) -> Breath:
    """Return the breathing rate at ``until`` (default: the last beat); ``cue_bpm``: the rate of a cue that is running.

    Looks back 64 s for slow breathing and 32 s for the rest, within the last stretch without a gap; unknown where that
    is shorter than 28 s, ended more than 5 s ago, or was mostly made by correction.
    """
    end = until if until is not None else float(x.t_s[-1]) if len(x) else 0.0
    t_s, rr_ms, made = _last_run(x, end)
    if len(t_s) < 8 or end - t_s[-1] > 5 or t_s[-1] - t_s[0] < LEAST_S or made > MAKE_LIMIT:
        return UNKNOWN
    mean_ms = float(np.mean(rr_ms))
    highest = min(FASTEST_HZ, NYQUIST_SHARE * 500 / mean_ms)
    long = wave(t_s, rr_ms, LONG_S)
    led = _led(long, cue_bpm) if cue_bpm else UNKNOWN
    if led.rate_bpm is not None:
        return led
    found = _slow(long, highest)
    if found.rate_bpm is None:
        found = _free(wave(t_s, rr_ms, SHORT_S), highest)
    return UNKNOWN if found.rate_bpm and _may_be_pressure(long, found.rate_bpm / 60, mean_ms, highest) else found


def history(x: Intervals, step_s: float | None = None) -> list[tuple[float, float | None, float]]:
    """Return (t, rate, confidence) every ``step_s`` seconds; by default every 5 s, at most 720 of them."""
    if not len(x):
        return []
    first, last = float(x.t_s[0]) + LEAST_S, float(x.t_s[-1])
    step = step_s if step_s is not None else max(5.0, (last - first) / HISTORY_LENGTH)
    times = np.arange(first, last + 1e-9, step)
    found = [(float(t), breath(x, float(t))) for t in times]
    return [(t, each.rate_bpm, each.confidence) for t, each in found]


def _last_run(x: Intervals, end: float) -> tuple[FloatArray, FloatArray, float]:
    """Return times, intervals and the share made by correction of the unbroken stretch in the 64 s before ``end``."""
    high = int(np.searchsorted(x.t_s, end, side="right"))
    low = int(np.searchsorted(x.t_s, end - LONG_S, side="left"))
    breaks = np.flatnonzero(~x.follows[low + 1 : high])
    if len(breaks):
        low += int(breaks[-1]) + 1
    normal = x.normal[low:high]
    made = 1 - float(np.mean(normal)) if len(normal) else 1.0
    return x.t_s[low:high], x.rr_ms[low:high], made


def _led(y: FloatArray, cue_bpm: float) -> Breath:
    """Return the rate near the cue's, if there is a clear wave."""
    cue = cue_bpm / 60
    hz, power = spectrum(y)
    found = peak(hz, power, 0.75 * cue, 1.3 * cue)
    share = found.power / float(power[(hz >= 0.04) & (hz <= FASTEST_HZ)].sum() or 1.0)
    return Breath(60 * found.hz, min(1.0, share / 0.6)) if found.inside and share > 0.25 else UNKNOWN


def _slow(y: FloatArray, highest: float) -> Breath:
    """Return the rate of one strong wave below 8 a minute which comes back after its period.

    The slower, the stronger it must be: other slow waves of the heart rate look alike. And no other, faster wave that
    is not its overtone may stand out: that would be the breath, and the slow one the waves of the blood pressure.
    """
    hz, power = spectrum(y)
    found = peak(hz, power, SLOWEST_HZ, highest)
    if not found.inside or found.hz > SLOW_HZ:
        return UNKNOWN
    share = found.power / float(power[(hz >= 0.0033) & (hz <= FASTEST_HZ)].sum())
    back = returns(y, found.hz)
    needed = 0.35 if found.hz > 5 / 60 else 0.5 if found.hz > 4.2 / 60 else 0.63
    if share < needed or back < needed or _faster_wave(y, hz, power, found, highest):
        return UNKNOWN
    return Breath(60 * found.hz, min(1.0, share / 0.7 * 0.5 + back * 0.5))


def _may_be_pressure(y: FloatArray, hz: float, mean_ms: float, highest: float) -> bool:
    """Return whether a slow wave at ``hz`` may be the blood pressure's: a weak one, or one that hides a steady breath.

    The breath behind it is looked for in what the wave and its overtones leave: three stretches of half the length
    must agree on it.
    """
    if hz > PRESSURE_HZ[1]:
        lately = y[-round(SHORT_S * RATE_HZ) :]
        return hz < FAR_HZ and swing(lately, hz) < FAR_SWING * mean_ms
    if swing(y, hz) < LEAST_SWING * mean_ms:
        return True
    low = max(FAST_HZ, 2.5 * hz)
    if hz < PRESSURE_HZ[0] or highest - low < 0.02:
        return False
    rest, half = without(y, hz), len(y) // 2
    found: list[float] = []
    shares: list[float] = []
    for start in (0, (len(y) - half) // 2, len(y) - half):
        f, power = spectrum(rest[start : start + half])
        each = peak(f, power, low, highest)
        if not each.inside:
            return False
        found.append(60 * each.hz)
        shares.append(each.power / float(power[(f >= low) & (f <= highest)].sum() or 1.0))
    return max(found) - min(found) <= STEADY_BPM and float(np.mean(shares)) > FAST_SHARE


def _faster_wave(y: FloatArray, hz: FloatArray, power: FloatArray, slow: Peak, highest: float) -> bool:
    """Return whether a wave faster than ``slow``, and not its overtone, stands out and comes back."""
    overtone = hz / slow.hz
    rest = np.where(np.abs(overtone - np.round(overtone)) * slow.hz < 0.02, 0.0, power)
    low = max(0.14, 1.5 * slow.hz)
    other = peak(hz, rest, low, highest)
    alone = other.power / float(rest[(hz >= low) & (hz <= highest)].sum() or 1.0)
    return other.inside and alone > 0.4 and returns(band(y, low, highest), other.hz) > 0.5


def _free(y: FloatArray, highest: float) -> Breath:
    """Return what most of five estimates agree on, if it comes back; irregular cycles lower the confidence."""
    hz, power = spectrum(y)
    counts = [count_breaths(y, low, highest) for low in (0.06, 0.1)]
    peaks = [peak(hz, power, low, highest) for low in (0.05, 0.1, 0.13)]
    rates = [c.rate_bpm for c in counts if c.rate_bpm is not None] + [60 * p.hz for p in peaks if p.inside]
    near = max(([r for r in rates if 0 <= r - low <= AGREE_BPM] for low in rates), key=len, default=[])
    if len(near) < 3:
        return UNKNOWN
    middle = float(np.median(near))
    agreeing = [c for c in counts if c.rate_bpm is not None and abs(c.rate_bpm - middle) <= AGREE_BPM]
    valid = max((c.valid for c in agreeing), default=0.0)
    back = returns(band(y, min(0.1, 0.8 * middle / 60), highest), middle / 60)
    if valid < 0.4 or back < 0.5:
        return UNKNOWN
    confidence = len(near) / 5 * (valid + back) / 2
    return Breath(middle, confidence) if confidence >= LEAST_CONFIDENCE else UNKNOWN
