"""A veil over the page while a card lies on it: what is behind steps back, and no half of a word competes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from biosync.gui.theme import Look

_OPACITY = 0.72
"""So much of the page's colour lies over the page: that it goes on is still seen."""


class Veil(QWidget):
    """Covers ``over`` while it is shown; the mouse goes through it."""

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(over)
        self._look, self._over = look, over
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        look.changed.connect(self.update)
        over.installEventFilter(self)
        self.hide()

    def cover(self) -> None:
        """Lie over all that is there now."""
        self.resize(self._over.size())
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as what it covers."""
        if watched is self._over and event.type() == QEvent.Type.Resize and not self.isHidden():
            self.resize(self._over.size())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        color = self._look.color("surface")
        color.setAlphaF(_OPACITY)
        painter = QPainter(self)
        painter.fillRect(event.rect(), color)
        painter.end()
