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


@dataclass(frozen=True, slots=True)
class CardLayout:
    """The places on one card, relative to its top left corner. ``scale`` (the words over the curve) and ``history``
    are empty where there is no room."""

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
    history_height = 0 if height < 220 else max(40, round((height - top - tall) * 0.26))
    history = QRect(edge, height - edge - history_height, inner, history_height)
    scale = QRectF(edge, top + tall + SPACE, inner, _TITLE if history_height else 0)
    trace_top = round(scale.bottom() if history_height else top + tall + (2 if compact else SPACE))
    bottom = history.top() - (SPACE if history_height else 0)
    return CardLayout(
        width,
        height,
        compact,
        head,
        QRectF(edge, top, inner * rate - 2, tall),
        QRectF(edge + inner * rate, top, inner * rmssd - 2, tall),
        QRectF(edge + inner * (rate + rmssd), top, inner * (1 - rate - rmssd), tall),
        scale,
        QRect(edge, trace_top, inner, max(12, bottom - trace_top)),
        history,
    )


def _card_size(columns: int, count: int, width: int, height: int) -> tuple[int, int]:
    rows = ceil(count / columns)
    card_width = (width - GAP * (columns - 1)) // columns
    card_height = (height - GAP * (rows - 1)) // rows
    return min(card_width, _LARGEST[0]), min(card_height, _LARGEST[1])


def _fit(columns: int, count: int, width: int, height: int) -> float:
    card_width, card_height = _card_size(columns, count, width, height)
    return min(card_width / _ASPECT, card_height)
