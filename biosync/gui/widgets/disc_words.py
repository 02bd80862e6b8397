"""Words within a disc: as large as they can be without leaving it when it is smallest, in more lines if need be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import hypot

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from biosync.gui.theme import font

_LEAST_WORD, _LEAST_PACE = 13.0, 11.0
"""No smaller than this (px), even where a word does not fit."""
_LINE = 1.2
"""How high a line is, as a share of the letters' size."""
_SEEN = 0.7
"""So much of the letters' size is seen of a line without descenders."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its ``size`` and ``width`` in px, its middle ``y`` below the disc's; ``strong`` for the word itself."""

    text: str
    size: float
    width: float
    y: float
    strong: bool

    def box(self, center: QPointF) -> QRectF:
        """Return where it stands in a disc round ``center``."""
        half = self.width / 2 + 2
        return QRectF(center.x() - half, center.y() + self.y - self.size, 2 * half, 2 * self.size)

    def fits(self, radius: float) -> bool:
        """Tell if it stands within a disc of ``radius``."""
        return hypot(self.width / 2, abs(self.y) + self.size * _SEEN / 2) <= radius


@lru_cache(maxsize=64)
def lines_within(radius: float, word: str, word_size: float, pace: str, pace_size: float) -> tuple[Line, ...]:
    """Return the lines of ``word`` and, under it, ``pace``, no larger than these sizes (px); where there is no room for
    both, those of the word alone."""
    for shrunk, word_lines, pace_lines in _tries():
        first, second = max(_LEAST_WORD, word_size * shrunk), max(_LEAST_PACE, pace_size * shrunk)
        rows = [(text, first, True) for text in _split(word, word_lines)]
        rows += [(text, second, False) for text in _split(pace, pace_lines)]
        lines = _stacked(rows)
        if all(line.fits(radius) for line in lines):
            return lines
    if pace:
        return lines_within(radius, word, word_size, "", pace_size)
    return _stacked([(word, _LEAST_WORD, True)])


def _tries() -> Iterator[tuple[float, int, int]]:
    """Yield sizes and numbers of lines, the best first: a little smaller rather than another line."""
    smaller = (1.0, 0.9, 0.8)
    for shrunk in smaller:
        yield shrunk, 1, 1
    for shrunk in (*smaller, 0.7):
        for word_lines, pace_lines in ((1, 2), (2, 1), (2, 2)):
            yield shrunk, word_lines, pace_lines


def _split(text: str, count: int) -> list[str]:
    """Return ``text`` in at most ``count`` lines (1 or 2), about equally long."""
    if not text:
        return []
    spaces = [place for place, letter in enumerate(text) if letter == " "]
    if count == 1 or not spaces:
        return [text]
    middle = min(spaces, key=lambda place: max(place, len(text) - place - 1))
    return [text[:middle], text[middle + 1:]]


def _stacked(rows: list[tuple[str, float, bool]]) -> tuple[Line, ...]:
    y, lines = -sum(size * _LINE for _, size, _ in rows) / 2, []
    for text, size, strong in rows:
        width = QFontMetricsF(font(size)).horizontalAdvance(text)
        lines.append(Line(text, size, width, y + size * _LINE / 2, strong))
        y += size * _LINE
    return tuple(lines)
