"""The strength of a strap's signal as four bars, with the words for those who can't see them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from biosync.gui import words
from biosync.gui.theme import SPACE, Look

BARS = 4
_STEPS_DBM = (-90, -80, -70, -60)
"""From each of these on one bar more is lit."""
_WIDTH, _GAP = 4, 2


def lit(rssi_dbm: int | None) -> int:
    """Return how many of the four bars are lit: none where the strength is not known."""
    if rssi_dbm is None:
        return 0
    return max(1, sum(rssi_dbm >= step for step in _STEPS_DBM))


class SignalBars(QWidget):
    """Paints a signal's strength; its accessible name says it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lit = 0
        self.setFixedSize(self.sizeHint())
        self.show_strength(None)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the size of the four bars."""
        return QSize(BARS * (_WIDTH + _GAP), 2 * SPACE + 2)

    def show_strength(self, rssi_dbm: int | None) -> None:
        """Show the strength ``rssi_dbm``, None where the system does not tell."""
        said = words.strap_strength(rssi_dbm)
        self.setAccessibleName(said)
        self.setToolTip(said if rssi_dbm is None else f"{said}, {rssi_dbm} dBm")
        self._lit = lit(rssi_dbm)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars."""
        painter = QPainter(self)
        for bar in range(BARS):
            height = self.height() * (bar + 1) / BARS
            color = self._look.color("accent" if bar < self._lit else "hairline")
            painter.fillRect(QRectF(bar * (_WIDTH + _GAP), self.height() - height, _WIDTH, height), color)
        painter.end()
