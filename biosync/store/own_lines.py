"""One line of biosync's own JSON lines as the event that it tells, or ValueError with the reason in words."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, get_args

from biosync.engine import Member
from biosync.events import (
    SAYINGS,
    Cue,
    Interval,
    Join,
    Leave,
    Link,
    LinkState,
    Marker,
    Note,
    Notification,
    Origin,
    Say,
    Stage,
)
from biosync.store.json_fields import number_at, numbers_at, payload_at, text_at, texts_at
from biosync.store.numbers import printable, quoted, shown_name
from biosync.store.past_session import Happened

LONGEST_S = 366 * 86_400.0
"""No session is longer than a year: a time beyond that is no time of one."""
MOST_BPM = 60.0
MOST_DELAY_S = 60.0
Entry = dict[str, Any]


def happened(entry: Entry, nameless: str) -> Happened | None:
    """Return the event of a line, None for a type that is not kept; ``nameless`` is whose a line without a name is."""
    read = _READERS.get(str(entry.get("type")))
    return None if read is None else read(entry, nameless)


def member(entry: Entry, nameless: str) -> Member:
    """Return the participant that an object of ``members``, or a line of type ``worn``, tells of."""
    return Member(_person(entry, nameless), *_about(entry), *_resonance(entry))


def names(entry: Entry, key: str, nameless: str) -> tuple[str, ...]:
    """Return the names in the list under ``key``, each once."""
    return tuple(dict.fromkeys(shown_name(name) or nameless for name in texts_at(entry, key)))


def time(entry: Entry, key: str = "t") -> float:
    """Return the seconds since the session's start under ``key``."""
    return _between(entry, key, 0.0, LONGEST_S)


def _notification(entry: Entry, nameless: str) -> Notification:
    device, characteristic = (printable(text_at(entry, key)) for key in ("device", "characteristic"))
    return Notification(time(entry), _person(entry, nameless), device, characteristic, payload_at(entry, "hex"))


def _interval(entry: Entry, nameless: str) -> Interval:
    rr_ms, last_t = numbers_at(entry, "rr_ms"), number_at(entry, "beat_t")
    if not all(0 < rr < LONGEST_S * 1000 for rr in rr_ms):
        raise ValueError("“rr_ms” holds what is no interval")
    uncertainty = number_at(entry, "t_uncertainty_s")
    return Interval(
        time(entry),
        _person(entry, nameless),
        tuple(rr_ms),
        None if math.isnan(last_t) else _between(entry, "beat_t", -LONGEST_S, LONGEST_S),
        entry.get("gap") is True,
        0.0 if math.isnan(uncertainty) else _between(entry, "t_uncertainty_s", 0.0, LONGEST_S),
    )


def _link(entry: Entry, nameless: str) -> Link:
    battery = number_at(entry, "battery_percent")
    percent = None if math.isnan(battery) else int(_between(entry, "battery_percent", 0.0, 100.0))
    state: LinkState = _one_of(get_args(LinkState), entry, "state")
    return Link(time(entry), _person(entry, nameless), state, printable(text_at(entry, "why")), percent)


def _say(entry: Entry, nameless: str) -> Say:
    return Say(time(entry), _person_or_all(entry), _one_of(SAYINGS, entry, "text"))


def _marker(entry: Entry, nameless: str) -> Marker:
    at_t = None if entry.get("at_t") is None else time(entry, "at_t")
    return Marker(time(entry), _person_or_all(entry), printable(text_at(entry, "text")), at_t)


def _note(entry: Entry, nameless: str) -> Note:
    return Note(time(entry), _person(entry, nameless), printable(text_at(entry, "text")))


def _join(entry: Entry, nameless: str) -> Join:
    group = names(entry, "group", nameless)
    return Join(time(entry), _person(entry, nameless), *_about(entry), group, *_resonance(entry))


def _leave(entry: Entry, nameless: str) -> Leave:
    return Leave(time(entry), _person(entry, nameless))


def _cue(entry: Entry, nameless: str) -> Cue:
    people = names(entry, "people", nameless)
    if not people:
        raise ValueError("“people” names nobody whose cue it is")
    stage: Stage = _one_of(get_args(Stage), entry, "stage")
    return Cue(
        time(entry),
        people,
        _between(entry, "rate_bpm", 0.1, MOST_BPM),
        _between(entry, "phase", 0.0, math.nextafter(1.0, 0.0)),
        _between(entry, "inhale_fraction", 0.0, 1.0),
        stage,
        _between(entry, "strength", 0.0, 1.0),
        printable(text_at(entry, "why")),
        *_resonance(entry),
    )


def _about(entry: Entry) -> tuple[Origin, str, float, float]:
    """Return with what somebody takes part."""
    origin: Origin = _one_of(get_args(Origin), entry, "origin")
    delay_s, uncertainty_s = (_between(entry, key, 0.0, MOST_DELAY_S) for key in ("delay_s", "delay_uncertainty_s"))
    return origin, printable(text_at(entry, "device")), delay_s, uncertainty_s


def _resonance(entry: Entry) -> tuple[float | None, float | None]:
    """Return where their heart was known to swing most, give or take; None where the line does not tell."""
    bpm, sd_bpm = (
        None if entry.get(key) is None else _between(entry, key, 0.0, MOST_BPM)
        for key in ("resonance_bpm", "resonance_sd_bpm")
    )
    return bpm, sd_bpm


def _person(entry: Entry, nameless: str) -> str:
    return shown_name(text_at(entry, "person")) or nameless


def _person_or_all(entry: Entry) -> str | None:
    return shown_name(text_at(entry, "person")) or None


def _between(entry: Entry, key: str, least: float, most: float) -> float:
    value = number_at(entry, key)
    if not least <= value <= most:
        raise ValueError(f"“{key}” is {quoted(str(entry.get(key)))}, which is not between {least:g} and {most:g}")
    return value


def _one_of(words: tuple[Any, ...], entry: Entry, key: str) -> Any:
    word = text_at(entry, key)
    if word not in words:
        raise ValueError(f"“{key}” is {quoted(word)}, which is none of {', '.join(words)}")
    return word


_READERS: dict[str, Callable[[Entry, str], Happened]] = {
    "notification": _notification,
    "interval": _interval,
    "link": _link,
    "say": _say,
    "marker": _marker,
    "note": _note,
    "join": _join,
    "leave": _leave,
    "worn": member,
    "cue": _cue,
}
