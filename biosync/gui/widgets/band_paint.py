"""The band between two people: how thick, how bright, and with an arrow only where it is known who leads."""

from __future__ import annotations

from math import atan2, cos, sin

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPen, QPolygonF

from biosync.gui.theme import Look
from biosync.gui.widgets.shapes import mix
from biosync.snapshot import PairView

_WIDTHS = {"apart": 1.0, "in step": 6.0, "beyond the cue": 11.0}
_ARROW = 11.0


def paint_band(
    painter: QPainter, look: Look, curve: QPolygonF, colors: tuple[QColor, QColor], pair: PairView, share: float = 1.0
) -> None:
    """Paint the band of ``pair`` along ``curve``, from the first one's colour to the second's; nothing where it is
    not known. ``share`` thins it where many bands have to fit."""
    state = pair.now.in_step
    if state is None:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    surface = look.color("surface")
    if state == "apart":
        painter.setPen(QPen(look.color("hairline"), _WIDTHS[state]))
        painter.drawPolyline(curve)
        return
    width = max(2.5, _WIDTHS[state] * share)
    faded = 0.45 if state == "in step" else 0.25
    painter.setPen(_pen(curve, colors, surface, faded, width, dashed=pair.opposite))
    painter.drawPolyline(curve)
    if state == "beyond the cue" and width > 5 and not pair.opposite:
        painter.setPen(QPen(mix(surface, look.color("text"), 0.85), 1.5))
        painter.drawPolyline(curve)  # a bright core: the difference is one of shape, too
    if pair.now.leader in pair.people:
        _paint_arrow(painter, look.color("text"), curve, forward=pair.now.leader == pair.people[0])


def _pen(
    curve: QPolygonF, colors: tuple[QColor, QColor], surface: QColor, faded: float, width: float, *, dashed: bool
) -> QPen:
    gradient = QLinearGradient(curve.first(), curve.last())
    for place, color in zip((0.0, 1.0), colors, strict=True):
        gradient.setColorAt(place, mix(color, surface, faded))
    pen = QPen(QBrush(gradient), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)
    if dashed:
        pen.setDashPattern([2, 1])
    return pen


def _paint_arrow(painter: QPainter, color: QColor, curve: QPolygonF, *, forward: bool) -> None:
    middle = curve.size() // 2
    at, step = curve.at(middle), 1 if forward else -1
    ahead = curve.at(middle + step)
    angle = atan2(ahead.y() - at.y(), ahead.x() - at.x())
    corners = [
        QPointF(at.x() + cos(angle + turn) * _ARROW, at.y() + sin(angle + turn) * _ARROW) for turn in (0.0, 2.4, -2.4)
    ]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF(corners))
