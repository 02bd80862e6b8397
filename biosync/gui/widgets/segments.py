"""One of a few: buttons side by side, one of them down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from biosync.gui import words
from biosync.gui.theme import SMALL, SPACE, font


class Segments(QWidget):
    """``picked`` carries the number of the one that was chosen by a person. Left and right go from one to the next."""

    picked = Signal(int)

    def __init__(self, title: str, entries: Sequence[tuple[str, str]]) -> None:
        """Offer ``entries``: what each is called, and what it means."""
        super().__init__()
        self.setAccessibleName(title)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, (text, meaning) in enumerate(entries):
            button = QPushButton(text)
            button.setCheckable(True)
            button.setProperty("role", "segment")
            button.setAccessibleName(f"{title}: {text}")
            button.setToolTip(f"{meaning[:1].upper()}{meaning[1:]} ({words.tr('Space')})")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            # The one that is down is written strong, and must not be cut then.
            button.setMinimumWidth(QFontMetrics(font(SMALL, strong=True)).horizontalAdvance(text) + 5 * SPACE)
            button.setProperty("end", _end(number, len(entries)))
            self._group.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self._group.idClicked.connect(self.picked)

    @property
    def chosen(self) -> int:
        """The number of the one that is down, -1 for none."""
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        """Press the one of that number down, as nobody's choice."""
        self._group.button(number).setChecked(True)


def _end(number: int, count: int) -> str:
    """Return which ends of the row this one has: they are round."""
    if count == 1:
        return "both"
    return {0: "first", count - 1: "last"}.get(number, "")
