"""The axes of a small plot: from values to places, round ticks, a hairline grid with its units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from biosync.gui.theme import Tokens, font
from biosync.types import FloatArray

TICK_ROOM = 40.0
"""So much room is kept for the labels left of a plot, in its own units."""
HEAD_ROOM, FOOT_ROOM = 26.0, 20.0
"""And so much over it, for the unit, and under it."""


@dataclass(frozen=True, slots=True)
class Axes:
    """Where the values from ``x`` and ``y`` (low, high) lie in ``rect``; y goes up."""

    rect: QRectF
    x: tuple[float, float]
    y: tuple[float, float]

    def at(self, x: float, y: float) -> QPointF:
        """Return the place of a value."""
        return QPointF(self.along(x), self.up(y))

    def along(self, x: float) -> float:
        """Return how far to the right ``x`` lies."""
        low, high = self.x
        return self.rect.left() + (x - low) / ((high - low) or 1.0) * self.rect.width()

    def up(self, y: float) -> float:
        """Return where ``y`` lies from the top."""
        low, high = self.y
        return self.rect.bottom() - (y - low) / ((high - low) or 1.0) * self.rect.height()

    def polygon(self, x: FloatArray, y: FloatArray) -> QPolygonF:
        """Return the places of values (n,)."""
        return QPolygonF([self.at(float(a), float(b)) for a, b in zip(x, y, strict=True)])


@dataclass(frozen=True, slots=True)
class Scale:
    """The labels along one side: ``ticks`` with their ``labels``, and the ``unit``."""

    ticks: Sequence[float]
    labels: Sequence[str]
    unit: str = ""


def inner(rect: QRectF) -> QRectF:
    """Return what is left of ``rect`` beside the labels."""
    return rect.adjusted(TICK_ROOM, HEAD_ROOM, -4.0, -FOOT_ROOM)


def around(values: FloatArray, least: float, floor: float | None = None) -> tuple[float, float]:
    """Return a range (low, high) that holds the known ``values`` with a little room, at least ``least`` wide."""
    known = values[np.isfinite(values)]
    if not len(known):
        return (0.0 if floor is None else floor), (0.0 if floor is None else floor) + least
    low, high = float(known.min()), float(known.max())
    room = max(0.06 * (high - low), (least - (high - low)) / 2)
    low, high = low - room, high + room
    if floor is not None and low < floor:
        low, high = floor, max(high, floor + least)
    return low, high


def draw_grid(p: QPainter, axes: Axes, tokens: Tokens, x: Scale, y: Scale, size: float) -> None:
    """Draw hairlines at the ticks of ``y`` and the labels of both, the units beside the last one."""
    rect = axes.rect
    p.setFont(font(size, tabular=False))
    for value, text in zip(y.ticks, y.labels, strict=True):
        at = axes.up(value)
        p.setPen(QPen(QColor(tokens.hairline), 0.6))
        p.drawLine(QPointF(rect.left(), at), QPointF(rect.right(), at))
        p.setPen(QColor(tokens.quiet))
        box = QRectF(rect.left() - TICK_ROOM, min(at, rect.bottom() - 3) - 8, TICK_ROOM - 6, 16)
        p.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    _draw_foot(p, axes, tokens, x)
    if y.unit:
        p.drawText(QRectF(rect.left() - TICK_ROOM, rect.top() - HEAD_ROOM, rect.width() + TICK_ROOM, 14),
                   Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, y.unit)


def _draw_foot(p: QPainter, axes: Axes, tokens: Tokens, x: Scale) -> None:
    rect, metrics = axes.rect, p.fontMetrics()
    p.setPen(QColor(tokens.quiet))
    unit_from = rect.right() - metrics.horizontalAdvance(x.unit)
    for value, text in zip(x.ticks, x.labels, strict=True):
        width = metrics.horizontalAdvance(text) + 2
        left = min(max(axes.along(value) - width / 2, rect.left() - TICK_ROOM), rect.right() - width)
        if x.unit and left + width > unit_from - 6:
            continue  # the unit stands there
        p.drawText(QRectF(left, rect.bottom() + 5, width, 14), Qt.AlignmentFlag.AlignCenter, text)
    if x.unit:
        box = QRectF(unit_from - 2, rect.bottom() + 5, rect.right() - unit_from + 4, 14)
        p.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, x.unit)
