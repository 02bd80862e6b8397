"""People's shapes and small painting helpers."""

from __future__ import annotations

from math import cos, pi, sin

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QPolygonF

from biosync.gui.theme import Shape

_CORNERS: dict[Shape, tuple[int, float, float]] = {
    # corners, turn of the first corner in cycles (0 = up), scale that makes the shapes look equally large
    "triangle": (3, 0.0, 1.2),
    "square": (4, 0.125, 1.2),
    "diamond": (4, 0.0, 1.15),
    "hexagon": (6, 1 / 12, 1.05),
    "pentagon": (5, 0.0, 1.1),
}


def draw_shape(painter: QPainter, shape: Shape, center: QPointF, radius: float, color: QColor) -> None:
    """Paint ``shape`` around ``center``; ``radius`` in device independent pixels."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    if shape == "circle":
        painter.drawEllipse(center, radius, radius)
        return
    corners, turn, scale = _CORNERS[shape]
    angles = [2 * pi * (turn + corner / corners) for corner in range(corners)]
    down = radius * 0.15 if shape == "triangle" else 0.0
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(center.x() + sin(a) * radius * scale, center.y() + down - cos(a) * radius * scale)
                for a in angles
            ]
        )
    )


def shape_pixmap(shape: Shape, color: QColor, size: int, ratio: float) -> QPixmap:
    """Return ``shape`` as a picture of ``size`` device independent pixels for a screen of pixel ratio ``ratio``."""
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw_shape(painter, shape, QPointF(size / 2, size / 2), size * 0.38, color)
    painter.end()
    return pixmap


def mix(a: QColor, b: QColor, share: float) -> QColor:
    """Return the opaque colour that is ``share`` (0 to 1) of the way from ``a`` to ``b``."""
    share = min(1.0, max(0.0, share))
    return QColor.fromRgbF(
        a.redF() + (b.redF() - a.redF()) * share,
        a.greenF() + (b.greenF() - a.greenF()) * share,
        a.blueF() + (b.blueF() - a.blueF()) * share,
    )
