"""One leaf of the Sessions page: a title with what it is about, its controls, and its content under them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.page import PageKey
from biosync.gui.review.wrapped_row import WrappedRow
from biosync.gui.theme import SPACE
from biosync.gui.widgets.labels import ElidedLabel, label, quiet_button, set_role


@dataclass(frozen=True, slots=True)
class Control:
    """Something that can be done on a leaf: in a word, with its key."""

    text: str
    key: PageKey


class Leaf(QWidget):
    """``column`` is where the content goes; ``said`` is a quiet line over it for what is being done, or went wrong."""

    def __init__(self, title: str, controls: Sequence[Control], back: Callable[[], None]) -> None:
        super().__init__()
        self._controls = tuple(controls)
        self._title = ElidedLabel("title")
        self._title.set_whole(title)
        self._detail, self._badge = ElidedLabel("quiet"), label(role="badge")
        self._badge.hide()
        self._back = quiet_button(words.tr("Back"), "Esc", words.tr("Back to where you were"), back)
        self._buttons = {one.key.name: _button(one) for one in controls}
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.said, "quiet")
        self.said.hide()
        self.column = QVBoxLayout()
        self.column.setSpacing(2 * SPACE)
        self._lay_out()

    def keys(self) -> tuple[PageKey, ...]:
        """Return the keys of this leaf."""
        return tuple(one.key for one in self._controls)

    def take_focus(self) -> None:
        """Have the focus where the keyboard is of use."""

    @property
    def title(self) -> str:
        """What it is about."""
        return self._title.accessibleName()

    @property
    def detail(self) -> str:
        """What stands beside the title."""
        return self._detail.accessibleName()

    @property
    def badge(self) -> str:
        """The badge's text, empty without one."""
        return self._badge.text()

    def show_title(self, title: str, detail: str = "", badge: str = "") -> None:
        """Say what it is about."""
        self._title.set_whole(title)
        self._detail.set_whole(detail)
        self._badge.setText(badge)
        self._badge.setVisible(bool(badge))

    def tell(self, sentence: str, role: str = "quiet") -> None:
        """Say ``sentence`` over the content, or (empty) nothing."""
        set_role(self.said, role)
        self.said.setText(sentence)
        self.said.setAccessibleName(sentence)
        self.said.setVisible(bool(sentence))

    def offer(self, name: str, offered: bool, text: str = "") -> None:
        """Show the control of the key called ``name``, or leave it out; give it another ``text`` where there is one."""
        button = self._buttons[name]
        button.setVisible(offered)
        if text:
            button.setText(f"{text}  {name}")
            button.setAccessibleName(text)

    def _lay_out(self) -> None:
        head, controls, body = QHBoxLayout(), WrappedRow(), QVBoxLayout()
        head.setSpacing(SPACE)
        for widget in (self._title, self._detail, self._badge):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._back)
        for button in self._buttons.values():
            controls.add(button)
        body.setSpacing(SPACE)
        body.addWidget(self.said)
        body.addLayout(self.column, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 4 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        for others in (head, body):  # the controls' words begin where the title does
            others.setContentsMargins(SPACE, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(controls)
        column.addLayout(body, 1)



def _button(control: Control) -> QPushButton:
    return quiet_button(control.text, control.key.name, control.key.does, control.key.do)
