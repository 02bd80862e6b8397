"""The session as text on standard output: the contract's JSON lines, or plain lines for people."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any, TextIO

from biosync.consent import Consent, hidden_figures
from biosync.events import (
    LEFT,
    Beat,
    BeyondCue,
    Cue,
    End,
    Event,
    Group,
    Join,
    Leave,
    Link,
    Marker,
    Metrics,
    Say,
    Session,
    Synchrony,
    Turn,
)
from biosync.in_step.words import summary_in_words, turn_in_words
from biosync.run_problems import SinkClosed
from biosync.together.course_summary import Summary
from devices.straps import in_a_line

_SHOWN = (Session, Link, Beat, Metrics, Cue, Synchrony, Group, Turn, Marker, Say, End)
_OF_THE_SCORE = ("coherence_ratio", "coherence_score", "coherence_early")
_DIGITS = 12
"""Decimals of every number in the stream: a phase must stay continuous to 1e-9 through the rounding."""

_UNSEEN = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb]")
"""What JSON may hold as it is, but what steers a terminal, turns text round or ends a line for some readers, and
halves of a character, which no output can hold."""


class JsonLines:
    """Writes every event of the contract as a line, flushed at once; the session's carries ``truth`` where people are
    virtual and it is known. Who was under 16 by their ``consents`` has no score, nor what it is read from."""

    def __init__(self, out: TextIO, truth: Mapping[str, Any] | None = None, consents: Sequence[Consent] = ()) -> None:
        self._out = out
        self._truth = truth
        self._no_score = {one.person for one in consents if "coherence" in hidden_figures(one, alone=True)}

    def __call__(self, event: Event) -> None:
        """Write the event; SinkClosed when nobody reads any more."""
        if not isinstance(event, _SHOWN):
            return
        record = as_json(event)
        if isinstance(event, Session) and self._truth is not None:
            record["truth"] = self._truth
        if isinstance(event, Metrics) and event.person in self._no_score:
            record.update(dict.fromkeys(_OF_THE_SCORE))
        write_line(self._out, record)


def as_json(event: Event) -> dict[str, Any]:
    """Return the event as the contract's JSON object."""
    record: dict[str, Any] = {"type": type(event).__name__.lower()}
    for field in fields(event):
        value = getattr(event, field.name)
        if isinstance(value, BeyondCue):
            value = asdict(value)
        record[field.name] = round(value, _DIGITS) if isinstance(value, float) and math.isfinite(value) else value
    if isinstance(event, Marker) and event.at_t is None:
        del record["at_t"]
    if isinstance(event, Cue):  # rounding must not carry a phase to 1
        record["phase"] %= 1.0
    return record


def write_line(out: TextIO, record: dict[str, Any]) -> None:
    """Write one JSON line, what can't be seen escaped, and flush it; SinkClosed when nobody reads any more."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False)
    say_line(out, _UNSEEN.sub(lambda unseen: f"\\u{ord(unseen[0]):04x}", text))


def say_line(out: TextIO, text: str) -> None:
    """Write one line and flush it; SinkClosed when nobody reads any more."""
    try:
        out.write(text + "\n")
        out.flush()
    except BrokenPipeError:
        raise SinkClosed from None


class From:
    """Holds a sink's events back until ``t`` seconds; then it hears first how the links and cues stand by then."""

    def __init__(self, sink: Callable[[Event], None], t: float) -> None:
        self._sink = sink
        self._t = t
        self._standing: dict[object, Event] = {}
        self._begun = False

    def __call__(self, event: Event) -> None:
        """Take the next event."""
        if self._begun or isinstance(event, Session):
            self._sink(event)
        elif event.t >= self._t or isinstance(event, End):
            self._begun = True
            for stands in sorted(self._standing.values(), key=lambda one: one.t):
                self._sink(stands)
            self._sink(event)
        elif isinstance(event, Link):
            self._standing[event.person] = event
        elif isinstance(event, Cue):
            self._standing = {who: one for who, one in self._standing.items() if not _same_people(one, event)}
            self._standing[event.people] = event


def _same_people(a: Event, b: Cue) -> bool:
    return isinstance(a, Cue) and bool(set(a.people) & set(b.people))


