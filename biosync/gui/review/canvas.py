"""A place on the screen where a plot is painted by hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from biosync.gui.theme import Look, Tokens

Paint = Callable[[QPainter, QRectF, Tokens], None]


class Canvas(QWidget):
    """Paints what it was last given; ``name`` and ``told`` are for a screen reader."""

    def __init__(self, look: Look, height: int) -> None:
        super().__init__()
        self._look = look
        self._paint: Paint | None = None
        self.setMinimumHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    def show_plot(self, paint: Paint, name: str, told: str = "") -> None:
        """Paint this from now on."""
        self._paint = paint
        self.setAccessibleName(name)
        self.setAccessibleDescription(told)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._paint is not None:
            self._paint(painter, QRectF(self.rect()), self._look.tokens)
        painter.end()
