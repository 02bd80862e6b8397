"""The one question before something is deleted: exactly what would go, and that it can't be undone."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.theme import SPACE, Look
from biosync.gui.widgets.card import Card
from biosync.gui.widgets.labels import label


class DeleteCard(Card):
    """``agreed`` tells that it is to be deleted. The focus is on keeping it."""

    agreed = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._what, self._goes = label(role="name"), label(role="body")
        self._keep, self._delete = QPushButton(words.tr("Keep it  Esc")), QPushButton(words.tr("Delete"))
        for text in (self._what, self._goes):
            text.setWordWrap(True)
            text.setMinimumWidth(56 * SPACE)
            text.setTextFormat(Qt.TextFormat.PlainText)
        self._keep.setToolTip(words.tr("Delete nothing (Esc)"))
        self._delete.setToolTip(words.tr("Delete it for good (Tab, then Space)"))
        self._keep.clicked.connect(lambda _: self.close_it())
        self._delete.clicked.connect(lambda _: self._agree())
        for button in (self._keep, self._delete):
            button.setAutoDefault(True)
        self._delete.setAccessibleName(words.tr("Delete"))
        self._keep.setAccessibleName(words.tr("Keep it"))
        row = QHBoxLayout()
        row.addWidget(self._keep)
        row.addStretch()
        row.addWidget(self._delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * SPACE, 3 * SPACE, 4 * SPACE, 3 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(self._what)
        column.addWidget(self._goes)
        column.addLayout(row)

    @property
    def text(self) -> str:
        """What the card says."""
        return f"{self._what.text()} {self._goes.text()}"

    def ask(self, what: str, goes: str) -> None:
        """Ask if ``what`` is to be deleted; ``goes`` says what that takes away."""
        self._what.setText(what)
        self._goes.setText(goes)
        self.setAccessibleName(self.text)
        self.lie_over(self._keep)

    def _agree(self) -> None:
        self.hide()
        self.agreed.emit()
