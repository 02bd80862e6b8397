"""What a card has room for: in its first line name, key, and the longest words for the state that fit beside them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from biosync.gui import words
from biosync.gui.theme import BODY, SMALL, SPACE, font
from biosync.gui.widgets.card_face import CardFace, shorter_words
from biosync.gui.widgets.card_layout import CardLayout

KEYS = 8
"""So many people can be chosen by a number key."""
NAME_AT = 22
"""Where the name begins, after the shape."""
_MOST_NAME = 0.55
_LEAST_NAME = 3 * SPACE
_KEY_WIDTH = 2 * SPACE


@dataclass(frozen=True, slots=True)
class CardHead:
    """How wide the name may be, if its key stands beside it, where the room for the state begins, and its words."""

    name_width: int
    numbered: bool
    state_at: int
    said: str


def head_of(layout: CardLayout, face: CardFace) -> CardHead:
    """Return what stands in the first line: the longest words that fit; if none do, the key goes, then the name is
    shortened."""
    whole, most = layout.head.width(), layout.head.width() * _MOST_NAME - NAME_AT
    small, strong = QFontMetrics(font(SMALL)), QFontMetrics(font(BODY, strong=True))
    name = round(min(strong.horizontalAdvance(face.person.name), most))
    numbered = face.person.number < KEYS
    variants = shorter_words(face)
    for said in variants:
        head = _head(name, numbered, said)
        if small.horizontalAdvance(said) <= whole - head.state_at:
            return head
    shortest = variants[-1]
    room = round(whole) - small.horizontalAdvance(shortest) - _head(0, False, shortest).state_at
    return _head(min(name, max(_LEAST_NAME, room)), False, shortest)


def why_no_curve(face: CardFace, width: int, height: int) -> str:
    """Return why a sensor has no curve of beats, as much of it as fits into the curve's place; the board's tooltip has
    the whole."""
    metrics, room = QFontMetrics(font(SMALL)), QRect(0, 0, width, height)
    for said in (words.as_sentence(words.why_signal("hr_only", face.person)), words.tr("HRV is not known")):
        needs = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter, said)
        if needs.height() <= height and needs.width() <= width:
            return said
    return ""


def _head(name: int, numbered: bool, said: str) -> CardHead:
    return CardHead(name, numbered, NAME_AT + 2 + name + SPACE + (_KEY_WIDTH if numbered else 0), said)
