"""Made-up data for the charts: plain arithmetic, no engine."""

from __future__ import annotations

from typing import Any

import numpy as np

from biosync.charts.charts import Charts, Course, InStepWith
from biosync.charts.heard import Heard
from biosync.charts.making import charts
from biosync.cues import disc
from biosync.events import LABELS, Cue, Marker
from biosync.heart.intervals import Beats
from biosync.snapshot import Episode, Rupture
from tests.gui import made

SEEN_S = 300.0
MARKERS = (Marker(made.NOW - 400, None, "eyes closed"), Marker(made.NOW - 130, "Ana", "talked about the week"),
                      Marker(made.NOW - 20, "Ana", "sighs"))


def beats(end_t: float, seconds: float, *, bpm: float = 66.0, swing: float = 7.0, breaths: float = 6.2,
          odd: int = 0, lost_s: tuple[float, float] | None = None) -> Beats:
    """Return a heart that swings with the breath, has ``odd`` early beats, and was lost from ``lost_s`` on, until."""
    dice, t, rr, label = np.random.default_rng(5), end_t - seconds, [], []
    early = set(dice.choice(np.arange(20, 200), odd, replace=False).tolist()) if odd else set()
    while t < end_t - 1:
        level = 2 * disc.level((0.3 + (t - 60) * breaths / 60) % 1.0, 0.4) - 1
        one = 60000 / (bpm + swing * level + dice.normal(0, 1.2))
        if len(rr) in early:
            one *= 0.62
        elif len(rr) - 1 in early:
            one *= 1.35
        label.append(LABELS.index("ectopic") if len(rr) in early else 0)
        rr.append(one)
        t += one / 1000
    rr_ms = np.array(rr)
    t_s = end_t - seconds + np.cumsum(rr_ms) / 1000
    keep = np.ones(len(t_s), bool) if lost_s is None else (t_s < lost_s[0]) | (t_s > lost_s[1])
    gap = np.zeros(len(t_s), bool)
    gap[1:] = keep[1:] & ~keep[:-1]
    return Beats(t_s[keep], rr_ms[keep], np.array(label, np.int8)[keep], gap[keep])


def heard(person: str = "Ana", end_t: float = made.NOW, **other: Any) -> Heard:
    """Return what was heard of ``person`` in a session of two; ``other`` fields instead of the usual ones."""
    t = np.arange(5.0, end_t, 5.0)
    score = np.where(t < 70, np.nan, 55 + 25 * np.tanh((t - 350) / 150) + 6 * np.sin(t / 17))
    score[(t > 430) & (t < 480)] = np.nan
    breath = np.where((t < 40) | ((t > 200) & (t < 235)), np.nan, 6.2 + 8 * np.exp(-t / 120) + 0.3 * np.sin(t / 11))
    pace = np.arange(0.0, end_t, 20.0)
    usual: dict[str, Any] = {
        "begin_t": max(0.0, end_t - SEEN_S), "end_t": end_t,
        "beats": beats(end_t, SEEN_S, odd=4, lost_s=(end_t - 200, end_t - 185)),
        "quality": "good", "why": "the beats are clear",
        "cues": (Cue(60.0, (person,), 6.2, 0.3, 0.4, "lead", 1.0, ""),),
        "coherence": Course(t, score), "breath": Course(t, breath),
        "pace": Course(pace, 6.2 + 5.5 * np.exp(-pace / 100)),
        "in_step": (InStepWith("Ben", (Episode(150.0, 330.0), Episode(end_t - 130, None)),
                               (Rupture(330.0, (), end_t - 130),)),),
        "markers": MARKERS,
    }
    return Heard(person, **{**usual, **other})


def made_charts(person: str = "Ana", end_t: float = made.NOW, **other: Any) -> Charts:
    """Return the charts of that."""
    return charts(heard(person, end_t, **other))
