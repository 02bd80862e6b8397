"""What a report of a stored session holds: a page a person who shows figures, and what all may know of the session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from biosync.analysis import Part, analyze
from biosync.charts.charts import Charts
from biosync.store.review.permission import ALL_FIGURES, keepers, kept_from
from biosync.store.shared_course import shared_course
from biosync.store.stored_charts import charts_between, stored_heard

if TYPE_CHECKING:
    from biosync.events import Marker
    from biosync.store.ledger.kinds import Measured, StoredSession
    from biosync.store.ledger.reader import Ledger
    from biosync.together.course_summary import Summary

_OF_HEART_RATE = ("mean_nn_ms", "mean_hr_bpm")


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One person's page. ``analysis`` holds the parts of ``analyze`` as far as they may be read (a figure that is left
    out is not there), ``charts`` the same; ``number`` counts everybody in the session from 0."""

    person: str
    number: int
    made_up: bool
    charts: Charts
    analysis: Part
    resonance: Measured | None
    markers: tuple[Marker, ...]
    hidden: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Reported:
    """A session's report. No ``pages``: nobody in it shows figures to all who may read it. ``together`` is how they
    went together, None for one alone; ``kept``: who keeps theirs; ``recorded``: it was fed from a recording."""

    session: StoredSession
    pages: tuple[Page, ...]
    together: Summary | None
    kept: tuple[str, ...]
    recorded: bool


def reported(ledger: Ledger, session: StoredSession, person: str | None = None) -> Reported:
    """Return the report of ``session``, or of one ``person`` in it; NoSuchPerson, LedgerError. It takes seconds."""
    consents = ledger.consents(session.id)
    hidden = kept_from(session.people, consents, person)
    found = ledger.resonances(session.id)
    shown = [name for name in session.people if hidden[name] != ALL_FIGURES]
    pages = [_page(ledger, session, name, hidden[name], found.get(name), person) for name in shown]
    kept = () if person is not None else keepers(session.people, consents)
    together = shared_course(ledger, session, person)
    return Reported(session, tuple(pages), together, kept, session.id in ledger.all_recorded())


def _page(
    ledger: Ledger, session: StoredSession, name: str, hidden: frozenset[str], found: Measured | None, asked: str | None
) -> Page:
    heard = replace(stored_heard(ledger, session, name, own=asked is not None), hidden=hidden)
    alone = len(session.people) == 1
    # What was marked for all may name somebody: it stays out of what is handed to one of several.
    markers = tuple(one for one in heard.markers if alone or asked is None or one.person == name)
    charts = charts_between(replace(heard, markers=markers), 0.0, session.duration_s)
    return Page(
        name, session.people.index(name), name in session.made_up, charts,
        told(analyze(heard.beats), hidden), None if "breath" in hidden else found, markers, hidden,
    )  # fmt: skip


def told(analysis: Part, hidden: frozenset[str]) -> Part:
    """Return the parts of ``analysis`` without what is ``hidden``: with RMSSD goes all that is made of how beats differ,
    with the breath what was read of it."""
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

