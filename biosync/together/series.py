"""One person's heart rate as synchrony needs it: where it is known, how far its times may be off, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from biosync.heart.correction import correct
from biosync.heart.intervals import Beats, Intervals
from biosync.types import FloatArray

Index = npt.NDArray[np.intp]

CLOSEST_S = 0.15
"""Middles of intervals closer than this are not two beats."""


@dataclass(frozen=True, slots=True)
class Series:
    """Heart rate of one person at the middles of their intervals, in time order; n of them.

    ``t_s`` (n,) rising, in seconds on the clock that all share; ``heart_rate_bpm`` (n,) 60000 / RR; ``uncertainty_s``
    (n,) how far each time may be off. Where beats were lost there is simply nothing.
    """

    t_s: FloatArray
    heart_rate_bpm: FloatArray
    uncertainty_s: FloatArray

    def __len__(self) -> int:
        return len(self.t_s)

    def between(self, start_s: float, end_s: float) -> Series:
        """Return what lies in start_s <= t_s <= end_s."""
        a, b = np.searchsorted(self.t_s, start_s, side="left"), np.searchsorted(self.t_s, end_s, side="right")
        return Series(self.t_s[a:b], self.heart_rate_bpm[a:b], self.uncertainty_s[a:b])


def from_beats(beats: Beats, uncertainty_s: FloatArray | float = 0.0) -> Series:
    """Return the series of labelled ``beats`` (n of them), without what the labels flag; ``uncertainty_s`` (n,) or
    one for all, in seconds."""
    x = correct(beats)
    each = np.broadcast_to(np.asarray(uncertainty_s, dtype=np.float64), (len(beats),))
    at_x = np.interp(x.t_s, beats.t_s, each) if len(beats) else np.empty(0)
    return _series(x, at_x)


def from_intervals(x: Intervals, uncertainty_s: FloatArray | float = 0.0) -> Series:
    """Return the series of intervals ``x`` (n of them), without those that a correction made; ``uncertainty_s``
    (n,) or one for all, in seconds."""
    return _series(x, np.broadcast_to(np.asarray(uncertainty_s, dtype=np.float64), (len(x),)))


def _series(x: Intervals, uncertainty_s: FloatArray) -> Series:
    """Return heart rates at the middles: an interval says most about the rate in its middle, and one after a loss is
    as true as any, so no difference is ever taken across a gap."""
    keep = x.normal & (x.rr_ms > 0) & np.isfinite(x.t_s)
    rr_ms, uncertainty = x.rr_ms[keep], uncertainty_s[keep]
    middle = x.t_s[keep] - rr_ms / 2000
    apart = _apart(middle)
    return Series(middle[apart], 60000 / rr_ms[apart], np.asarray(uncertainty[apart], dtype=np.float64))


def _apart(t_s: FloatArray) -> Index:
    """Return which of ``t_s`` (n,) to keep, so that each is ``CLOSEST_S`` after the one kept before it."""
    if bool(np.all(np.diff(t_s) >= CLOSEST_S)):
        return np.arange(len(t_s))
    kept: list[int] = []
    for i, t in enumerate(t_s):
        if not kept or t - t_s[kept[-1]] >= CLOSEST_S:
            kept.append(i)
    return np.array(kept, dtype=np.intp)
