"""The narrow list of clients beside one client's charts: it still shows who needs the coach."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from biosync.gui import words
from biosync.gui.theme import BODY, RADIUS, SMALL, SPACE, Look, font, person_shape
from biosync.gui.widgets.card_face import CardFace, shorter_words, state_token, state_words
from biosync.gui.widgets.shapes import draw_shape

ROW = 6 * SPACE
_RATE = 5 * SPACE


class ClientList(QWidget):
    """A row a client, in the order of the board. ``picked`` carries the name on the row that was clicked."""

    picked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._faces: tuple[CardFace, ...] = ()
        self._keys: tuple[tuple[object, ...], ...] = ()
        self._open = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words.tr("All clients, those who need you first"))
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the height of all rows."""
        return QSize(26 * SPACE, ROW * max(1, len(self._faces)))

    def show_faces(self, faces: Sequence[CardFace], open_name: str) -> None:
        """Show ``faces``, with the one named ``open_name`` marked."""
        keys = tuple(face.key[:7] for face in faces)
        if keys == self._keys and open_name == self._open:
            return
        if len(faces) != len(self._faces):
            self.updateGeometry()
        self._faces, self._keys, self._open = tuple(faces), keys, open_name
        told = [f"{face.person.name}: {state_words(face)}" for face in faces if state_token(face) != "quiet"]
        self.setAccessibleDescription("; ".join(told) or words.tr("nobody needs you now"))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the row under the pointer."""
        row = int(event.position().y() // ROW)
        if 0 <= row < len(self._faces):
            self.picked.emit(self._faces[row].person.name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row, face in enumerate(self._faces):
            self._paint_row(painter, QRectF(0, row * ROW, self.width(), ROW - SPACE / 2), face)
        painter.end()

    def _paint_row(self, painter: QPainter, box: QRectF, face: CardFace) -> None:
        look, person, token = self._look, face.person, state_token(face)
        if person.name == self._open:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("pressed"))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        if token != "quiet":
            painter.fillRect(QRectF(box.left(), box.top() + SPACE, 3, box.height() - 2 * SPACE), look.color(token))
        middle = QPointF(box.left() + 2 * SPACE, box.top() + 1.75 * SPACE)
        draw_shape(painter, person_shape(person.number), middle, 5.0, look.person_color(person.number))
        text = box.adjusted(3.5 * SPACE, 4, -_RATE, 0)
        self._write(painter, text, person.name, "text", strong=person.name == self._open)
        under, small = text.adjusted(0, 2.5 * SPACE, SPACE * 4, 0), QFontMetricsF(font(SMALL))
        fitting = (said for said in shorter_words(face) if small.horizontalAdvance(said) <= under.width())
        self._write(painter, under, next(fitting, state_words(face)), token)
        live = face.shown.heart_rate.state == "live"
        painter.setFont(font(BODY, strong=live))
        painter.setPen(look.color("text" if live else "lost"))
        rate = QRectF(box.right() - _RATE, box.top() + 4, _RATE - SPACE, 2.5 * SPACE)
        value = words.whole(face.shown.heart_rate) if face.shown.heart_rate.state != "private" else ""
        painter.drawText(rate, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, value)

    def _write(self, painter: QPainter, box: QRectF, text: str, token: str, *, strong: bool = False) -> None:
        painter.setFont(font(SMALL, strong=strong))
        painter.setPen(self._look.color(token))
        fitted = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, fitted)
