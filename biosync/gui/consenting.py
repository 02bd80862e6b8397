"""What the people on this screen are asked before their straps are used, and what their answers mean."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from biosync.consent import Consent, Sharing
from biosync.gui import words


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in one strap's row: ``strap`` names it; ``shown`` are those of the figures that a coach may see."""

    strap: str
    address: str
    name: str
    yes: bool
    under_16: bool = False
    guardian: str = ""
    sharing: Sharing = "rhythm"
    shown: tuple[str, ...] = ()


def missing(answers: Sequence[Answer], taken: Collection[str] = (), *, joining: bool = False) -> str:
    """Return one sentence on what is still to be answered, nothing when all is; ``taken`` are names in use. With
    ``joining`` a session runs already: its pace and its length are not those of somebody under 16."""
    if not answers:
        return words.tr("Choose a strap.")
    names = [answer.name for answer in answers]
    for answer in answers:
        if not answer.name:
            return words.tr("Who wears {strap}?").format(strap=answer.strap)
        if answer.name in taken or names.count(answer.name) > 1:
            return words.tr("Two people can't have the same name here: {name}.").format(name=answer.name)
        if answer.under_16 and joining:
            return words.tr("Under 16, one begins a session from its start: five minutes, with a guardian.")
        if answer.under_16 and not answer.guardian:
            return words.tr("Under 16, a guardian is here and is named: who is with {name}?").format(name=answer.name)
    for answer in answers:
        if not answer.yes:
            return words.tr("{name} has not said yes yet.").format(name=answer.name)
    return ""


def consent(answer: Answer, at: str, *, alone: bool) -> Consent:
    """Return what was agreed to at ``at`` (ISO 8601, UTC); ``alone``: nobody else is there to see anything."""
    guardian = answer.guardian if answer.under_16 else None
    shown = answer.shown if answer.sharing == "coach" else ()
    return Consent(answer.name, answer.sharing, at, guardian, shown, sentence(answer, alone=alone))


def sentence(answer: Answer, *, alone: bool) -> str:
    """Return the sentence that the wearer says yes to."""
    said = words.tr("I wear {strap}, and biosync may use it in this session.").format(strap=answer.strap)
    if alone:
        return said
    return f"{said} " + words.tr("The others see {what}.").format(what=sharing(answer.sharing, answer.shown))


def sharing(mode: Sharing, shown: Sequence[str] = ()) -> str:
    """Return what the others see, in words."""
    if mode == "coach":
        seen = ", ".join(figure(one) for one in shown) or words.tr("no figures")
        return words.tr("my signal, and a coach: {what}").format(what=seen)
    return {
        "rhythm": words.tr("the shared rhythm only"),
        "own": words.tr("the shared rhythm, and each their own figures"),
        "all": words.tr("all of my figures"),
    }[mode]


def figure(name: str) -> str:
    """Return the name of one of consent.FIGURES in words."""
    return {
        "heart_rate": words.tr("heart rate"),
        "rmssd": words.tr("HRV (RMSSD)"),
        "coherence": words.tr("coherence"),
    }[name]
