"""The line at the top: who, in which state, for how long, and the keys at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from biosync.events import Origin
from biosync.gui import words
from biosync.gui.theme import SPACE, Look, person_shape
from biosync.gui.widgets.labels import ElidedLabel, label, quiet_button, set_role
from biosync.gui.widgets.shapes import shape_pixmap


@dataclass(frozen=True, slots=True)
class Hint:
    """A control in words, with its key. It is left out where the header is narrower than ``from_px``; its key goes on
    working."""

    text: str
    key: str
    tooltip: str
    do: Callable[[], None]
    from_px: int = 0


@dataclass(frozen=True, slots=True)
class Title:
    """What the header says. ``number`` is the person's, None without a shape; ``role`` colours the detail; ``shorter``
    says it in fewer words, where there is little room."""

    name: str
    detail: str
    number: int | None = None
    role: str = "quiet"
    why: str = ""
    shorter: tuple[str, ...] = ()


WIDE, ROOMY = 140 * SPACE, 100 * SPACE
"""From these widths (px) on there is room for all controls, and for one more than the least."""


class Header(QWidget):
    """Name, detail and badge on the left, the time in the middle, the keys on the right."""

    def __init__(self, look: Look, hints: tuple[Hint, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._number: int | None = None
        self._shape = QLabel()
        self._shape.hide()
        self._name = label(role="name")
        self._detail = ElidedLabel("quiet")
        self._badge = label(role="badge")
        self._badge.hide()
        self._time = label(role="quiet")
        self._time.setAccessibleName(words.tr("Elapsed time"))
        self._hints = hints
        self._buttons = [self._button(hint) for hint in hints]
        self._wanted = [True] * len(hints)
        self._lay_out()
        look.changed.connect(self._draw_shape)

    def show_title(self, title: Title) -> None:
        """Show who it is about and the state in words."""
        self._name.setText(title.name)
        self._detail.set_whole(title.detail, *title.shorter)
        set_role(self._detail, title.role)
        if title.why:
            self._detail.setToolTip(title.why)
        if title.number != self._number:
            self._number = title.number
            self._draw_shape()

    def show_origins(self, origins: frozenset[Origin]) -> None:
        """Show a badge for hearts that are not measured live."""
        badges = {"simulated": words.tr("SIMULATED"), "replay": words.tr("REPLAY")}
        text = " · ".join(badges[origin] for origin in sorted(origins) if origin in badges)
        self._badge.setText(text)
        self._badge.setVisible(bool(text))

    def show_time(self, text: str) -> None:
        """Show the elapsed time."""
        if text != self._time.text():
            self._time.setText(text)

    def rename(self, hint: int, text: str, does: str = "") -> None:
        """Give the control number ``hint`` another word, with its key; ``does`` where it does something else now."""
        button = self._buttons[hint]
        if text != button.text():
            button.setText(text)
            button.setAccessibleName(text.rsplit("  ", 1)[0])
            button.setToolTip(f"{does or self._hints[hint].tooltip} ({self._hints[hint].key})")

    def show_hint(self, hint: int, shown: bool) -> None:
        """Show the control number ``hint``, or leave it out."""
        if self._wanted[hint] != shown:
            self._wanted[hint] = shown
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what is for wide headers where this one is narrow."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for button, hint, wanted in zip(self._buttons, self._hints, self._wanted, strict=True):
            button.setVisible(wanted and self.width() >= hint.from_px)

    @property
    def badge(self) -> str:
        """The badge's text, empty without one."""
        return self._badge.text()

    def _lay_out(self) -> None:
        left, right = QHBoxLayout(), QHBoxLayout()
        left.setSpacing(SPACE)
        for widget in (self._shape, self._name):
            left.addWidget(widget)
        left.addWidget(self._detail)
        left.addWidget(self._badge)
        left.addStretch(1)
        right.setSpacing(0)
        right.addStretch()
        for button in self._buttons:
            right.addWidget(button)
        grid = QGridLayout(self)
        grid.setContentsMargins(4 * SPACE, 2 * SPACE, 3 * SPACE, SPACE)
        grid.addLayout(left, 0, 0)
        grid.addWidget(self._time, 0, 1, Qt.AlignmentFlag.AlignCenter)
        grid.addLayout(right, 0, 2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(1, 8 * SPACE)

    def _button(self, hint: Hint) -> QPushButton:
        return quiet_button(hint.text, hint.key, hint.tooltip, hint.do)

    def _draw_shape(self) -> None:
        self._shape.setVisible(self._number is not None)
        if self._number is not None:
            color = self._look.person_color(self._number)
            pixmap = shape_pixmap(person_shape(self._number), color, 2 * SPACE, self.devicePixelRatioF())
            self._shape.setPixmap(pixmap)
