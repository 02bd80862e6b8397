"""The doctor's words in the list's place: what stands in the way, and the one next step."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from biosync.gui import words
from biosync.gui.theme import SPACE
from biosync.gui.widgets.labels import label
from devices.doctor_report import Report


@dataclass(frozen=True, slots=True)
class Advice:
    """What stands in the way of a strap, in one sentence, and the one next step ("" where the first says it)."""

    why: str
    next_step: str = ""


def advice(report: Report) -> Advice:
    """Return what the doctor's ``report`` comes down to."""
    cause = report.cause
    if cause is None:
        return Advice(words.tr("No strap is heard just now."), words.tr("Wear it, and wet its electrodes."))
    return Advice(cause.why, cause.next_step)


class AdvicePanel(QFrame):
    """``again`` asks to look once more."""

    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("row")
        self._why, self._next = label(role="body"), label(role="quiet")
        for text in (self._why, self._next):
            text.setWordWrap(True)
            text.setTextFormat(Qt.TextFormat.PlainText)
        self._button = QPushButton(words.tr("Look again  C"))
        self._button.setToolTip(words.tr("Look for straps once more (C)"))
        self._button.setAccessibleName(words.tr("Look again"))
        self._button.setAutoDefault(True)
        self._button.clicked.connect(lambda _: self.again.emit())
        row = QHBoxLayout()
        row.addWidget(self._button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(self._why)
        column.addWidget(self._next)
        column.addLayout(row)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return f"{self._why.text()} {self._next.text()}".strip() if not self.isHidden() else ""

    def show_advice(self, advice: Advice) -> None:
        """Say what stands in the way, and what to do."""
        self._why.setText(words.as_sentence(advice.why))
        self._next.setText(words.as_sentence(advice.next_step))
        self._next.setVisible(bool(advice.next_step))
        self.setAccessibleName(f"{self._why.text()} {self._next.text()}".strip())
        self.show()
