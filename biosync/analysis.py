"""The figures of a whole recording: the object of ``analyze --json``."""

from __future__ import annotations

import math
from statistics import median_low

import numpy as np

from biosync.events import LABELS
from biosync.heart import breath
from biosync.heart.correction import correct, uncorrected
from biosync.heart.intervals import Beats, Intervals
from biosync.heart.quality import Verdict, judge, judge_recording
from biosync.metrics import coherence
from biosync.metrics.parts import frequency_part, nonlinear_part, time_part

Part = dict[str, object]

LEAST_KNOWN = 1 / 3
"""A recording has a breathing rate if so much of its history has one."""


def analyze(beats: Beats, *, correction: bool = True) -> Part:
    """Return the parts of ``analyze --json`` for ``beats``, in plain numbers; None is unknown, never NaN.

    Times are seconds on the clock of ``beats``. ``beats`` counts the intervals, labelled artefacts included;
    ``duration_s`` goes from the start of the first to the end of the last. Without ``correction`` the figures are of
    the intervals as they are. ``coherence`` and ``respiration`` are the middle of their histories; what the live
    quality would have held back is left out of these, and all of it where the verdict is ``none``.
    """
    verdict = judge_recording(beats)
    x = correct(beats) if correction else uncorrected(beats)
    trusted = x if verdict.verdict != "none" else x.where(np.zeros(len(x), dtype=bool))
    return {
        "beats": len(beats),
        "duration_s": duration_s(beats),
        "quality": _quality(beats, verdict),
        "time": _plain(dict(time_part(x))),
        "frequency": _plain(dict(frequency_part(x))),
        "nonlinear": _plain(dict(nonlinear_part(x))),
        "coherence": coherence_part(trusted, beats),
        "respiration": respiration_part(trusted, beats),
    }


def duration_s(beats: Beats) -> float:
    """Return the seconds from the start of the first interval to the end of the last, 0 without any."""
    return float(beats.t_s[-1] - beats.t_s[0] + beats.rr_ms[0] / 1000) if len(beats) else 0.0


def gaps(beats: Beats) -> list[list[float]]:
    """Return [start, end] in seconds of each gap; equal where beats were lost but no time is known to be."""
    found = np.flatnonzero(beats.gap[1:]) + 1
    starts = beats.t_s[found - 1]
    ends = np.maximum(starts, beats.t_s[found] - beats.rr_ms[found] / 1000)
    return [[float(a), float(b)] for a, b in zip(starts, ends, strict=True)]


def _quality(beats: Beats, verdict: Verdict) -> Part:
    counts = np.bincount(beats.label, minlength=len(LABELS)) if len(beats) else np.zeros(len(LABELS), dtype=int)
    named = {label: int(counts[LABELS.index(label)]) for label in ("ectopic", "missed", "extra", "long", "short")}
    return {
        "artifact_percent": _number(verdict.artifact_percent),
        **named,
        "gaps": gaps(beats),
        "verdict": verdict.verdict,
        "why": verdict.why,
    }


def _can_be_trusted(beats: Beats, t: float) -> bool:
    """Tell if the beats up to ``t`` would have let a score through in a live session."""
    n = int(np.searchsorted(beats.t_s, t, side="right"))
    return judge(Beats(beats.t_s[:n], beats.rr_ms[:n], beats.label[:n], beats.gap[:n])).verdict != "none"


def coherence_part(x: Intervals, beats: Beats) -> Part:
    """Return the part ``coherence`` of the corrected intervals ``x`` of ``beats``."""
    history = [entry for entry in coherence.history(x) if _can_be_trusted(beats, entry[0])]
    summary: dict[str, float | None]
    if history:
        middle = median_low(ratio for _, ratio, _ in history)
        t, ratio, score = next(entry for entry in history if entry[1] == middle)
        there = coherence.coherence(x, until=t)
        summary = {"ratio": ratio, "score": score, "peak_hz": there.peak_hz if there else None}
    else:
        summary = dict(coherence.METRIC.compute(x))  # hardly more than the 64 s of one window, or less
    entries = [_plain({"t": t, "ratio": ratio, "score": score}) for t, ratio, score in history]
    return {**_plain(summary), "history": entries}


def respiration_part(x: Intervals, beats: Beats) -> Part:
    """Return the part ``respiration`` of the corrected intervals ``x`` of ``beats``."""
    history = [
        (t, rate, confidence) if _can_be_trusted(beats, t) else (t, None, 0.0)
        for t, rate, confidence in breath.history(x)
    ]
    known = [rate for _, rate, _ in history if rate is not None]
    entries = [_plain({"t": t, "rate_bpm": rate, "confidence": confidence}) for t, rate, confidence in history]
    confidence = math.fsum(c for _, rate, c in history if rate is not None) / len(history) if known else None
    enough = known and len(known) >= LEAST_KNOWN * len(history)
    middle = _plain({"rate_bpm": float(np.median(known)) if enough else None, "confidence": confidence})
    return {**middle, "history": entries}


def _plain(figures: dict[str, float | None]) -> Part:
    return {key: _number(value) for key, value in figures.items()}


def _number(value: float | None) -> float | None:
    """Return ``value`` as JSON can carry it: None for what is not finite."""
    return float(value) if value is not None and math.isfinite(value) else None