class PlainLines:
    """Writes a line a person every few seconds, for output that is neither a terminal nor a program's; what people keep
    to themselves by their ``consents`` is left out."""

    EVERY_S = 5.0

    def __init__(self, out: TextIO, replayed: bool = False, consents: Sequence[Consent] = ()) -> None:
        self._out = out
        self._replayed = replayed
        self._hidden = {one.person: hidden_figures(one, alone=len(consents) == 1) for one in consents}
        self._said_t: dict[str, float] = {}
        self._cues: dict[str, Cue] = {}
        self._scores: dict[str, list[float]] = {}
        self._early: dict[str, float] = {}
        self._whys: dict[str, str] = {}
        self._together = Summary()

    def __call__(self, event: Event) -> None:
        """Take the next event; SinkClosed when nobody reads any more."""
        self._together.feed(event)
        match event:
            case Session():
                note = " (simulated: virtual people, virtual straps)" if event.simulated else ""
                note += " (replay: a recording is played again)" if self._replayed else ""
                self._say(f"biosync: {', '.join(map(in_a_line, event.people))}{note}")
            case Cue():
                self._cues.update(dict.fromkeys(event.people, event))
            case Join():
                self._say(f"{event.t:5.0f} s  {in_a_line(event.person)} joins")
            case Leave():
                self._say(f"{event.t:5.0f} s  {in_a_line(event.person)}: paused")
            case Link() if self._is_news(event):
                self._say(f"{event.t:5.0f} s  {in_a_line(event.person)}: {event.why}")
            case Metrics():
                self._measured(event)
            case Turn():
                self._say(f"{event.at_t:5.0f} s  {turn_in_words(event)}")
            case End():
                self._sum_up(event)
            case _:
                pass

    def _is_news(self, link: Link) -> bool:
        """Tell if people should read the link's why: what is wrong, and what is remarkable of a strap that is live."""
        last, self._whys[link.person] = self._whys.get(link.person), link.why
        remarkable = link.state != "live" or "; " in link.why
        return remarkable and link.why not in (LEFT, last)

    def _measured(self, now: Metrics) -> None:
        hidden = self._hidden.get(now.person, frozenset())
        if now.coherence_score is not None:
            self._scores.setdefault(now.person, []).append(now.coherence_score)
        elif now.coherence_early is not None:
            self._early[now.person] = now.coherence_early
        if now.t - self._said_t.get(now.person, -math.inf) >= self.EVERY_S:
            self._said_t[now.person] = now.t
            cue = cue_in_words(self._cues.get(now.person))
            self._say(f"{now.t:5.0f} s  {in_a_line(now.person)}: {figures_in_words(now, hidden)}{cue}")

    def _sum_up(self, end: End) -> None:
        for person, count in end.beats.items():
            beats = "1 beat" if count == 1 else f"{count} beats"
            self._say(f"{in_a_line(person)}: {beats} in {end.t:.0f} s; coherence {self._coherence(person)}")
        for line in summary_in_words(self._together):
            self._say(line)
        self._say(f"Kept as session {end.stored}." if end.stored else "Nothing was kept.")

    def _coherence(self, person: str) -> str:
        if "coherence" in self._hidden.get(person, frozenset()):
            return "private"
        scores, early = self._scores.get(person), self._early.get(person)
        if scores:
            return f"score from {scores[0]:.0f} to {scores[-1]:.0f}"
        if early is not None:
            return f"so far {early:.0f} (the score itself needs 64 s of clear beats)"
        return "score needs 64 s of clear beats"

    def _say(self, text: str) -> None:
        say_line(self._out, text)


def figures_in_words(now: Metrics, hidden: frozenset[str] = frozenset()) -> str:
    """Return the figures of this moment in a few words; what is not known, or ``hidden``, is not said."""
    words = []
    if now.heart_rate_bpm is not None and "heart_rate" not in hidden:
        words.append(f"heart rate {now.heart_rate_bpm:.0f}")
    if now.quality == "none":
        return "; ".join([*words, now.why])
    if now.rmssd_ms is not None and "rmssd" not in hidden:
        words.append(f"RMSSD {now.rmssd_ms:.0f} ms")
    if "coherence" in hidden:
        return ", ".join(words) or f"signal {now.quality}, figures private"
    if now.coherence_score is not None:
        words.append(f"coherence {now.coherence_score:.0f}")
    elif now.coherence_early is not None:
        words.append(f"coherence so far {now.coherence_early:.0f}")
    else:
        words.append("coherence: gathering")
    return ", ".join(words)


def cue_in_words(cue: Cue | None) -> str:
    """Return the pace and its reason, or nothing before there is a cue."""
    return f"; cue {cue.rate_bpm:.1f} a minute: {cue.why}" if cue is not None else ""
