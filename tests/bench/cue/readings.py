"""Beats as the pacer's parts are told of them, where no whole pacer is driven."""

from __future__ import annotations

import numpy as np

from biosync.pacer.reading import Reading
from biosync.types import FloatArray

MOST_BEATS = 200


def of_beats(beats: list[tuple[float, float]]) -> Reading:
    """Return the reading of the last beats, each a time and an RR interval in s."""
    t, rr = np.array(beats[-MOST_BEATS:]).T
    return of_rates(t - rr / 2, 60 / rr)


def of_rates(t_s: FloatArray, rates_bpm: FloatArray) -> Reading:
    """Return the reading of clear beats at ``t_s`` (n,) with ``rates_bpm`` (n,)."""
    return Reading(t_s, rates_bpm, np.ones(len(t_s), dtype=bool), "good", None, 0.0)
