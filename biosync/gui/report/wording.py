"""The words of a report: what the session was, how good the signal was, and what can't be known from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QDate, QLocale

from biosync.gui import words
from biosync.gui.in_step import lasting
from biosync.store.ledger.kinds import StoredSession
from biosync.store.review.opened import Opened
from biosync.store.review.reported import Reported
from devices.straps import in_a_line


def headline(report: Reported, page: Opened | None) -> str:
    """Return whose page it is: without figures, the session's."""
    return in_a_line(page.person) if page is not None else ", ".join(map(in_a_line, report.session.people))


def about(session: StoredSession, page: Opened | None) -> str:
    """Return when the session was, how long, and who else took part."""
    when = long_date(datetime.fromisoformat(session.started))
    long = lasting(session.duration_s)
    others = [name for name in session.people if page is not None and name != page.person]
    if not others:
        return words.tr("{when} · {long}").format(when=when, long=long)
    names = ", ".join(map(in_a_line, others))
    return words.tr("{when} · {long} · with {names}").format(when=when, long=long, names=names)


def long_date(moment: datetime) -> str:
    """Return the day by name, and the minute, in this computer's time zone, written as the user's language does."""
    here = moment.astimezone()
    day = QLocale().toString(QDate(here.year, here.month, here.day), QLocale.FormatType.LongFormat)
    return words.tr("{day}, {time}").format(day=day, time=words.clock_time(moment))


def badges(report: Reported, page: Opened | None) -> list[str]:
    """Return SIMULATED and REPLAY, where a heart was made up, or what was heard came from a recording."""
    made_up = report.session.simulated if page is None else page.made_up
    return [
        *([words.tr("SIMULATED")] if made_up else []),
        *([words.tr("REPLAY")] if report.recorded and not made_up else []),
    ]


def quality(analysis: Mapping[str, Any]) -> tuple[str, str]:
    """Return how far the beats can be trusted, in a word or two, and why."""
    verdict = analysis["quality"]["verdict"]
    said = {
        "good": words.tr("Signal good"), "poor": words.tr("Signal poor"), "none": words.tr("Signal can't be read"),
    }[verdict]
    return said, words.as_sentence(str(analysis["quality"]["why"]))


def quality_facts(analysis: Mapping[str, Any]) -> str:
    """Return how many beats there were, and how many of them were odd or lost."""
    of = analysis["quality"]
    percent = of["artifact_percent"] or 0.0
    gaps = of["gaps"]
    lost_s = sum(end - begin for begin, end in gaps)
    odd = words.tr("{percent} % not as usual").format(percent=words.number(percent, 1))
    kinds = _kinds(of)
    parts = [
        words.beats(analysis["beats"]),
        words.tr("{share}: {kinds}").format(share=odd, kinds=kinds) if kinds else odd,
        _gaps(len(gaps), lost_s),
    ]
    return " · ".join(parts)


def _kinds(quality: Mapping[str, Any]) -> str:
    """Return how many beats there were of each kind that is not as usual: together they are the share."""
    said = {
        "missed": words.tr("{n} missed"), "extra": words.tr("{n} extra"), "ectopic": words.tr("{n} early"),
        "long": words.tr("{n} too long"), "short": words.tr("{n} too short"),
    }
    return ", ".join(text.format(n=words.number(quality[kind])) for kind, text in said.items() if quality[kind])


def private(report: Reported) -> str:
    """Return the sentence of a page without figures."""
    return words.tr("{names} keep their figures to themselves, so this page holds what all of them may know: when they "
                    "were in step.").format(names=" · ".join(map(in_a_line, report.kept)))


def _gaps(count: int, lost_s: float) -> str:
    if not count:
        return words.tr("no gaps")
    if count == 1:
        return words.tr("1 gap of {time}").format(time=lasting(lost_s))
    return words.tr("{count} gaps, {time} in all").format(count=count, time=lasting(lost_s))


def limits(report: Reported, page: Opened | None) -> list[str]:
    """Return what this page is not, and what can't be known from this session."""
    said = [
        words.tr("Not a medical device: made for practice and for talking about it, not for diagnosis or treatment."),
    ]
    if page is not None:
        said.append(words.tr("Figures are of this strap, this posture and this hour; they compare with the same "
                             "person's own other sessions, never with other people. Coherence is biosync's own "
                             "definition."))
        said += _unknown(page)
    if page is not None and page.made_up:
        said.append(words.tr("A virtual person: no real heart was measured."))
    if report.recorded and (page is None or not page.made_up):
        said.append(words.tr("From a recording: who was recorded did not hear this cue."))
    if not report.session.complete:
        said.append(words.tr("The session was cut off, or some of it could not be kept: what came before is here."))
    if report.together is not None and report.together.pairs:
        said.append(words.tr("In step tells of rhythms, not of feelings: it rises in conflict, too, and one cue for "
                             "all makes some of it."))
    if report.kept:
        said.append(words.tr("Figures that people keep to themselves are not on this page."))
    return said


def _unknown(page: Opened) -> list[str]:
    of: Mapping[str, Any] = page.analysis
    said = []
    if of["quality"]["verdict"] == "none":
        said.append(words.tr("The beats can't be trusted, so no score and no rhythm are told; what stands here is to "
                             "be read with care."))
    if "rmssd" not in page.hidden and of["frequency"]["lf_hf"] is None:
        said.append(words.tr("Slow rhythms can't be told: there were no two minutes without a gap."))
    if "breath" not in page.hidden and of["respiration"]["rate_bpm"] is None:
        said.append(words.tr("The breath could not be read from the beats."))
    if "breath" not in page.hidden and page.resonance is None:
        said.append(words.tr("The pace at which this heart swings most was not found in this session."))
    if page.hidden:
        said.append(words.tr("What is kept private, or may not be scored, is left out."))
    return said
