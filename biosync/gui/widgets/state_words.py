"""The state of those who breathe together, in words under the cue."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from biosync.gui import words
from biosync.gui.in_step import Said
from biosync.gui.theme import SMALL, SPACE, Look, font

_SIZE = 20.0


class StateWords(QWidget):
    """The state, and in quiet letters what belongs to it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._said = Said("")
        self.setFixedHeight(7 * SPACE)
        self.setAccessibleName(words.tr("How you go together"))
        look.changed.connect(self.update)

    @property
    def said(self) -> Said:
        """What stands there."""
        return self._said

    def show_said(self, said: Said) -> None:
        """Show ``said`` from now on."""
        if said != self._said:
            self._said = said
            self.setAccessibleDescription(", ".join(part for part in (said.state, said.detail) if part))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint both lines."""
        painter = QPainter(self)
        middle = Qt.AlignmentFlag.AlignCenter
        painter.setFont(font(_SIZE, strong=True))
        painter.setPen(self._look.color("text"))
        painter.drawText(QRectF(0, 0, self.width(), 4 * SPACE), middle, self._said.state)
        painter.setFont(font(SMALL))
        painter.setPen(self._look.color("quiet"))
        painter.drawText(QRectF(0, 4 * SPACE, self.width(), 2.5 * SPACE), middle, self._said.detail)
        painter.end()
