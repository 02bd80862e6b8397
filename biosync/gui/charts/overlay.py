"""The words over a plot: labels on lines, markers, and what is said where there are no data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from biosync.events import Marker
from biosync.gui.theme import SMALL, SPACE, Look, font
from biosync.gui.widgets.labels import whole_words

_WRAPPED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
_HIGH = 18.0
_VEIL = 210
"""Of 255: so much of a curve is hidden behind the words of a marker."""


@dataclass(frozen=True, slots=True)
class Label:
    """``text`` at the point (``x``, ``y``) of the data, in the colour of ``token``; ``right``: it ends there."""

    x: float
    y: float
    text: str
    token: str = "quiet"
    right: bool = False


def fitting(message: str, place: QRectF, metrics: QFontMetrics) -> str:
    """Return ``message``, or, where ``place`` is too small for it, as many of its parts as fit: what is the matter
    stands before its colons and its semicolon, what to do behind them, and the view says the whole."""
    room = place.toRect()
    while not room.contains(metrics.boundingRect(room, int(_WRAPPED), message)):
        shorter = message.rpartition("; ")[0] or message.rpartition(": ")[0]
        if not shorter:
            break
        message = shorter
    return message


class Overlay(QWidget):
    """Lies over ``parent``; ``place`` says where a point of the data is on it."""

    def __init__(self, look: Look, parent: QWidget, place: Callable[[float, float], QPointF]) -> None:
        super().__init__(parent)
        self._look, self._place = look, place
        self._labels: tuple[Label, ...] = ()
        self._markers: tuple[Marker, ...] = ()
        self._message = ""
        self._area: Callable[[], QRectF] = lambda: QRectF(self.rect())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        parent.installEventFilter(self)

    @property
    def message(self) -> str:
        """What stands in the place of the data."""
        return self._message

    @property
    def labels(self) -> tuple[Label, ...]:
        """What is written at places of the plot."""
        return self._labels

    @property
    def markers(self) -> tuple[Marker, ...]:
        """The moments that are marked."""
        return self._markers

    def within(self, area: Callable[[], QRectF]) -> None:
        """Let ``area`` say where the data are."""
        self._area = area

    def show_message(self, text: str) -> None:
        """Show ``text`` in the middle."""
        if text != self._message:
            self._message = text
            self.update()

    def show_labels(self, labels: Sequence[Label]) -> None:
        """Write ``labels``."""
        if tuple(labels) != self._labels:
            self._labels = tuple(labels)
            self.update()

    def show_markers(self, markers: Sequence[Marker]) -> None:
        """Mark these moments; x is time."""
        if tuple(markers) != self._markers:
            self._markers = tuple(markers)
            self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as large as the plot."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.resize(watched.size())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write what there is to say."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(SMALL))
        area = self._area()
        if self._message:
            painter.setPen(self._look.color("quiet"))
            place = area.adjusted(SPACE, 0, -SPACE, 0)
            painter.drawText(place, _WRAPPED, fitting(self._message, place, painter.fontMetrics()))
        else:
            self._write(painter, area)
        self._paint_markers(painter, area)
        painter.end()

    def _write(self, painter: QPainter, area: QRectF) -> None:
        for one in self._labels:
            at = self._place(one.x, one.y)
            width = painter.fontMetrics().horizontalAdvance(one.text)
            left = at.x() - width if one.right else at.x()
            left = min(max(left, area.left()), area.right() - width)
            top = min(max(at.y() - _HIGH, area.top()), area.bottom() - _HIGH)
            painter.setPen(self._look.color(one.token))
            painter.drawText(QPointF(left, top + _HIGH - 4), one.text)

    def _paint_markers(self, painter: QPainter, area: QRectF) -> None:
        """The newest marker has its words first, an older one as many of its own as there is room for."""
        free_until = area.right()
        for one in sorted(self._markers, key=lambda marker: -marker.when):
            x = self._place(one.when, 0.0).x()
            if not area.left() <= x <= area.right():
                continue
            painter.setPen(QPen(self._look.color("accent"), 1.0, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            fitted = whole_words(painter.fontMetrics(), one.text, free_until - x - SPACE)
            if fitted:
                self._clear_behind(painter, QPointF(x + SPACE / 2, area.top()), fitted)
                painter.setPen(self._look.color("accent"))
                painter.drawText(QPointF(x + SPACE / 2, area.top() + 12), fitted)
            free_until = x

    def _clear_behind(self, painter: QPainter, at: QPointF, text: str) -> None:
        """Let a curve that runs behind these words shine through faintly, so that they can be read."""
        ground = self._look.color("surface")
        ground.setAlpha(_VEIL)
        painter.fillRect(QRectF(at.x() - 2, at.y() + 1, painter.fontMetrics().horizontalAdvance(text) + 4, 15), ground)
