"""The soft disc's brush: a flat core and an edge that no line betrays."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QBrush, QColor, QRadialGradient

from biosync.gui.widgets.shapes import mix

_SOFT = tuple((step / 8, (step / 8) ** 2 * (3 - 2 * step / 8)) for step in range(9))
"""A smooth step from the core's colour to the surface's, so that no line shows where the edge begins."""


def soft_brush(center: QPointF, radius: float, edge: float, core: QColor, surface: QColor) -> QBrush:
    """Return a brush that is ``core`` up to ``edge`` within ``radius`` and ``surface`` from there outwards."""
    gradient = QRadialGradient(center, radius)
    flat = 1.0 - edge / radius
    for place, share in _SOFT:
        gradient.setColorAt(flat + (1.0 - flat) * place, mix(core, surface, share))
    return QBrush(gradient)
