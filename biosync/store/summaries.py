"""A stored session at a glance: the course of its heart rate, and each person's figures against their own median."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from biosync.analysis import Part, analyze, coherence_part
from biosync.heart.correction import correct
from biosync.heart.quality import judge_recording
from biosync.metrics.parts import time_part
from biosync.store.ledger.kinds import StoredSession
from biosync.store.recording import GAP_MS, Recording
from biosync.store.recovery import recovery_alone
from biosync.store.timeline import labelled
from biosync.types import FloatArray

if TYPE_CHECKING:
    from biosync.store.ledger.reader import Ledger

BLOCKS = "▁▂▃▄▅▆▇█"
COURSE_PARTS = 16
LEAST_RANGE_BPM = 10.0
"""A course within fewer beats a minute is drawn as flat as it is, not blown up to the full height."""
LATEST_SESSIONS = 60
"""So many sessions make a person's median: it goes along with them, and a long list stays quick."""
LEAST_SESSIONS = 3
"""A median of fewer says nothing yet."""
LEVEL_SHARE = 0.05
"""A figure within this share of the median is called about the same."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a trend is made of, of one person in one session; None is unknown. ``recovery_marked``: the recovery is from
    a stress that somebody marked, not from the peak. ``scored``: False under 16, where there is never a score."""

    rmssd_ms: float | None
    coherence_score: float | None
    recovery_s: float | None = None
    recovery_marked: bool = False
    scored: bool = True


def heart_rate_course(recordings: Sequence[Recording], parts: int = COURSE_PARTS) -> list[float | None]:
    """Return the median heart rate (bpm) of everybody in each of ``parts`` equal parts of a session, None without any.

    Read from the intervals as received, so that a long list stays quick; a median hardly hears their artefacts.
    """
    times, rates = _rates(recordings)
    if not len(times):
        return [None] * parts
    start, end = float(times.min()), float(times.max())
    place = np.minimum(((times - start) / max(end - start, 1e-9) * parts).astype(int), parts - 1)
    return [float(np.median(rates[place == k])) if (place == k).any() else None for k in range(parts)]


def blocks(values: Sequence[float | None], least_range: float = LEAST_RANGE_BPM) -> str:
    """Return ``values`` as a line of block characters between the lowest and the highest; unknown is a space."""
    known = [value for value in values if value is not None]
    if not known:
        return " " * len(values)
    low, high = min(known), max(known)
    span = max(high - low, least_range)
    base = (low + high - span) / 2
    return "".join(
        " " if value is None else BLOCKS[min(int((value - base) / span * len(BLOCKS)), len(BLOCKS) - 1)]
        for value in values
    )


def analysis_of(ledger: Ledger, session: StoredSession, people: Sequence[str]) -> dict[str, Part]:
    """Return the parts of ``analyze --json`` for these ``people`` of ``session``; LedgerError where it can't be
    read."""
    return {name: analyze(labelled(ledger.timeline(session.id, name))) for name in people}


def figures_of(ledger: Ledger, session: StoredSession, person: str) -> Figures:
    """Return ``person``'s figures in ``session``, those of ``analyze``; unknown where the beats can't be trusted."""
    found = labelled(ledger.timeline(session.id, person))
    if judge_recording(found).verdict == "none":
        return Figures(None, None)
    x = correct(found)
    score = coherence_part(x, found)["score"]
    recovery_s, marked = recovery_alone(ledger, session, person) or (None, False)
    return Figures(time_part(x)["rmssd_ms"], score if isinstance(score, float) else None, recovery_s, marked)


def trend(sessions: Sequence[Figures]) -> list[str]:
    """Return for each of a person's sessions how its figures stand against their own median, in words."""
    rmssd = own_median([one.rmssd_ms for one in sessions])
    coherence = own_median([one.coherence_score for one in sessions])
    recovery = own_median([one.recovery_s for one in sessions])
    return ["; ".join(_all_stand(one, rmssd, coherence, recovery)) for one in sessions]


def _all_stand(one: Figures, rmssd: float | None, coherence: float | None, recovery: float | None) -> list[str]:
    stand = [_stands("RMSSD", one.rmssd_ms, " ms", rmssd)]
    if one.scored:
        stand.append(_stands("coherence", one.coherence_score, "", coherence))
    if one.recovery_s is not None:  # most sessions hold nothing to come back from
        stand.append(_stands("alone half-way back after", one.recovery_s, " s", recovery))
    return stand


def _stands(name: str, value: float | None, unit: str, middle: float | None) -> str:
    if value is None:
        return f"{name} unknown"
    compared = against(value, middle)
    return f"{name} {value:.0f}{unit}" + (f", {compared}" if compared else "")


def own_median(values: Sequence[float | None]) -> float | None:
    """Return the median of what is known, None where that is too little to compare with."""
    known = [value for value in values if value is not None]
    return median(known) if len(known) >= LEAST_SESSIONS else None


def against(value: float, middle: float | None) -> str:
    """Return how ``value`` stands against the person's own median, in words; nothing where there is none yet."""
    if middle is None:
        return ""
    if abs(value - middle) <= LEVEL_SHARE * abs(middle):
        return f"about your median of {middle:.0f}"
    return f"{'above' if value > middle else 'below'} your median of {middle:.0f}"


def _rates(recordings: Sequence[Recording]) -> tuple[FloatArray, FloatArray]:
    times: list[FloatArray] = [np.empty(0)]
    rates: list[FloatArray] = [np.empty(0)]
    for one in recordings:
        heard = one.rr_ms <= GAP_MS
        times.append(_about(one)[heard])
        rates.append(np.asarray(60000 / one.rr_ms[heard], dtype=np.float64))
    return np.concatenate(times), np.concatenate(rates)


def _about(one: Recording) -> FloatArray:
    """Return about when (n,) the intervals ended, in seconds: good enough for a picture."""
    if one.t_s is not None:
        return one.t_s
    return one.arrival_s if one.arrival_s is not None else np.asarray(np.cumsum(one.rr_ms) / 1000, dtype=np.float64)
