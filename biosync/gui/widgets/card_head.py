"""What a card has room for: in its first line name, key, and the longest words for the state that fit beside them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

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
    """How wide the name may be, if its key stands beside it, where the room for the state begins, its words, and those
    for how it goes with those who share the cue."""

    name_width: int
    numbered: bool
    state_at: int
    said: str
    bond: str = ""


def head_of(layout: CardLayout, face: CardFace) -> CardHead:
    """Return what stands in the first line: the longest words that fit; if none do, the key goes, then the name is
    shortened."""
    bond = face.bond.shorter if face.bond is not None else ()
    troubled = face.shown.signal != "live" or face.rising
    return _fitted(round(layout.head.width()), face.person.name, face.person.number < KEYS, shorter_words(face), bond,
                   troubled)


@lru_cache(maxsize=256)
def _fitted(
    whole: int, name: str, numbered: bool, variants: tuple[str, ...], bonds: tuple[str, ...], troubled: bool
) -> CardHead:
    """Return the head of a line ``whole`` px wide. Who is ``troubled`` is told so in full before anything is said of
    others; of anybody else how it goes with them comes before the key, and before the word that all is well."""
    small, strong = QFontMetrics(font(SMALL)), QFontMetrics(font(BODY, strong=True))
    name_width = round(min(strong.horizontalAdvance(name), whole * _MOST_NAME - NAME_AT))
    keys = (True, False) if numbered else (False,)

    def fits(head: CardHead) -> bool:
        beside = small.horizontalAdvance(head.bond) + SPACE if head.bond else 0
        return small.horizontalAdvance(head.said) + beside <= whole - head.state_at

    tried = [_head(name_width, keys[0], variants[0], bond) for bond in bonds]
    if not troubled:
        tried += [_head(name_width, key, said, bond) for key in keys for said in (*variants, "") for bond in bonds]
        tried.sort(key=lambda head: not head.said)
    tried += [_head(name_width, keys[0], said) for said in variants]
    shortest = variants[-1]
    room = whole - small.horizontalAdvance(shortest) - _head(0, False, shortest).state_at
    last = _head(min(name_width, max(_LEAST_NAME, room)), False, shortest)
    return next((head for head in tried if fits(head)), last)


def why_no_curve(face: CardFace, width: int, height: int) -> str:
    """Return why a sensor has no curve of beats, as much of it as fits into the curve's place; the board's tooltip has
    the whole."""
    metrics, room = QFontMetrics(font(SMALL)), QRect(0, 0, width, height)
    for said in (words.as_sentence(words.why_signal("hr_only", face.person)), words.tr("HRV is not known")):
        needs = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter, said)
        if needs.height() <= height and needs.width() <= width:
            return said
    return ""


def _head(name: int, numbered: bool, said: str, bond: str = "") -> CardHead:
    return CardHead(name, numbered, NAME_AT + 2 + name + SPACE + (_KEY_WIDTH if numbered else 0), said, bond)
