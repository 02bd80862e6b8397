"""The words of the window, short and plain; every one goes through Qt's translation."""

from __future__ import annotations

import datetime as calendar
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from biosync.events import Cue
from biosync.gui.state import Figure, State
from biosync.snapshot import PersonView

CONTEXT = "biosync"
"""Under this name Qt is asked for the window's texts."""
DASH = "–"
_NINE_OF_TEN = 1.645
"""So many standard deviations to either side hold nine of ten of a normal distribution."""
_FAINT = 0.5


def tr(text: str) -> str:
    """Return ``text``, a literal of the window, in the user's language."""
    return QCoreApplication.translate(CONTEXT, text)


def said(sentence: str) -> str:
    """Return in the user's language a sentence that was made below the window, with all that is put into it."""
    return QCoreApplication.translate(CONTEXT, sentence)


def as_sentence(text: str) -> str:
    """Return ``text`` in the user's language, with a capital at its beginning and a stop at its end."""
    told = said(text)
    if not told:
        return ""
    return told[:1].upper() + told[1:] + ("" if told.endswith((".", "!", "?", "…")) else ".")


def duration(seconds: float) -> str:
    """Return a duration as m:ss, from an hour on as h:mm:ss."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes}:{left:02d}"


def number(value: float, digits: int = 0) -> str:
    """Return ``value`` with so many digits after the point, written as the user's language does and rounded as
    the commands do: half of a step to the even one."""
    return QLocale().toString(float(round(value, digits)), "f", digits)


def beats(count: int) -> str:
    """Return how many beats there were, in words."""
    return tr("1 beat") if count == 1 else tr("{count} beats").format(count=number(count))


def date(moment: datetime) -> str:
    """Return the day and the minute of ``moment`` in this computer's time zone, written as the user's language does."""
    return f"{day(moment)} {clock_time(moment)}"


def day(moment: datetime) -> str:
    """Return the day of ``moment`` in this computer's time zone, written as the user's language does."""
    here = moment.astimezone()
    return QLocale().toString(QDate(here.year, here.month, here.day), QLocale.FormatType.ShortFormat)


def calendar_day(which: calendar.date) -> str:
    """Return a day of the calendar, written as the user's language does."""
    return QLocale().toString(QDate(which.year, which.month, which.day), QLocale.FormatType.LongFormat)


def clock_time(moment: datetime) -> str:
    """Return the hour and minute of ``moment`` in this computer's time zone, written as the user's language does."""
    here = moment.astimezone()
    return QLocale().toString(QTime(here.hour, here.minute), QLocale.FormatType.ShortFormat)


def whole(figure: Figure) -> str:
    """Return the figure as a whole number, a word where it is kept private, a dash where it has no value."""
    if figure.state == "private":
        return tr("private")
    return DASH if figure.value is None else f"{figure.value:.0f}"


def phase(breathing_in: bool) -> str:
    """Return the word for where the breath is."""
    return tr("breathe in") if breathing_in else tr("breathe out")


def under_the_word(cue: Cue, *, numbers: bool = True) -> str:
    """Return what stands under the word in the cue: its pace or, once it has faded, who keeps the rhythm."""
    if cue.strength < _FAINT:
        return tr("you keep the rhythm yourself")
    return pace(cue.rate_bpm) if numbers else ""


def pace(rate_bpm: float) -> str:
    """Return the pace of the cue in words."""
    return tr("{rate} a minute").format(rate=number(rate_bpm, 1))


def resonance(cue: Cue) -> str:
    """Return where this heart swings most, with the spread that holds it nine times of ten; nothing while unknown."""
    if cue.resonance_bpm is None or cue.resonance_sd_bpm is None:
        return ""
    spread = max(0.1, _NINE_OF_TEN * cue.resonance_sd_bpm)
    return tr("your heart swings most near {rate} a minute, give or take {spread}").format(
        rate=number(cue.resonance_bpm, 1), spread=number(spread, 1))


def gathering(left_s: float) -> str:
    """Return the words for a figure that is warming up, with how long is left where that is known."""
    if left_s > 0:
        return tr("gathering, {left} s left").format(left=number(left_s))
    return tr("gathering")


def signal(state: State, person: PersonView, silent_s: float = 0.0) -> str:
    """Return the state of a person's signal in a few words."""
    link = person.link.state if person.link else "searching"
    if state == "waiting":
        return tr("connecting") if link == "connecting" else tr("looking for the strap")
    if state == "lost":
        return tr("signal lost {time}").format(time=duration(silent_s)) if silent_s else tr("signal lost")
    return {
        "over": tr("ended"), "paused": tr("paused"), "hr_only": tr("heart rate only"), "warming": tr("warming up"),
        "live": tr("signal good"), "held": tr("poor signal"),
    }[state]


def why_signal(state: State, person: PersonView) -> str:
    """Return what is known of the reason for the signal's state, or nothing."""
    if state == "hr_only":
        return tr("this sensor sends the heart rate only, so HRV is not known and the cue can't follow")
    if state in ("waiting", "lost") and person.link and person.link.why:
        return said(person.link.why)
    if state == "held" and person.metrics and person.metrics.quality != "good":
        return said(person.metrics.why)
    return ""


def strap_strength(rssi_dbm: int | None) -> str:
    """Return how strongly a strap is heard, in words."""
    if rssi_dbm is None:
        return tr("signal unknown")
    if rssi_dbm >= -65:
        return tr("strong signal")
    return tr("good signal") if rssi_dbm >= -80 else tr("weak signal")
