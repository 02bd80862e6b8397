"""Controls of the Settings page, each bound to one preference: it shows what is set, and sets it at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.preferring import Preferring
from biosync.gui.theme import SPACE, Look
from biosync.gui.widgets.labels import label, set_role
from biosync.gui.widgets.tick import Choice, Tick

_LABEL_WIDTH = 26 * SPACE
_VALUE_WIDTH = 16 * SPACE


class SettingChoice(Choice):
    """One of a list; the wheel scrolls the page, not the choice."""

    def __init__(self, look: Look, preferring: Preferring, name: str, entries: Sequence[tuple[Any, str]]) -> None:
        super().__init__(look)
        self._preferring, self._name = preferring, name
        for value, text in entries:
            self.addItem(text, value)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_now()
        self.activated.connect(lambda _: preferring.change(**{name: self.currentData()}))
        preferring.changed.connect(self.show_now)

    def show_now(self) -> None:
        """Show what is set."""
        self.setCurrentIndex(self.findData(getattr(self._preferring.now, self._name)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class SettingTick(Tick):
    """Yes or no; Space changes it."""

    def __init__(self, look: Look, preferring: Preferring, name: str, text: str, tooltip: str = "") -> None:
        super().__init__(look, text)
        self._preferring, self._name = preferring, name
        self.setAccessibleName(text)
        self.setToolTip(f"{tooltip or text} ({words.tr('Space')})")
        self.show_now()
        self.clicked.connect(lambda on: preferring.change(**{name: on}))
        preferring.changed.connect(self.show_now)

    def show_now(self) -> None:
        """Show what is set."""
        self.setChecked(bool(getattr(self._preferring.now, self._name)))


class SettingAmount(QWidget):
    """A number between two ends, in ``steps`` to one; ``say`` words it. ``change`` sets it, in place of the plain
    change of one preference."""

    def __init__(
        self, preferring: Preferring, name: str, ends: tuple[float, float], steps: int, say: Callable[[float], str],
        change: Callable[[float], None] | None = None,
    ) -> None:
        super().__init__()
        self._preferring, self._name, self._steps, self._say = preferring, name, steps, say
        self._change = change or (lambda value: preferring.change(**{name: value}))
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(round(ends[0] * steps), round(ends[1] * steps))
        self.slider.setPageStep(max(1, (self.slider.maximum() - self.slider.minimum()) // 8))
        self._value = label(role="quiet")
        self._value.setMinimumWidth(_VALUE_WIDTH)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * SPACE)
        row.addWidget(self.slider, 1)
        row.addWidget(self._value)
        self.setFocusProxy(self.slider)
        self.show_now()
        self.slider.valueChanged.connect(self._moved)
        preferring.changed.connect(self.show_now)

    @property
    def said(self) -> str:
        """The number in words."""
        return self._value.text()

    def show_now(self) -> None:
        """Show what is set."""
        value = float(getattr(self._preferring.now, self._name))
        self.slider.blockSignals(True)
        self.slider.setValue(round(value * self._steps))
        self.slider.blockSignals(False)
        self._value.setText(self._say(value))
        self.slider.setAccessibleDescription(self._value.text())

    def _moved(self, place: int) -> None:
        self._change(place / self._steps)
        self.show_now()  # it may have been refused


class _Slider(QSlider):
    def __init__(self, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        self.setMinimumHeight(3 * SPACE)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class Group(QVBoxLayout):
    """A heading with the controls under it."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.setSpacing(SPACE)
        self.setContentsMargins(0, 0, 0, 2 * SPACE)
        self.addWidget(label(heading, "name"))

    def add_row(self, text: str, control: QWidget, tooltip: str) -> None:
        """Add a control with ``text`` before it; ``tooltip`` says its keys, too."""
        asked = control.focusProxy() or control
        asked.setAccessibleName(text)
        asked.setToolTip(tooltip)
        name = QLabel(text)
        name.setWordWrap(True)
        name.setFixedWidth(_LABEL_WIDTH)
        name.setBuddy(asked)
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        row.addWidget(name)
        row.addWidget(control, 1)
        self.addLayout(row)

    def add_note(self, text: str) -> QLabel:
        """Add quiet words, and return them."""
        note = label(text)
        set_role(note, "quiet")
        note.setWordWrap(True)
        note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.addWidget(note)
        return note
