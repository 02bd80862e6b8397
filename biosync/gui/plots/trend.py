"""The plot of one figure over weeks: a dot a session, the person's own median as a line, spreads as bars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from biosync.gui import words
from biosync.gui.charts.ranges import marks, step_for
from biosync.gui.plots.axes import Axes, Scale, around, draw_grid, inner
from biosync.gui.theme import Tokens, font

_DOT = 3.0
_MOST_DATES = 5


def draw_trend(p: QPainter, rect: QRectF, first: datetime, days: Sequence[float], values: Sequence[float],
               tokens: Tokens, color: QColor, size: float, *, unit: str, least: float, median: float | None = None,
               spreads: Sequence[float] = (), last_day: float = 0.0,
               y_range: tuple[float, float] | None = None) -> None:
    """Draw ``values`` (n,) at ``days`` (n,) since ``first``, up to ``last_day`` or the last of them; ``spreads`` (n,)
    reach as far to both sides."""
    bars = np.asarray(spreads if spreads else np.zeros(len(values)))
    known = np.asarray(values, dtype=np.float64)
    reach = y_range or around(np.concatenate([known - bars, known + bars]), least, 0.0)
    axes = Axes(inner(rect), _days(days, last_day), reach)
    ticks = marks(*axes.y, 3)
    digits = 0 if step_for(axes.y[1] - axes.y[0], 3) >= 1 else 1
    y = Scale(ticks, [words.number(one, digits) for one in ticks], unit)
    draw_grid(p, axes, tokens, _dates(first, *axes.x), y, size)
    if median is not None:
        at = axes.up(median)
        p.setPen(QPen(QColor(tokens.quiet), 1.0, Qt.PenStyle.DashLine))
        p.drawLine(QPointF(axes.rect.left(), at), QPointF(axes.rect.right(), at))
    p.setPen(QPen(color, 1.2))
    for day, value, spread in zip(days, values, bars.tolist(), strict=True):
        if spread:
            p.drawLine(axes.at(day, value - spread), axes.at(day, value + spread))
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(color)
    for day, value in zip(days, values, strict=True):
        p.drawEllipse(axes.at(day, value), _DOT, _DOT)
    p.setBrush(Qt.BrushStyle.NoBrush)
    if median is not None:
        p.setFont(font(size, tabular=False))
        p.setPen(QColor(tokens.quiet))
        said = words.tr("own median {value}").format(value=words.number(median, digits))
        top = axes.up(median) - 16
        p.drawText(QRectF(axes.rect.left() + 4, top, axes.rect.width() - 4, 14), Qt.AlignmentFlag.AlignLeft, said)


def _days(days: Sequence[float], last_day: float) -> tuple[float, float]:
    end = max([last_day, *days, 1.0])
    return -0.03 * end, 1.03 * end


def _dates(first: datetime, low: float, high: float) -> Scale:
    span = high - low
    step = max(1.0, np.ceil(span / _MOST_DATES))
    ticks = [float(one) for one in np.arange(0.0, high, step)]
    return Scale(ticks, [words.day(first + timedelta(days=one)) for one in ticks])
