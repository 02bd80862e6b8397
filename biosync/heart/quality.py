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
"""Share of spoiled beats, or of intervals that leap by more than a fifth from the one before: poor, and no scores."""
SMOOTH = 0.8
"""A leap is none if the changes beside it carry it on, so that what stands out is less than this share of it."""
SENSOR_WINDOW = 160
"""Beats in which a sensor that computes its intervals is looked for live: no more than a live track remembers."""
LITTLE = 0.04
"""Beats missed and added below this share are no sign of a bad contact."""
SHAKE, TURN = 0.075, -0.4
"""Noise on each beat's time: changes of this share of the interval, each turned back by the next (a correlation)."""

TOO_FEW = "too few beats yet"
COMPUTED = "this sensor computes its intervals from the heart rate: HRV can't be known"
IRREGULAR = "many irregular beats: this strap or rhythm can't be read reliably; if you feel unwell, see a doctor"
CONTACT = "the strap has poor contact: wet it and tighten it"
LOSSES = "beats are lost on the way: come closer to the computer"
NOISE = "the pulse signal is noisy: hold still, or use a chest strap"
UNEVEN = "some irregular or unclear beats: take the figures with care"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far beats can be trusted; ``why`` is a sentence for people; ``artifact_percent`` of the beats are flagged;
    ``sound_between``: too many beats are spoiled for scores, but each was found, and the others tell of a breath."""

    verdict: Quality
    why: str
    artifact_percent: float
    sound_between: bool = False


def judge(beats: Beats, *, synthetic: bool = False) -> Verdict:
    """Judge a live window by its last 60 beats; ``synthetic``: the sensor computes RR from its heart rate."""
    last = _part(beats, max(0, len(beats) - WINDOW), len(beats))
    percent = _artifact_percent(last)
    if synthetic or synthetic_rr([float(rr) for rr in beats.rr_ms[-SENSOR_WINDOW:]]):
        return Verdict("none", COMPUTED, percent)
    if len(last) < LEAST:
        return Verdict("none", TOO_FEW, percent)
    worst = _worst_share(last)
    if worst <= NONE and _is_shaky(last):
        return Verdict("none", NOISE, percent)
    if worst > POOR:
        useless = worst > NONE
        verdict: Quality = "none" if useless else "poor"
        return Verdict(verdict, _reason(last, useless), percent, useless and _is_sound_between(last))
    if _lost_share(last) > NONE or _lacks_many(last):
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
    stretches = [_part(beats, i, i + WINDOW) for i in range(0, len(beats) - LEAST, WINDOW)]
    spoiled = np.array([_worst_share(stretch) > NONE for stretch in stretches], dtype=bool)
    shaky = np.array([_is_shaky(stretch) for stretch in stretches], dtype=bool) & ~spoiled
    useless = float(np.mean(spoiled | shaky)) if stretches else 0.0
    if worst > NONE or useless > 0.5:
        noisy = worst <= NONE and bool(shaky.any())
        return Verdict("none", NOISE if noisy else _reason(beats, useless=True), percent)
    if worst > POOR or useless > POOR:
        noisy = int(shaky.sum()) > int(spoiled.sum())
        return Verdict("poor", NOISE if noisy else _reason(beats, useless=False), percent)
    if _lacks_many(beats):
        return Verdict("poor", LOSSES, percent)
    return Verdict("good", _praise(percent), percent)


def _praise(percent: float) -> str:
    return "the beats are clear" if percent < 1 else f"the beats are clear; {percent:.0f} % of them were repaired"


def _part(beats: Beats, first: int, end: int) -> Beats:
    part = slice(first, end)
    return Beats(beats.t_s[part], beats.rr_ms[part], beats.label[part], beats.gap[part])


def _artifact_percent(beats: Beats) -> float:
    return 100 * float(np.mean(beats.label != 0)) if len(beats) else 0.0


def _leaps(beats: Beats) -> BoolArray:
    """Return (n - 1,) True where an interval leaps by more than a fifth away from the one it follows.

    A strong, slow breath makes such changes too, but in a row: one that its neighbours carry on is no leap.
    """
    change = np.where(beats.gap[1:], 0.0, np.diff(beats.rr_ms))
    around = np.zeros(len(change) + 2)
    around[1:-1] = change
    stands_out = np.abs(change - (around[:-2] + around[2:]) / 2) > SMOOTH * np.abs(change)
    return np.asarray(stands_out & (np.abs(change) > 0.2 * beats.rr_ms[:-1]))


def _is_shaky(beats: Beats) -> bool:
    """Return whether each beat's time is off at random, as on a noisy pulse: large changes, each turned back."""
    sound = (beats.label == 0) & ~beats.gap
    change = np.diff(beats.rr_ms)
    valid = sound[1:] & (beats.label[:-1] == 0)
    pairs = valid[1:] & valid[:-1]
    if np.count_nonzero(pairs) < WINDOW / 2:
        return False
    power = float(np.mean(change[valid] ** 2))
    turned = float(np.mean((change[1:] * change[:-1])[pairs]))
    return power > (SHAKE * float(np.mean(beats.rr_ms))) ** 2 and turned < TURN * power


def _worst_share(beats: Beats) -> float:
    """Return the greater of the shares of leaps and of flagged beats, 0 to 1."""
    leaps = _leaps(beats)
    return max(float(np.mean(leaps)) if len(leaps) else 0.0, _artifact_percent(beats) / 100)


def _is_sound_between(beats: Beats) -> bool:
    """Return whether only single beats, all found, spoil the rest: few are flagged, and hardly one leaps elsewhere."""
    found = (beats.label != 0) | beats.gap
    elsewhere = _leaps(beats)[~(found[1:] | found[:-1])]
    return len(elsewhere) >= LEAST and float(np.mean(elsewhere)) <= POOR and _artifact_percent(beats) <= 100 * NONE


def _lost_share(beats: Beats) -> float:
    """Return the share of the time in which beats were lost."""
    span = float(beats.t_s[-1] - beats.t_s[0]) + float(beats.rr_ms[0]) / 1000
    return 1 - float(beats.rr_ms.sum()) / 1000 / span if span > 0 else 0.0


def _lacks_many(beats: Beats) -> bool:
    """Return whether beats are missing before so many others that hardly two stand together."""
    return float(np.mean(beats.gap[1:])) > NONE


def _reason(beats: Beats, useless: bool) -> str:
    """Return why not: a heart out of rhythm shows beats too early, a bad contact shows beats missed and added."""
    counts = np.bincount(beats.label, minlength=len(LABELS))
    early = int(counts[[LABELS.index("ectopic"), LABELS.index("short")]].sum())
    contact = int(counts[1:].sum()) - early
    if contact > max(early, LITTLE * len(beats)):
        return CONTACT
    return IRREGULAR if useless else UNEVEN
