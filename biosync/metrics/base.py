"""What every metric file shares: how it describes itself, and the two series that HRV is made of."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from biosync.heart.intervals import Intervals
from biosync.types import BoolArray, FloatArray

Figures = dict[str, float | None]
"""Figures by their names in the contract; None is unknown."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of one person, as its file offers it to the catalogue under the name ``METRIC``.

    ``part`` is the part of ``analyze`` that its figures stand in ("live": only in the live stream); ``keys`` are
    their names in the contract. ``window_s`` is the window of the live figure (None: it is for whole recordings) and
    ``warm_up_s`` how much of it must be there before it means something. ``compute`` gives every key, and never
    raises on intervals.
    """

    part: str
    keys: tuple[str, ...]
    window_s: float | None
    warm_up_s: float
    compute: Callable[[Intervals], Figures]


def normal_rr(x: Intervals) -> FloatArray:
    """Return the intervals (m,) in ms that are as measured, not made by a correction."""
    return x.rr_ms if x.normal.all() else x.rr_ms[x.normal]


def differences(x: Intervals) -> FloatArray:
    """Return RR_j - RR_(j-1) (m,) in ms, only where j begins at the end of j-1 and both are as measured."""
    if len(x) < 2:
        return np.empty(0)
    valid = _valid(x)
    d: FloatArray = np.diff(x.rr_ms)
    return d if valid.all() else d[valid]


def successive(x: Intervals) -> tuple[FloatArray, FloatArray]:
    """Return RR_(j-1) and RR_j (m,) in ms of the same pairs that ``differences`` are made from."""
    if len(x) < 2:
        return np.empty(0), np.empty(0)
    valid = _valid(x)
    return x.rr_ms[:-1][valid], x.rr_ms[1:][valid]


def _valid(x: Intervals) -> BoolArray:
    """Return (n - 1,) True where an interval begins at the end of the one before, and both are as measured."""
    return np.asarray(x.follows[1:] & x.normal[1:] & x.normal[:-1], dtype=np.bool_)


def known(value: float) -> float | None:
    """Return ``value``, or None where arithmetic gave no number."""
    return float(value) if math.isfinite(value) else None
