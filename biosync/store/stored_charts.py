"""What was heard of one person in a stored session, for their charts: the same as live, from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from biosync.analysis import coherence_part, respiration_part
from biosync.charts.charts import Charts, Course
from biosync.charts.heard import Heard, in_step_of, markers_of
from biosync.charts.making import charts, within
from biosync.consent import hidden_figures
from biosync.events import Cue
from biosync.heart.correction import correct
from biosync.heart.quality import judge_recording
from biosync.store.ledger.kinds import StoredSession
from biosync.store.shared_course import shared_course
from biosync.store.timeline import labelled

if TYPE_CHECKING:
    from biosync.store.ledger.reader import Ledger

STEP_S = 5.0
"""Points of a course that are farther apart than twice this, and than is usual in it, have unknown ones between."""


def stored_heard(ledger: Ledger, session: StoredSession, person: str, *, own: bool = False) -> Heard:
    """Return what was heard of ``person`` in ``session``; LedgerError where it can't be read. It may take seconds.

    What they kept to themselves is hidden, as it was live, unless it is they who look (``own``).
    """
    beats = labelled(ledger.timeline(session.id, person))
    verdict = judge_recording(beats)
    x = correct(beats)
    trusted = x if verdict.verdict != "none" else x.where(np.zeros(len(x), dtype=bool))
    cues = [cue for cue in ledger.cues(session.id) if person in cue.people]
    course = shared_course(ledger, session, person if own else None)
    consent = next((one for one in ledger.consents(session.id) if one.person == person), None)
    alone = own or len(session.people) == 1
    return Heard(
        person, 0.0, session.duration_s, beats, verdict.verdict, verdict.why, cues,
        _course(coherence_part(trusted, beats)["history"], "score"),
        _course(respiration_part(trusted, beats)["history"], "rate_bpm"),
        _paces(cues),
        () if course is None else in_step_of(person, course.pairs.values()),
        markers_of(person, ledger.markers(session.id)),
        frozenset() if consent is None else hidden_figures(consent, alone=alone),
    )  # fmt: skip


def charts_between(heard: Heard, begin_t: float, end_t: float) -> Charts:
    """Return the charts of a part of what was ``heard``, from ``begin_t`` to ``end_t`` (s), judged by its own beats."""
    verdict = judge_recording(within(heard.beats, begin_t, end_t))
    part = replace(heard, begin_t=begin_t, end_t=end_t, quality=verdict.verdict, why=verdict.why)
    return charts(part)


def _course(history: Any, key: str) -> Course:
    """Return the entries of a ``history`` of ``analyze`` as a course, open where some are left out."""
    times = np.array([entry["t"] for entry in history], dtype=np.float64)
    values = np.array([np.nan if entry[key] is None else entry[key] for entry in history], dtype=np.float64)
    if len(times) < 2:
        return Course(times, values)
    spaces = np.diff(times)
    open_at = np.flatnonzero(spaces > max(2 * STEP_S, 2 * float(np.median(spaces)))) + 1
    return Course(np.insert(times, open_at, times[open_at - 1] + STEP_S), np.insert(values, open_at, np.nan))


def _paces(cues: Sequence[Cue]) -> Course:
    return Course(np.array([cue.t for cue in cues]), np.array([cue.rate_bpm for cue in cues]))
