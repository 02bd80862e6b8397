"""One person's part of a stored session, opened to be looked at: as far as those who look may see it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from biosync.analysis import Part, analyze
from biosync.charts.charts import Charts
from biosync.charts.heard import Heard
from biosync.consent import hidden_figures
from biosync.store.review.permission import ALL_FIGURES, check_part
from biosync.store.shared_course import shared_course
from biosync.store.stored_charts import charts_between, stored_heard

if TYPE_CHECKING:
    from biosync.store.ledger.kinds import Measured, StoredSession
    from biosync.store.ledger.reader import Ledger
    from biosync.together.course_summary import Summary

_OF_HEART_RATE = ("mean_nn_ms", "mean_hr_bpm")


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """The part of ``person``, the one of ``number`` (from 0) in ``session``. ``analysis`` holds the parts of
    ``analyze`` and ``charts`` the curves as far as they may be seen; ``hidden`` names what may not. ``heard`` is what
    charts of a shorter span are made from. ``together``: how all went together, None for one alone; ``own``: it is they
    who look. ``recorded``: it was fed from a recording. ``note``: what was noted down about them, where it may be
    read."""

    session: StoredSession
    person: str
    number: int
    own: bool
    heard: Heard
    charts: Charts
    analysis: Part
    resonance: Measured | None
    together: Summary | None
    recorded: bool
    hidden: frozenset[str]
    note: str = ""

    @property
    def tells_note(self) -> bool:
        """True where what was noted down about them may be read, and so be written anew."""
        return not self.hidden >= ALL_FIGURES

    @property
    def made_up(self) -> bool:
        """True where this heart was virtual."""
        return self.person in self.session.made_up


def opened(
    ledger: Ledger,
    session: StoredSession,
    person: str,
    *,
    own: bool = False,
    hidden: frozenset[str] | None = None,
    own_marks_only: bool = False,
) -> Opened:
    """Return ``person``'s part of ``session``; NoSuchPerson, LedgerError. It may take seconds.

    Without ``own`` what they keep to themselves is left out, as it was live; ``hidden`` names what is left out instead.
    ``own_marks_only`` leaves out what was marked for all: it may name somebody.
    """
    check_part(session.people, person)
    consent = next((one for one in ledger.consents(session.id) if one.person == person), None)
    if hidden is None:
        alone = own or len(session.people) == 1
        hidden = frozenset() if consent is None else hidden_figures(consent, alone=alone)
    heard = replace(stored_heard(ledger, session, person, own=own), hidden=hidden)
    if own_marks_only:
        heard = replace(heard, markers=tuple(one for one in heard.markers if one.person == person))
    found = None if "breath" in hidden else ledger.resonances(session.id).get(person)
    return Opened(
        session, person, session.people.index(person), own, heard, charts_between(heard, 0.0, session.duration_s),
        told(analyze(heard.beats), hidden), found, shared_course(ledger, session, person if own else None),
        session.id in ledger.all_recorded(), hidden, "" if hidden >= ALL_FIGURES else _note(ledger, session, person),
    )  # fmt: skip


def _note(ledger: Ledger, session: StoredSession, person: str) -> str:
    return next((one.text for one in ledger.notes(session.id) if one.person == person), "")


def unscored(analysis: Part) -> Part:
    """Return all parts of ``analysis`` with nothing known of coherence: the score is read from its other figures."""
    coherence = analysis["coherence"]
    assert isinstance(coherence, dict)
    history = [{key: value if key == "t" else None for key, value in one.items()} for one in coherence["history"]]
    return {**analysis, "coherence": {**dict.fromkeys(coherence), "history": history}}


def told(analysis: Part, hidden: frozenset[str]) -> Part:
    """Return the parts of ``analysis`` without what is ``hidden``: with RMSSD goes all that is made of how beats
    differ, with the breath what was read of it."""
    left_out: list[str] = []
    left_out += ["frequency", "nonlinear"] if "rmssd" in hidden else []
    left_out += ["coherence"] if "coherence" in hidden else []
    left_out += ["respiration"] if "breath" in hidden else []
    shown = {name: part for name, part in analysis.items() if name not in left_out}
    time = analysis["time"]
    assert isinstance(time, dict)
    shown["time"] = {
        key: value for key, value in time.items()
        if ("heart_rate" if key in _OF_HEART_RATE else "rmssd") not in hidden
    }  # fmt: skip
    return shown
