"""Where things stand on the coach's board: pure geometry, in device independent pixels."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QRect, QRectF

from biosync.gui.theme import SPACE

GAP = 2 * SPACE
MOST = 16
"""How many cards a page holds."""
_LARGEST = (700, 520)
_ASPECT = 1.35
_TITLE = 18
_TALL, _WIDE = 176, 230
"""From this size on (px) there is room for a large heart rate."""
_SCALED = 220
"""From this height on (px) there is room for words over the curves."""
_ROW, _ABOVE_ROW, _BESIDE = 18, 4, 14 * SPACE
"""A row of the history with its title (px): how high, how far below the heart's curve, how wide the title is."""
_LOW = 14
"""So high is its curve under a title, where there is little room."""
_FIGURE = 4 * SPACE
"""So wide a coherence is."""
_LEAST_TRACE, _LEAST_HISTORY, _LEAST_BEHIND = 40, 6 * SPACE, 3 * SPACE
"""What can still be read (px): the height of the heart's curve, the width of the history in a row, and behind a
figure."""


@dataclass(frozen=True, slots=True)
class CardLayout:
    """The places on one card, relative to its top left corner. ``scale`` (the words over the curve), ``history`` and
    its ``history_title`` are empty where there is no room."""

    width: int
    height: int
    compact: bool
    head: QRectF
    rate: QRectF
    rmssd: QRectF
    coherence: QRectF
    scale: QRectF
    trace: QRect
    history: QRect
    history_title: QRectF


def grid(count: int, width: int, height: int) -> list[QRect]:
    """Return the rectangles of ``count`` cards (at most MOST) in an area of ``width`` by ``height``."""
    count = min(count, MOST)
    if count == 0:
        return []
    columns = max(range(1, count + 1), key=lambda tried: _fit(tried, count, width, height))
    card_width, card_height = _card_size(columns, count, width, height)
    return [
        QRect((i % columns) * (card_width + GAP), (i // columns) * (card_height + GAP), card_width, card_height)
        for i in range(count)
    ]


def columns(places: list[QRect]) -> int:
    """Return how many of ``places`` stand side by side, at least 1."""
    return max(1, sum(place.top() == places[0].top() for place in places)) if places else 1


def card_layout(width: int, height: int) -> CardLayout:
    """Return the places on a card of ``width`` by ``height``; a small card leaves out what can't be read on it."""
    compact = height < _TALL or width < _WIDE
    edge = SPACE if compact else 2 * SPACE
    inner = width - 2 * edge
    head = QRectF(edge, edge, inner, 20)
    top = head.bottom() + (2 if compact else SPACE)
    tall = 36 if compact else 44
    rate, rmssd = (0.27, 0.36) if compact else (0.42, 0.29)
    coherence = QRectF(edge + inner * (rate + rmssd), top, inner * (1 - rate - rmssd), tall)
    scaled = height >= _SCALED
    scale = QRectF(edge, top + tall + SPACE, inner, _TITLE if scaled else 0)
    trace_top = round(scale.bottom() if scaled else top + tall + (2 if compact else SPACE))
    history, title, bottom = _history(QRect(edge, trace_top, inner, height - edge - trace_top), coherence, scaled)
    return CardLayout(
        width,
        height,
        compact,
        head,
        QRectF(edge, top, inner * rate - 2, tall),
        QRectF(edge + inner * rate, top, inner * rmssd - 2, tall),
        coherence,
        scale,
        QRect(edge, trace_top, inner, max(12, bottom - trace_top)),
        history,
        title,
    )


def _history(room: QRect, figure: QRectF, large: bool) -> tuple[QRect, QRectF, int]:
    """Return the places of the history's curve and of its title, and where the heart's curve ends above them. On a
    ``large`` card it lies under its title at the foot of the ``room`` of both curves, on a smaller one beside it. Where
    the heart's curve would get too low, it stands without a title behind the ``figure`` that it is of."""
    bottom = room.top() + room.height()
    if large:
        return _under(room, max(40, round(room.height() * 0.3)), SPACE)
    free = room.height() - _ABOVE_ROW - _LEAST_TRACE
    if free >= _ROW and room.width() - _BESIDE >= _LEAST_HISTORY:
        top = bottom - _ROW
        beside = QRect(room.left() + _BESIDE, top, room.width() - _BESIDE, _ROW)
        return beside, QRectF(room.left(), top, _BESIDE, _ROW), top - _ABOVE_ROW
    if free >= _TITLE + _LOW and room.width() >= _BESIDE:
        return _under(room, _TITLE + _LOW, _ABOVE_ROW)
    behind = figure.adjusted(_FIGURE, _TITLE, 0, 0).toRect()
    return (behind if behind.width() >= _LEAST_BEHIND else QRect()), QRectF(), bottom


def _under(room: QRect, high: int, space: int) -> tuple[QRect, QRectF, int]:
    """Return the same with the curve under its title, both together ``high`` px, ``space`` below the heart's curve."""
    top = room.top() + room.height() - high
    title = QRectF(room.left(), top, room.width(), 16)
    return QRect(room.left(), top + _TITLE, room.width(), high - _TITLE), title, top - space


def _card_size(columns: int, count: int, width: int, height: int) -> tuple[int, int]:
    rows = ceil(count / columns)
    card_width = (width - GAP * (columns - 1)) // columns
    card_height = (height - GAP * (rows - 1)) // rows
    return min(card_width, _LARGEST[0]), min(card_height, _LARGEST[1])


def _fit(columns: int, count: int, width: int, height: int) -> float:
    card_width, card_height = _card_size(columns, count, width, height)
    return min(card_width / _ASPECT, card_height)
