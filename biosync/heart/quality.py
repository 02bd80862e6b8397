"""Whether beats can be trusted for scores, with the reason in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from biosync.events import LABELS, Quality
from biosync.heart.computed import SensorGate, synthetic_rr
from biosync.heart.intervals import Beats
from biosync.types import BoolArray

__all__ = ["SensorGate", "Verdict", "judge", "judge_recording", "synthetic_rr"]

WINDOW = 60
"""Beats that the live verdict looks back on."""
LEAST = 10
"""Beats below which nothing can be said."""
POOR, NONE = 0.10, 0.20
"""Share of spoiled beats, or of intervals that differ by more than a fifth from the one before: poor, and no scores."""

TOO_FEW = "too few beats yet"
COMPUTED = "this sensor computes its intervals from the heart rate: HRV can't be known"
IRREGULAR = "many irregular beats: this strap or rhythm can't be read reliably"
CONTACT = "the strap has poor contact: wet it and tighten it"
LOSSES = "beats are lost on the way: come closer to the computer"
UNEVEN = "some irregular or unclear beats: take the figures with care"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far beats can be trusted; ``why`` is a sentence for people; ``artifact_percent`` of the beats are flagged."""

    verdict: Quality
    why: str
    artifact_percent: float


def judge(beats: Beats, *, synthetic: bool = False) -> Verdict:
    """Judge a live window by its last 60 beats; ``synthetic``: the sensor computes RR from its heart rate."""
    last = _part(beats, max(0, len(beats) - WINDOW), len(beats))
    percent = _artifact_percent(last)
    if synthetic:
        return Verdict("none", COMPUTED, percent)
    if len(last) < LEAST:
        return Verdict("none", TOO_FEW, percent)
    worst = _worst_share(last)
    if worst > POOR:
        return Verdict("none" if worst > NONE else "poor", _reason(last, worst), percent)
    if _lost_share(last) > NONE:
        return Verdict("poor", LOSSES, percent)
    return Verdict("good", _praise(percent), percent)


def judge_recording(beats: Beats) -> Verdict:
    """Judge a whole recording: by all its beats, and by how many stretches of 60 beats can't be used."""
    percent = _artifact_percent(beats)
    if len(beats) < LEAST:
        return Verdict("none", TOO_FEW.removesuffix(" yet"), percent)
    if synthetic_rr([float(rr) for rr in beats.rr_ms]):
        return Verdict("none", COMPUTED, percent)
    worst = _worst_share(beats)
    stretches = [_worst_share(_part(beats, i, i + WINDOW)) for i in range(0, len(beats) - LEAST, WINDOW)]
    useless = float(np.mean(np.array(stretches) > NONE)) if stretches else 0.0
    if worst > NONE or useless > 0.5:
        return Verdict("none", _reason(beats, worst), percent)
    if worst > POOR or useless > POOR:
        return Verdict("poor", _reason(beats, worst), percent)
    return Verdict("good", _praise(percent), percent)


def _praise(percent: float) -> str:
    return "the beats are clear" if percent < 1 else f"the beats are clear; {percent:.0f} % of them were repaired"


def _part(beats: Beats, first: int, end: int) -> Beats:
    part = slice(first, end)
    return Beats(beats.t_s[part], beats.rr_ms[part], beats.label[part], beats.gap[part])


def _artifact_percent(beats: Beats) -> float:
    return 100 * float(np.mean(beats.label != 0)) if len(beats) else 0.0


def _leaps(beats: Beats) -> BoolArray:
    """Return (n - 1,) True where an interval differs by more than a fifth from the one it follows."""
    far = np.abs(np.diff(beats.rr_ms)) > 0.2 * beats.rr_ms[:-1]
    return np.asarray(far & ~beats.gap[1:])


def _worst_share(beats: Beats) -> float:
    """Return the greater of the shares of leaps and of flagged beats, 0 to 1."""
    leaps = _leaps(beats)
    return max(float(np.mean(leaps)) if len(leaps) else 0.0, _artifact_percent(beats) / 100)


def _lost_share(beats: Beats) -> float:
    """Return the share of the time in which beats were lost."""
    span = float(beats.t_s[-1] - beats.t_s[0]) + float(beats.rr_ms[0]) / 1000
    return 1 - float(beats.rr_ms.sum()) / 1000 / span if span > 0 else 0.0


def _reason(beats: Beats, worst: float) -> str:
    """Return why not: a heart out of rhythm shows ectopic beats, a bad contact shows beats missed and added."""
    counts = np.bincount(beats.label, minlength=len(LABELS))
    unclear = int(counts[2:].sum())
    if worst <= NONE and unclear <= counts[1]:
        return UNEVEN
    return CONTACT if unclear > counts[1] else IRREGULAR
