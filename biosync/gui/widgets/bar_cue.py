"""The breath as a bar that fills and drains: the cue for reduced motion."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from biosync.gui import words
from biosync.gui.theme import BODY, LARGE, SMALL, SPACE, Look, font
from biosync.gui.widgets.cue_face import CueFace
from biosync.gui.widgets.shapes import mix

_WIDTH = 6 * SPACE


class BarCue(QWidget):
    """Paints a level of 0 to 1 as the filling of an upright bar, with the words beside it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._face = CueFace()
        self._level = 0.0
        self._small = False
        self._bar = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(words.tr("Breath cue"))
        look.changed.connect(self.update)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size in which the words fit."""
        return QSize(320, 200)

    def show_face(self, face: CueFace) -> None:
        """Show these words and this coherence from now on."""
        if face != self._face:
            self._face = face
            self.setAccessibleDescription(", ".join(filter(None, (face.word, face.pace))))
            self.update()

    def make_small(self, small: bool) -> None:
        """Be small, for open eyes, or fill the view."""
        if small != self._small:
            self._small = small
            self._place()
            self.update()

    def move_to(self, level: float, word_opacity: float = 1.0) -> None:
        """Fill the bar to ``level`` (0 to 1); the words stay still, so ``word_opacity`` changes nothing."""
        before, self._level = self._fill_top(), level
        after = self._fill_top()
        if before != after:
            low, high = sorted((before, after))
            self.update(QRect(self._bar.left(), low - 1, self._bar.width(), high - low + 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out the bar."""
        self._place()

    def _place(self) -> None:
        height = max(SPACE, (self.height() - 4 * SPACE) // (2 if self._small else 1))
        self._bar = QRect(self.width() // 2 - _WIDTH // 2, (self.height() - height) // 2, _WIDTH, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what ``event`` asks for."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._look.color("surface"))
        # The outline says where the bar ends: in high contrast its ground is the window's.
        painter.fillRect(self._bar.adjusted(-1, -1, 1, 1), self._look.color("hairline"))
        painter.fillRect(self._bar, self._look.color("raised"))
        top = self._fill_top()
        filled = QRect(self._bar.left(), top, self._bar.width(), self._bar.bottom() + 1 - top)
        disc = mix(self._look.color("raised"), self._look.color("disc"), self._face.strength)
        painter.fillRect(filled, disc)
        if not self._bar.contains(event.rect()):
            self._paint_words(painter)
        painter.end()

    def _fill_top(self) -> int:
        return self._bar.bottom() + 1 - round(self._bar.height() * self._level)

    def _paint_words(self, painter: QPainter) -> None:
        face = self._face
        middle = self._bar.center().y()
        left = QRectF(0, middle - 60, self._bar.left() - 3 * SPACE, 60)
        right = QRectF(self._bar.right() + 3 * SPACE, middle - 60, self.width() - self._bar.right() - 3 * SPACE, 60)
        to_right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        to_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._line(painter, left, face.word, LARGE, "text", to_right)
        self._line(painter, left.translated(0, 44), face.pace, BODY, "quiet", to_right)
        if face.coherence.state in ("waiting", "private"):
            return
        if not face.numbers:
            return
        live = face.coherence.state == "live"
        title = words.tr("coherence, early") if face.coherence.early else words.tr("coherence")
        self._line(painter, right, words.whole(face.coherence), LARGE, "text" if live else "quiet", to_left)
        self._line(painter, right.translated(0, 44), title, BODY, "quiet", to_left)
        noted = {"held": "warn", "lost": "alert"}.get(face.coherence.state, "quiet")
        self._line(painter, right.translated(0, 72), face.note, SMALL, noted, to_left)

    def _line(
        self, painter: QPainter, box: QRectF, text: str, size: float, token: str, align: Qt.AlignmentFlag
    ) -> None:
        painter.setFont(font(size))
        painter.setPen(self._look.color(token))
        painter.drawText(box, align, text)
