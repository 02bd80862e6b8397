"""Activation: is the heart rate above this person's own rest? Our own working definition; it names no feeling."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from biosync.events import Activation
from biosync.types import FloatArray

BASELINE_S = 180.0
WINDOW_S = 15.0
PARTS = 5
"""Each must be above, so that a rise which lasts less than 12 of the 15 s does not count."""
RAISED_MAD = 3.0
MIN_MAD_BPM = 1.0
"""A very even heart has a median deviation near the resolution of a strap: below this it would be raised by noise."""
MIN_BASELINE_BEATS = 60
FOLLOWING = 0.3


def activation(t_s: FloatArray, heart_rate_bpm: FloatArray, locked_share: float | None = None) -> Activation | None:
    """Return "raised", "calm" or "usual" for the end of ``t_s`` (n,), rising times in seconds of the good beats since
    the baseline began, with ``heart_rate_bpm`` (n,); None until 195 s are there or where either part has a hole.

    The baseline is the first three minutes. Raised: in each fifth of the last 15 s the median lies more than three
    median absolute deviations (at least 1 bpm each) above the baseline's median. Calm: not raised, and with a cue
    (``locked_share`` not None) more than 0.3 locked to it. Usual: all else.
    """
    if len(t_s) == 0 or t_s[-1] - t_s[0] < BASELINE_S + WINDOW_S:
        return None
    baseline = heart_rate_bpm[: int(np.searchsorted(t_s, t_s[0] + BASELINE_S, side="right"))]
    recent = _parts(t_s, heart_rate_bpm)
    if len(baseline) < MIN_BASELINE_BEATS or recent is None:
        return None
    rest = float(np.median(baseline))
    deviation = max(MIN_MAD_BPM, float(np.median(np.abs(baseline - rest))))
    if min(recent) > rest + RAISED_MAD * deviation:
        return "raised"
    return "calm" if locked_share is None or locked_share > FOLLOWING else "usual"


def _parts(t_s: FloatArray, heart_rate_bpm: FloatArray) -> list[float] | None:
    """Return the median heart rate of each fifth of the last 15 s; None where one has no beat."""
    edges = np.searchsorted(t_s, t_s[-1] - WINDOW_S * np.arange(PARTS, -1, -1) / PARTS, side="right")
    parts = [heart_rate_bpm[a:b] for a, b in pairwise(edges)]
    return None if any(len(part) == 0 for part in parts) else [float(np.median(part)) for part in parts]
