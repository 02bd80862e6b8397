"""The region of a ring as few rectangles, so that a breath repaints only what has changed."""

from __future__ import annotations

from math import ceil, floor, sqrt

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QRegion

_BANDS = 24
"""Two rectangles a band: over about 64 Qt fills the bounding box instead."""


def ring_region(center: QPointF, inner: float, outer: float) -> QRegion:
    """Return a region that covers every pixel between the circles ``inner`` and ``outer`` around ``center``.

    All in device independent pixels; the region is a little larger than the ring, never smaller.
    """
    if outer <= 0:
        return QRegion()
    top, bottom = floor(center.y() - outer) - 1, ceil(center.y() + outer) + 1
    height = max(1, ceil((bottom - top) / _BANDS))
    region = QRegion()
    for y in range(top, bottom, height):
        for rect in _band(center, inner, outer, y, min(y + height, bottom)):
            region += rect
    return region


def _band(center: QPointF, inner: float, outer: float, y0: int, y1: int) -> list[QRect]:
    near, far = _distances(center.y(), y0, y1)
    half_out = _half_width(outer, near) + 1
    half_in = _half_width(inner, far) - 1
    left, right = floor(center.x() - half_out), ceil(center.x() + half_out)
    if half_in <= 1:
        return [QRect(left, y0, right - left, y1 - y0)]
    hole_left, hole_right = ceil(center.x() - half_in), floor(center.x() + half_in)
    return [
        QRect(left, y0, hole_left - left, y1 - y0),
        QRect(hole_right, y0, right - hole_right, y1 - y0),
    ]


def _distances(y: float, y0: float, y1: float) -> tuple[float, float]:
    a, b = abs(y0 - y), abs(y1 - y)
    return (0.0 if y0 <= y <= y1 else min(a, b)), max(a, b)


def _half_width(radius: float, distance: float) -> float:
    return sqrt(max(0.0, radius * radius - distance * distance))
