"""What may be said of a person's figures right now: each is waiting, warming up, live, held, lost, paused, private,
over, or not to be had from a sensor that sends the heart rate only.

Only a live figure has a value, so that an old one can never be painted as if it were live.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from biosync.events import LABELS, Metrics
from biosync.snapshot import PersonView

State = Literal["waiting", "warming", "live", "held", "lost", "hr_only", "paused", "private", "over"]

HELD_AFTER_S = 4.0
"""Without a beat for so long the figures are held, whatever the link says: two missed notifications and some."""
LOST_AFTER_S = 10.0
"""Without a beat for so long the signal counts as lost."""
_FEW_BEATS = 12
_NORMAL = LABELS.index("normal")
_RISING_BPM = 6.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it may be shown. ``value`` is None unless it is live, or ``early``: a first value, shown apart.

    ``left_s`` is how many seconds the warming up still takes, 0 where that is not known.
    """

    state: State
    value: float | None = None
    early: bool = False
    left_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """A person's figures at one moment. ``signal`` is the state of the signal that they all stand on;
    ``silent_s`` is how long no beat has come, 0 before the first."""

    signal: State
    heart_rate: Figure
    rmssd: Figure
    coherence: Figure
    silent_s: float


def figures(person: PersonView, now: float, *, running: bool = True) -> Figures:
    """Return what may be shown of ``person`` at time ``now`` (s); nothing is live once the session is over."""
    if not running:
        over = Figure("over")
        return Figures("over", over, over, over, 0.0)
    signal = signal_state(person, now)
    metrics = person.metrics
    silent_s = _silent_s(person, now)
    return Figures(
        signal,
        _unless_hidden(person, "heart_rate", _heart_rate(signal, metrics, silent_s)),
        _unless_hidden(person, "rmssd", _figure(signal, metrics.rmssd_ms if metrics else None)),
        _unless_hidden(person, "coherence", _coherence(signal, person)),
        silent_s,
    )


def signal_state(person: PersonView, now: float) -> State:
    """Return the state of the signal of ``person`` at time ``now`` (s)."""
    if person.left:
        return "paused"
    link = person.link.state if person.link else "searching"
    silent = _silent_s(person, now)
    if link == "hr_only":
        return "hr_only"
    if link in ("lost", "gone") or silent > LOST_AFTER_S:
        return "lost"
    if person.last_beat_t is None:
        return "warming" if link in ("live", "weak") else "waiting"
    if link in ("searching", "connecting"):
        return "lost"
    if person.metrics is None or (len(person.beat_t) < _FEW_BEATS and person.metrics.quality == "none"):
        return "warming"
    if person.metrics.quality != "good" or link == "weak" or silent > HELD_AFTER_S:
        return "held"
    return "live"


def rising(person: PersonView) -> bool:
    """Tell whether the heart rate of the last 20 s lies 6 bpm or more above that of the 40 s before them."""
    if len(person.beat_t) == 0 or person.left or "heart_rate" in person.hidden:
        return False
    age = person.beat_t[-1] - person.beat_t
    normal = person.labels == _NORMAL
    recent = person.heart_rate[normal & (age < 20.0)]
    before = person.heart_rate[normal & (age >= 20.0) & (age < 60.0)]
    if len(recent) < _FEW_BEATS or len(before) < _FEW_BEATS:
        return False
    return bool(np.mean(recent) - np.mean(before) >= _RISING_BPM)


def _unless_hidden(person: PersonView, name: str, figure: Figure) -> Figure:
    return Figure("private") if name in person.hidden else figure


def _silent_s(person: PersonView, now: float) -> float:
    return 0.0 if person.last_beat_t is None else max(0.0, now - person.last_beat_t)


def _figure(signal: State, value: float | None) -> Figure:
    if signal != "live":
        return Figure(signal)
    return Figure("warming") if value is None else Figure("live", value)


def _heart_rate(signal: State, metrics: Metrics | None, silent_s: float) -> Figure:
    # The mean rate survives a few artefacts, so it may stand while the engine still gives it, unlike the others.
    rate = metrics.heart_rate_bpm if metrics else None
    if signal == "hr_only":  # the one figure that such a sensor has, where the engine gives it
        return Figure(signal) if rate is None else Figure("live", rate)
    if signal in ("waiting", "lost", "paused") or metrics is None or metrics.quality == "none":
        return Figure(signal if signal != "live" else "held")
    if silent_s > HELD_AFTER_S:
        return Figure("held")
    return Figure("warming") if rate is None else Figure("live", rate)


def _coherence(signal: State, person: PersonView) -> Figure:
    metrics = person.metrics
    if signal not in ("live", "warming"):
        return Figure(signal)
    if metrics is None or person.gathering_s > 0 or metrics.coherence_score is None:
        early = metrics.coherence_early if metrics and signal == "live" else None
        return Figure("warming", early, early is not None, person.gathering_s)
    return _figure(signal, metrics.coherence_score)
