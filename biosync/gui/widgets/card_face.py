"""What a client's card shows: the person, the figures as they may be shown, and the state in words."""

from __future__ import annotations

from dataclasses import dataclass

from biosync.gui import words
from biosync.gui.belonging import Bond
from biosync.gui.state import Figures, figures, rising
from biosync.gui.widgets.trace import normal_rates, settle_range
from biosync.snapshot import PersonView

TRACE_S = 60.0
"""So much of the heart rate a card's curve holds."""


@dataclass(frozen=True, slots=True)
class CardFace:
    """What a card shows: the ``person``, the figures as they may be shown, the words, the curve's range (bpm), and with
    whom they belong together."""

    person: PersonView
    shown: Figures
    rising: bool
    range_bpm: tuple[float, float]
    selected: bool = False
    bond: Bond | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What the card's figures and words depend on; equal keys look equal, but for the curves' sliding."""
        person, shown = self.person, self.shown
        silent = int(shown.silent_s) if shown.signal == "lost" else 0
        last = person.last_beat_t
        return (person.name, shown.signal, shown.heart_rate, shown.rmssd, shown.coherence, self.rising, silent,
                last, self.range_bpm, person.origin, len(person.coherence_t), words.why_signal(shown.signal, person),
                self.selected, self.bond)


def face_of(
    person: PersonView, before: CardFace | None, now: float, *, running: bool, bond: Bond | None, selected: bool = False
) -> CardFace:
    """Return what the card of ``person`` shows at ``now`` (s); ``before`` it showed that."""
    shown = figures(person, now, running=running)
    if before is not None and before.person is person:
        return CardFace(person, shown, before.rising, before.range_bpm, selected, bond)
    rates = normal_rates(person, now - TRACE_S)
    span = settle_range(before.range_bpm if before else None, rates)
    return CardFace(person, shown, rising(person), span, selected, bond)


def state_words(face: CardFace) -> str:
    """Return a card's state in words."""
    shown, person = face.shown, face.person
    if shown.signal == "live":
        if face.rising:
            return words.tr("heart rate rising")
        return words.gathering(shown.coherence.left_s) if shown.coherence.state == "warming" else words.tr("live")
    said = words.signal(shown.signal, person, shown.silent_s)
    why = words.why_signal(shown.signal, person) if shown.signal == "held" else ""
    return f"{said}: {why}" if why else said


def shorter_words(face: CardFace) -> tuple[str, ...]:
    """Return a card's state in words, and shorter and shorter, for where there is little room."""
    whole, signal = state_words(face), face.shown.signal
    if signal == "live" and not face.rising:
        return (whole, words.tr("gathering")) if face.shown.coherence.state == "warming" else (whole,)
    shorter: dict[str, tuple[str, ...]] = {
        "live": (words.tr("rising"),), "lost": (words.tr("signal lost"), words.tr("lost")),
        "held": (words.tr("poor signal"), words.tr("poor")), "hr_only": (words.tr("rate only"),),
        "waiting": (words.tr("waiting"),),
    }
    return (whole, *shorter.get(signal, ()))


def state_token(face: CardFace) -> str:
    """Return the name of the colour of a card's state; quiet where nothing asks for the coach."""
    if face.shown.signal == "live" and face.rising:
        return "heart"
    return {"lost": "alert", "held": "warn", "hr_only": "warn"}.get(face.shown.signal, "quiet")


def spoken(face: CardFace) -> str:
    """Return all that a card shows in words, for a screen reader."""
    shown = face.shown
    three = (
        (words.tr("heart rate {value} bpm"), shown.heart_rate), (words.tr("RMSSD {value} ms"), shown.rmssd),
        (words.tr("coherence {value}"), shown.coherence),
    )
    told = [said.format(value=words.whole(one)) for said, one in three if one.value is not None]
    return ", ".join([state_words(face), *told, *((face.bond.said,) if face.bond is not None else ())])
