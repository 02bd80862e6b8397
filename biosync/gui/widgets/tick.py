"""A box to tick and a choice from a list, with marks that do not rest on colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QStyle, QStyleOptionButton

from biosync.gui.theme import SPACE, Look


class Tick(QCheckBox):
    """A box with a tick in it when it is checked; Space checks it."""

    def __init__(self, look: Look, text: str = "") -> None:
        super().__init__(text)
        self._look = look
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, and the tick over it."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = QRectF(self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(_pen(self._look, "on_accent", 2.0))
        painter.drawPolyline(QPolygonF([_at(box, 0.24, 0.54), _at(box, 0.43, 0.72), _at(box, 0.77, 0.3)]))
        painter.end()


class Choice(QComboBox):
    """One of a list, with a mark that shows that it opens."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move or open; letters keep the meaning that they have in the window, until the list is open."""
        if event.text().strip() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is chosen, and the mark."""
        super().paintEvent(event)
        box = QRectF(self.width() - 3 * SPACE, self.height() / 2 - SPACE / 2, SPACE, SPACE)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(_pen(self._look, "quiet", 1.5))
        painter.drawPolyline(QPolygonF([_at(box, 0.0, 0.3), _at(box, 0.5, 0.8), _at(box, 1.0, 0.3)]))
        painter.end()


def _pen(look: Look, token: str, width: float) -> QPen:
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    return QPen(look.color(token), width, Qt.PenStyle.SolidLine, cap, join)


def _at(box: QRectF, x: float, y: float) -> QPointF:
    return QPointF(box.left() + x * box.width(), box.top() + y * box.height())
