"""The thin bar of a replay: where it is, and by click or drag to any other time."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from biosync.gui import words
from biosync.gui.theme import SPACE, Look
from biosync.gui.widgets.labels import label

SKIP_S = 30.0
_GROOVE = 4.0
_KNOB = 7.0


class TimeBar(QWidget):
    """Paints ``at`` of ``duration_s`` (s); ``sought`` carries the time that was clicked or dragged to."""

    sought = Signal(float)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._at, self._duration = 0.0, 1.0
        self._dragged: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(words.tr("Place in the recording"))
        self.setToolTip(words.tr("Click or drag to a time (Left and Right: 30 s)"))
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return a thin bar with room to click."""
        return QSize(200, 3 * SPACE)

    def show_time(self, at: float, duration_s: float) -> None:
        """Show the time ``at`` of ``duration_s``; while it is dragged, the place of the pointer stays."""
        before = self._x()
        self._at, self._duration = at, max(duration_s, 1e-3)
        if abs(self._x() - before) >= 0.5:
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        self._drag(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go along."""
        if self._dragged is not None:
            self._drag(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to where it was let go."""
        if self._dragged is not None:
            self._at, self._dragged = self._dragged, None
            self.sought.emit(self._at)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the groove, what is behind, and the knob."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, x = self.height() / 2, self._x()
        groove = QRectF(_KNOB, middle - _GROOVE / 2, self.width() - 2 * _KNOB, _GROOVE)
        painter.setBrush(self._look.color("hairline"))
        painter.drawRoundedRect(groove, _GROOVE / 2, _GROOVE / 2)
        painter.setBrush(self._look.color("accent"))
        groove.setRight(x)
        painter.drawRoundedRect(groove, _GROOVE / 2, _GROOVE / 2)
        painter.drawEllipse(QPointF(x, middle), _KNOB, _KNOB)
        painter.end()

    def _x(self) -> float:
        at = self._at if self._dragged is None else self._dragged
        return _KNOB + min(1.0, max(0.0, at / self._duration)) * (self.width() - 2 * _KNOB)

    def _drag(self, place: QPointF) -> None:
        share = (place.x() - _KNOB) / max(1.0, self.width() - 2 * _KNOB)
        self._dragged = min(1.0, max(0.0, share)) * self._duration
        self.update()


class Transport(QWidget):
    """The bar with its time and a button to pause; ``sought`` carries a time in s, ``toggled`` asks to pause or go on,
    ``skipped`` to go back or forward by so many seconds. Shown for a replay only."""

    sought = Signal(float)
    toggled = Signal()
    skipped = Signal(float)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._bar = TimeBar(look)
        self._bar.sought.connect(self.sought)
        self._at, self._whole = label(role="quiet"), label(role="quiet")
        self._pause = self._button("", "")
        self._pause.clicked.connect(lambda _: self.toggled.emit())
        back = self._button(words.tr("−30 s  ←"), words.tr("30 s back (Left)"))
        back.clicked.connect(lambda _: self.skipped.emit(-SKIP_S))
        forward = self._button(words.tr("+30 s  →"), words.tr("30 s forward (Right)"))
        forward.clicked.connect(lambda _: self.skipped.emit(SKIP_S))
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * SPACE, 0, 3 * SPACE, SPACE // 2)
        row.setSpacing(SPACE)
        for widget in (self._pause, back, self._at):
            row.addWidget(widget)
        row.addWidget(self._bar, 1)
        for widget in (self._whole, forward):
            row.addWidget(widget)
        self._at.setAccessibleName(words.tr("Time in the recording"))
        self._whole.setAccessibleName(words.tr("Length of the recording"))
        self.hide()

    @property
    def bar(self) -> TimeBar:
        """The bar itself."""
        return self._bar

    def show_time(self, at: float, duration_s: float | None, *, paused: bool) -> None:
        """Show the time ``at`` (s) of a replay that is ``duration_s`` long; None hides the bar."""
        self.setVisible(duration_s is not None)
        if duration_s is None:
            return
        self._bar.show_time(at, duration_s)
        _put(self._at, words.duration(at))
        _put(self._whole, words.duration(duration_s))
        said = words.tr("Go on  Space") if paused else words.tr("Pause  Space")
        if said != self._pause.text():
            self._pause.setText(said)
            tip = words.tr("Go on (Space)") if paused else words.tr("Pause (Space)")
            self._pause.setToolTip(tip)
            self._pause.setAccessibleName(tip)

    def _button(self, text: str, tooltip: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "quiet")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(tooltip)
        button.setAccessibleName(tooltip)
        return button


def _put(place: QLabel, text: str) -> None:
    if place.text() != text:
        place.setText(text)
