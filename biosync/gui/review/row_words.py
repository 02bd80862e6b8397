"""What a line of the list says of a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from biosync.gui import words
from biosync.gui.in_step import lasting
from devices.straps import in_a_line

if TYPE_CHECKING:
    from biosync.store.review.listed import Listed

BadgeRole = Literal["badge", "warn", "quiet"]


@dataclass(frozen=True, slots=True)
class RowWords:
    """``title`` names the people, ``detail`` says when, how long and how much; ``badges`` what is not as usual."""

    title: str
    detail: str
    badges: tuple[tuple[str, BadgeRole], ...]
    course: str

    @property
    def aloud(self) -> str:
        """All of it in one line, for a screen reader."""
        return ". ".join([self.title, *(text for text, _ in self.badges), self.detail, self.course])


def row_words(one: Listed) -> RowWords:
    """Return the words of a line."""
    session = one.session
    parts = [words.date(datetime.fromisoformat(session.started)), lasting(session.duration_s)]
    beats = sum(session.beats.values())
    parts.append(words.beats(beats))
    if len(one.marked) == 1:
        parts.append(words.tr("1 marker: {text}").format(text=in_a_line(one.marked[0])))
    elif one.marked:
        parts.append(words.tr("{count} markers: {text} …").format(
            count=len(one.marked), text=in_a_line(one.marked[0])))
    title = ", ".join(map(in_a_line, session.people)) or words.tr("nobody")
    return RowWords(title, " · ".join(parts), badges(one), _course(one))


def badges(one: Listed) -> tuple[tuple[str, BadgeRole], ...]:
    """Return what is not as usual about a session."""
    session = one.session
    found: list[tuple[str, BadgeRole]] = []
    if session.simulated:
        found.append((words.tr("SIMULATED"), "badge"))
    elif one.recorded:
        found.append((words.tr("REPLAY"), "badge"))
    if session.running:
        found.append((words.tr("still running"), "warn"))
    elif not session.complete:
        found.append((words.tr("cut off"), "warn"))
    return tuple(found)


def _course(one: Listed) -> str:
    if one.course is None:
        return words.tr("private")
    known = [value for value in one.course if value is not None]
    if not known:
        return words.tr("no beats")
    if round(min(known)) == round(max(known)):
        return words.tr("{n} bpm").format(n=words.number(known[0]))
    return words.tr("{low} to {high} bpm").format(low=words.number(min(known)), high=words.number(max(known)))
