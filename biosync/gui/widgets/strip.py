"""The quiet strip under the cue: the heart rate of the last minute with the cue's wave behind it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from biosync.gui import words
from biosync.gui.state import Figures, figures
from biosync.gui.theme import LARGE, SMALL, SPACE, Look, font, person_shape
from biosync.gui.widgets.shapes import draw_shape
from biosync.gui.widgets.trace import Axes, draw_heart, normal_rates, settle_range
from biosync.snapshot import PersonView, Snapshot
from biosync.sound.course import course

SECONDS = 60.0
HEIGHT = 19 * SPACE
_LARGE_HEIGHT = 60 * SPACE
_LEFT, _RIGHT, _TOP, _BOTTOM = 9 * SPACE, 18 * SPACE, 4 * SPACE, 3 * SPACE
_WAVE_STEP_S = 0.25


class Strip(QWidget):
    """Heart rate in bpm over the last 60 s; what was lost stays open, and what is not live turns grey."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._snapshot: Snapshot | None = None
        self._now = 0.0
        self._running = True
        self._selected: str | None = None
        self._numbers = self._wave_shown = True
        self._range: tuple[float, float] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words.tr("Heart rate of the last minute"))
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the height that the strip keeps."""
        return QSize(600, HEIGHT)

    def show_modes(self, *, numbers: bool, wave: bool) -> None:
        """Show figures or none; with the ``wave`` of the cue behind the heart rate, or the heart rate alone, large."""
        self._numbers, self._wave_shown = numbers, wave
        tall = QSizePolicy.Policy.Fixed if wave else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, tall)
        self.setMaximumHeight(HEIGHT if wave else _LARGE_HEIGHT)
        self.updateGeometry()
        self.update()

    def show_snapshot(
        self, snapshot: Snapshot | None, now: float, *, running: bool = True, selected: str | None = None
    ) -> None:
        """Show ``snapshot`` as it is at time ``now`` (s), with the name ``selected`` marked; ``running`` is False once
        the session is over."""
        self._snapshot, self._now, self._running, self._selected = snapshot, now, running, selected
        people = snapshot.people if snapshot else ()
        rates = [normal_rates(person, now - SECONDS) for person in people]
        known = np.concatenate(rates) if rates else np.empty(0)
        self._range = settle_range(self._range, known) if len(known) or self._range else None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the wave, the curves and the figures."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._look.color("surface"))
        axes = self._axes()
        people = self._snapshot.people if self._snapshot else ()
        if people and self._wave_shown:
            self._paint_wave(painter, axes, people[0])
        self._paint_grid(painter, axes)
        for row, person in enumerate(people):
            self._paint_person(painter, axes, person, row, len(people))
        painter.end()

    def _axes(self) -> Axes:
        rect = QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)
        low, high = self._range or settle_range(None, np.empty(0))
        return Axes(rect, self._now, SECONDS, low, high)

    def _paint_grid(self, painter: QPainter, axes: Axes) -> None:
        rect = axes.rect
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(self._look.color("hairline"), 0))
        painter.drawLines([QLineF(rect.left(), y, rect.right(), y) for y in (rect.top(), rect.bottom())])
        painter.setFont(font(SMALL))
        painter.setPen(self._look.color("quiet"))
        top = QRectF(rect.left(), 0, rect.width(), _TOP - SPACE)
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, self._title())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for value, y in ((axes.high, rect.top()), (axes.low, rect.bottom())) if self._range and self._numbers else ():
            painter.drawText(QRectF(0, y - 10, _LEFT - SPACE, 20), right, words.number(value))
        under = QRectF(rect.left(), rect.bottom() + 2, rect.width(), _BOTTOM - 4)
        ago = words.tr("60 s ago") if self._numbers else words.tr("a minute ago")
        painter.drawText(under, Qt.AlignmentFlag.AlignLeft, ago)
        painter.drawText(under, Qt.AlignmentFlag.AlignRight, words.tr("now"))

    def _title(self) -> str:
        people = self._snapshot.people if self._snapshot else ()
        if people and all("heart_rate" in person.hidden for person in people):
            return words.tr("the cue; heart rates are kept private")
        if not self._wave_shown:
            return words.tr("heart rate: your own rhythm")
        return words.tr("heart rate, and the cue behind it")

    def _paint_wave(self, painter: QPainter, axes: Axes, person: PersonView) -> None:
        outline = self._wave(axes, person)
        if outline is None:
            return
        rect = axes.rect
        fill = QLinearGradient(0, rect.top(), 0, rect.bottom())
        fill.setColorAt(0, self._look.color("wave"))
        fill.setColorAt(1, self._look.color("surface"))
        # A shade needs no smooth edge, and a large one costs half of the strip.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(outline)

    def _wave(self, axes: Axes, person: PersonView) -> QPolygonF | None:
        """Return the outline of the cue's wave, None where there is none to show."""
        # The times stand still on the session's clock, so that the wave slides and does not shimmer.
        begin = max(0.0, axes.end_s - SECONDS, person.cues[0].t if person.cues else axes.end_s)
        times = np.append(np.arange(np.ceil(begin / _WAVE_STEP_S) * _WAVE_STEP_S, axes.end_s, _WAVE_STEP_S), axes.end_s)
        if not person.cues or len(times) < 2:
            return None
        plan = course(person.cues, times)
        bottom = axes.rect.bottom()
        heights = plan.level * plan.strength * (axes.rect.height() - 4)
        x = axes.x(times)
        xs, ys = np.concatenate((x[:1], x, x[-1:])), np.concatenate(([bottom], bottom - heights, [bottom]))
        return QPolygonF([QPointF(float(x), float(y)) for x, y in zip(xs, ys, strict=True)])

    def _paint_person(self, painter: QPainter, axes: Axes, person: PersonView, row: int, of: int) -> None:
        shown = figures(person, self._now, running=self._running)
        live = shown.heart_rate.state in ("live", "warming")
        own = self._look.color("heart") if of == 1 else self._look.person_color(person.number)
        color = own if live else self._look.color("lost")
        end = draw_heart(painter, axes, person, color, self._look.color("warn"))
        if end is not None and live:
            draw_shape(painter, person_shape(person.number) if of > 1 else "circle", end, 4.0, color)
        elif end is not None:
            self._paint_silence(painter, axes, end)
        if of == 1 and self._numbers:
            self._paint_figure(painter, axes, shown, end)
        elif of > 1:
            apart = min(18.0, self.height() / of)
            said = _row(person, shown, numbers=self._numbers)
            self._paint_row(painter, person, said, shown, self.height() / 2 + (row - (of - 1) / 2) * apart)

    def _paint_silence(self, painter: QPainter, axes: Axes, end: QPointF) -> None:
        pen = QPen(self._look.color("lost"), 1.0)
        pen.setDashPattern([1, 4])
        painter.setPen(pen)
        painter.drawLine(end, QPointF(axes.rect.right(), end.y()))

    def _paint_figure(self, painter: QPainter, axes: Axes, shown: Figures, end: QPointF | None) -> None:
        rect = axes.rect
        middle = min(rect.bottom() - 26, max(rect.top() + 18, end.y())) if end else rect.center().y()
        value = words.whole(shown.heart_rate)
        live = shown.heart_rate.state == "live"
        painter.setFont(font(LARGE - 4))
        painter.setPen(self._look.color("text" if live else "lost"))
        left = rect.right() + 2 * SPACE
        painter.drawText(QPointF(left, middle + 9), value)
        width = painter.fontMetrics().horizontalAdvance(value)
        painter.setFont(font(SMALL))
        painter.setPen(self._look.color("quiet" if live else "lost"))
        painter.drawText(QPointF(left + width + 6, middle + 9), words.tr("bpm"))
        rmssd = shown.rmssd
        if rmssd.state not in ("private", "over"):
            painter.setPen(self._look.color("quiet" if rmssd.state == "live" else "lost"))
            said = words.tr("RMSSD {value} ms").format(value=words.whole(rmssd))
            painter.drawText(QPointF(left, middle + 29), said)

    def _paint_row(self, painter: QPainter, person: PersonView, said: str, shown: Figures, y: float) -> None:
        left = self.width() - _RIGHT + 2 * SPACE
        color = self._look.person_color(person.number)
        draw_shape(painter, person_shape(person.number), QPointF(left + 5, y), 4.0, color)
        chosen = person.name == self._selected
        painter.setFont(font(SMALL))
        painter.setPen(self._look.color("lost"))
        painter.drawText(QPointF(left + 16, y + 5), f"{person.number + 1}")
        painter.setFont(font(SMALL, strong=chosen))
        live = shown.heart_rate.state in ("live", "private") and shown.signal not in ("lost", "paused", "over")
        painter.setPen(self._look.color("accent" if chosen else "text" if live else "lost"))
        room = self.width() - left - 30 - SPACE
        fitted = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(left + 30, y + 5), fitted)


def _row(person: PersonView, shown: Figures, *, numbers: bool) -> str:
    """Return what stands of one in a group: the heart rate or, where that is kept private, the name."""
    if shown.signal == "paused":
        return words.tr("{name}, paused").format(name=person.name)
    if shown.heart_rate.state == "private" or not numbers:
        return person.name
    return f"{words.whole(shown.heart_rate)} {words.tr('bpm')}"
