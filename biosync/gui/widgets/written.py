"""How wide painted words are, and the size in which they fit: what is painted by hand has no layout to ask."""

from __future__ import annotations

from PySide6.QtGui import QFontMetricsF

from biosync.gui.theme import font

_LEAST_PX = 10.0
"""Smaller letters are not read."""


def width_at(text: str, size: float) -> float:
    """Return how wide ``text`` is in letters of this size (device independent pixels)."""
    return QFontMetricsF(font(size)).horizontalAdvance(text)


def fitted_px(text: str, size: float, room: float) -> float:
    """Return the size of letters, at most ``size``, in which ``text`` is no wider than ``room``; 10 at least."""
    while size > _LEAST_PX and width_at(text, size) > room and text:
        size = max(_LEAST_PX, float(int(size - 0.01)))  # the next whole size: letters come in no others
    return size
