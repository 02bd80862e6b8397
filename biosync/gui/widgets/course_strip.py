"""The strip of the session: when people were in step, apart, and together again."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from biosync.gui import words
from biosync.gui.in_step import lasting, pieces
from biosync.gui.theme import SMALL, SPACE, Look, font
from biosync.snapshot import PairView

HEIGHT = 14 * SPACE
_SIDE, _LINE, _BAR = 9 * SPACE, 6 * SPACE, 9.0
_LEAST_S = 300.0


class CourseStrip(QWidget):
    """The whole session from left to right; a bar where people were in step, as thick as many of the pairs were."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._pairs: tuple[PairView, ...] = ()
        self._now = 0.0
        self._numbers = True
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words.tr("This session: in step, apart, together again"))
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the height that the strip keeps."""
        return QSize(600, HEIGHT)

    def show_modes(self, *, numbers: bool) -> None:
        """Show minutes and how long things took, or neither."""
        self._numbers = numbers
        self.update()

    def show_course(self, pairs: tuple[PairView, ...], now: float) -> None:
        """Show the course of ``pairs`` up to ``now`` (s)."""
        if pairs == self._pairs and abs(self._x(now) - self._x(self._now)) < 0.5:
            return
        self._pairs, self._now = pairs, now
        self.setAccessibleDescription(self._summary())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, the bars, the turns and the minutes."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._look.color("surface"))
        painter.setFont(font(SMALL))
        painter.setPen(self._look.color("quiet"))
        painter.drawText(QPointF(_SIDE, 2.5 * SPACE), words.tr("this session"))
        self._paint_minutes(painter)
        self._paint_bars(painter)
        if len(self._pairs) == 1:
            self._paint_turns(painter, self._pairs[0])
        painter.setPen(QPen(self._look.color("text"), 2))
        x = self._x(self._now)
        painter.drawLine(QPointF(x, _LINE - 1.5 * SPACE), QPointF(x, _LINE + 1.5 * SPACE))
        painter.end()

    @property
    def _whole_s(self) -> float:
        return max(_LEAST_S, ceil(self._now / _LEAST_S) * _LEAST_S)

    def _x(self, t: float) -> float:
        return _SIDE + (self.width() - 2 * _SIDE) * t / self._whole_s

    def _paint_minutes(self, painter: QPainter) -> None:
        painter.setPen(QPen(self._look.color("hairline"), 1))
        painter.drawLine(QPointF(_SIDE, _LINE), QPointF(self.width() - _SIDE, _LINE))
        painter.setPen(self._look.color("quiet"))
        step = max(1, round(self._whole_s / 60 / 5))
        for minute in range(0, round(self._whole_s / 60) + 1, step) if self._numbers else ():
            box = QRectF(self._x(minute * 60) - 40, HEIGHT - 2.5 * SPACE, 80, 2.5 * SPACE)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words.tr("{minute} min").format(minute=minute))

    def _paint_bars(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.color("accent"))
        for piece in pieces(self._pairs, self._now):
            thick = max(3.0, _BAR * piece.share)
            begin = self._x(piece.begin_t)
            box = QRectF(begin, _LINE - thick / 2, max(thick, self._x(piece.end_t) - begin), thick)
            round_by = thick / 2 if len(self._pairs) == 1 else 0.0
            painter.drawRoundedRect(box, round_by, round_by)

    def _paint_turns(self, painter: QPainter, pair: PairView) -> None:
        turns = [(episode.begin_t, words.tr("in step")) for episode in pair.episodes[:1]]
        for rupture in pair.ruptures:
            turns.append((rupture.t, words.tr("apart")))
            if rupture.repaired_t is not None:
                took = lasting(rupture.repaired_t - rupture.t)
                again = words.tr("together again, {took}").format(took=took) if self._numbers else None
                turns.append((rupture.repaired_t, again or words.tr("together again")))
        free_from = self.width() - 2.0
        for t, text in sorted(turns, reverse=True):  # the newest word has its place first, an older one where it fits
            x, width = self._x(t), painter.fontMetrics().horizontalAdvance(text) + SPACE
            painter.setPen(QPen(self._look.color("quiet"), 1))
            painter.drawLine(QPointF(x, _LINE + SPACE), QPointF(x, _LINE + 2.5 * SPACE))
            left = min(x + 6, self.width() - width)
            if left + width <= free_from:
                painter.drawText(QPointF(left, _LINE + 3 * SPACE + 4), text)
                free_from = x

    def _summary(self) -> str:
        found = pieces(self._pairs, self._now)
        whole = lasting(sum(piece.end_t - piece.begin_t for piece in found))
        return words.tr("in step for {time} in all").format(time=whole) if found else words.tr("not in step yet")
