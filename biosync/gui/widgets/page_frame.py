"""The frame of a page beside the session: its title with the way back, and under it one column that scrolls."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.theme import SPACE
from biosync.gui.widgets.following_scroll import FollowingScroll
from biosync.gui.widgets.labels import label, quiet_button

WIDTH = 90 * SPACE
"""The widest that a column of words is, in device independent pixels."""


class PageFrame(QVBoxLayout):
    """The layout of ``page``; ``column`` is where its content goes."""

    def __init__(self, page: QWidget, title: str, back: Callable[[], None]) -> None:
        super().__init__(page)
        self.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 0)
        self.setSpacing(2 * SPACE)
        self.back: QPushButton = quiet_button(words.tr("Back"), "Esc", words.tr("Back to where you were"), back)
        head = QHBoxLayout()
        head.addWidget(label(title, "title"))
        head.addStretch(1)
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)
        top = QWidget()
        top.setLayout(head)
        head.setContentsMargins(0, 0, 0, 0)
        self.column = QVBoxLayout()
        self.column.setContentsMargins(0, 0, 2 * SPACE, 3 * SPACE)
        self.column.setSpacing(2 * SPACE)
        inner = QWidget()
        inner.setLayout(self.column)
        scroll = FollowingScroll()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        for widget in (top, scroll):
            widget.setMaximumWidth(WIDTH)
        self.addLayout(_in_the_middle(top))
        self.addLayout(_in_the_middle(scroll), 1)


def _in_the_middle(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget, 100)
    row.addStretch(1)
    return row
