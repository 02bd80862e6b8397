"""Which stretches of time are judged: what all share, in parts that are not too long."""

from __future__ import annotations

import math
from collections.abc import Sequence

from biosync.together.series import Series

LONGEST_S = 400
"""Longer stretches in one fit were not shown to be honest; they are judged part by part."""


def common(series: Sequence[Series]) -> tuple[float, float] | None:
    """Return from when to when (s) all ``series`` run, None where they do not overlap."""
    if any(len(one) < 2 for one in series):
        return None
    start, end = max(float(one.t_s[0]) for one in series), min(float(one.t_s[-1]) for one in series)
    return (start, end) if end > start else None


def longest(series: Sequence[Series]) -> tuple[float, float] | None:
    """Return from the first to the last beat (s) of anybody, None without two."""
    known = [one for one in series if len(one) >= 2]
    if not known:
        return None
    return min(float(one.t_s[0]) for one in known), max(float(one.t_s[-1]) for one in known)


def spans(seconds: int) -> list[tuple[int, int]]:
    """Return begin and length in whole seconds of the equal parts, none above ``LONGEST_S``, of ``seconds``."""
    parts = max(1, math.ceil(seconds / LONGEST_S))
    each = seconds // parts
    return [(i * each, each) for i in range(parts)] if each else []
