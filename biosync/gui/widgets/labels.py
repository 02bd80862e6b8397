"""Labels that behave: one that shortens its text to its width, one that fades after it was read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from biosync.gui.theme import BODY, SMALL, SPACE, Look, font
from biosync.gui.widgets.shapes import mix

_SIDES = 4
"""So much wider (px) than its words a label is."""
_WRAPPED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
_STAY_S = 9.0
_FADE_S = 2.0


def label(text: str = "", role: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a label whose looks the theme gives to ``role``."""
    made = QLabel(text, parent)
    made.setProperty("role", role)
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Give ``widget`` the looks of ``role``."""
    if widget.property("role") != role:
        widget.setProperty("role", role)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def quiet_button(text: str, key: str, tooltip: str, do: Callable[[], None]) -> QPushButton:
    """Return a control in words, with its key beside them, reached by Tab."""
    button = QPushButton(f"{text}  {key}".strip())
    button.setProperty("role", "quiet")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setToolTip(f"{tooltip} ({key})")
    button.setAccessibleName(text)
    button.clicked.connect(lambda _: do())
    return button


PART = " · "
"""Stands between the parts of a line."""


def whole_words(metrics: QFontMetrics | QFontMetricsF, text: str, room: float) -> str:
    """Return as many whole words of ``text`` as fit into ``room`` (px), with an ellipsis where some are left out; none
    where not even the first does."""
    if metrics.horizontalAdvance(text) <= room:
        return text
    words = text.split(" ")
    shorter = (" ".join([*words[:count], "…"]) for count in range(len(words) - 1, 0, -1))
    return next((one for one in shorter if metrics.horizontalAdvance(one) <= room), "")


class ElidedLabel(QLabel):
    """A label of one line; its tooltip has the whole where its place is too narrow. It shows the longest of the words
    that it was given that fits. Where none does it ends in …, and of several parts shows as many as fit whole: a number
    that is cut off is another number."""

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self._shorter: tuple[str, ...] = ()
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    @property
    def widths(self) -> tuple[int, ...]:
        """How wide (px) it would have to be for its words, and for the shorter ones."""
        return tuple(self.fontMetrics().horizontalAdvance(text) + _SIDES for text in (self._whole, *self._shorter))

    def set_whole(self, text: str, *shorter: str) -> None:
        """Show ``text``, or the first of the ``shorter`` words in its place that fits."""
        if (text, shorter) != (self._whole, self._shorter):
            self._whole, self._shorter = text, shorter
            self.setAccessibleName(text)
            self.updateGeometry()
            self._fit()

    def sizeHint(self) -> QSize:
        """Return the size of the whole text."""
        return QSize(self.widths[0], super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the width of a few letters."""
        return QSize(4 * SPACE, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text anew."""
        self._fit()

    def _fit(self) -> None:
        fitted = self._fitted()
        self.setText(fitted)
        self.setToolTip("" if fitted == self._whole else self._whole)

    def _fitted(self) -> str:
        metrics = self.fontMetrics()
        elided = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        if elided == self._whole:
            return elided
        fitting = (text for text in self._shorter if metrics.horizontalAdvance(text) <= self.width())
        if found := next(fitting, ""):
            return found
        parts = (self._shorter or (self._whole,))[-1].split(PART)
        elided = metrics.elidedText(PART.join(parts), Qt.TextElideMode.ElideRight, self.width())
        shorter = (f"{PART.join(parts[:count])} …" for count in range(len(parts) - 1, 0, -1))
        return next((text for text in shorter if metrics.horizontalAdvance(text) <= self.width()), elided)


class FadingLine(QWidget):
    """A line of text that stays a while and then fades; where one is too narrow it becomes two small ones."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._text = ""
        self._since = float("-inf")
        self._opacity = 0.0
        self.setFixedHeight(4 * SPACE)
        look.changed.connect(self.update)

    @property
    def text(self) -> str:
        """What the line says, shown or faded."""
        return self._text

    def say(self, text: str, seconds: float) -> None:
        """Show ``text``; ``seconds`` is the viewer's time."""
        before, self._text, self._since = self._text, text, seconds
        if text == before and self._opacity == 1.0:
            return  # it stays, and need not be painted again
        self.setAccessibleName(text)
        self._opacity = 1.0
        self.update()

    def clear(self) -> None:
        """Take away what was said."""
        self.say("", float("-inf"))

    def advance(self, seconds: float) -> None:
        """Fade as far as the viewer's time ``seconds`` asks."""
        age = seconds - self._since
        opacity = min(1.0, max(0.0, 1.0 - (age - _STAY_S) / _FADE_S))
        if opacity != self._opacity:
            self._opacity = opacity
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line as far as it has not faded."""
        painter = QPainter(self)
        if self._text and self._opacity > 0:
            painter.setFont(font(BODY))
            if painter.fontMetrics().horizontalAdvance(self._text) > self.width():
                painter.setFont(font(SMALL))  # rather small than cut
            painter.setPen(mix(self._look.color("surface"), self._look.color("quiet"), self._opacity))
            metrics = painter.fontMetrics()
            if metrics.boundingRect(self.rect(), _WRAPPED, self._text).height() <= self.height():
                painter.drawText(self.rect(), _WRAPPED, self._text)
            else:
                fitted = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, fitted)
        painter.end()
