"""biosync's own verdict on a pair, by the same functions and in the same way as ``biosync synchrony``."""

from __future__ import annotations

import numpy as np

from biosync.heart.intervals import Beats
from biosync.heart.labeller import label
from biosync.together import cue_course, pairs, series
from biosync.together.cue_course import CueCourse
from biosync.types import FloatArray
from tests.bench.together.cases import Case
from tests.bench.together.life import Cue, Life
from tests.bench.together.strap import Heard
from tests.bench.together.verdict import Verdict

NAME = "biosync"
_CUE_STEP_S = 0.25


def judge(first: Heard, second: Heard, life: Life, case: Case) -> Verdict:
    """Return biosync's verdict; ``p_value`` is the one-sided chance in phase, the one that should spread evenly."""
    found = pairs.pair(
        heart(first),
        heart(second),
        courses(life),
        clock_error_s=case.clock_error_s,
        lead=case.asks == "leader",
    )
    asked = found.in_step if found.beyond_cue is None or case.asks == "chance" else found.beyond_cue
    leader = 0 if found.lag.leader is None else 1 - 2 * found.lag.leader
    p = None if asked.evidence is None else asked.evidence.in_phase_p
    return Verdict(asked.beyond_chance, leader, found.lag.interval_s, p)


def heart(heard: Heard) -> series.Series:
    """Return what synchrony takes of one person."""
    return series.from_beats(labelled(heard), heard.uncertainty_s)


def labelled(heard: Heard) -> Beats:
    """Return the beats of one person with their labels."""
    return Beats(heard.t_s, heard.rr_ms, label(heard.rr_ms, heard.gap), heard.gap)


def courses(life: Life) -> tuple[CueCourse, ...]:
    """Return the cues that ran, each once, as the rows of a cue file."""
    return tuple(_course(cue, life.seconds) for cue in dict.fromkeys(life.cues) if cue is not None)


def _course(cue: Cue, seconds: float) -> CueCourse:
    t: FloatArray = np.arange(0.0, seconds, _CUE_STEP_S, dtype=np.float64)
    return cue_course.from_rows(t, cue.rate_bpm(t), np.asarray(cue.cycles(t) % 1.0))
