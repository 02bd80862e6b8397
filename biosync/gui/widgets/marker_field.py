"""The field in which a marker is written: the moment was when it was opened, not when the words were found."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.theme import SPACE
from biosync.gui.widgets.labels import label
from biosync.gui.widgets.line_field import LineField

_MOST_LETTERS = 200
_WIDTH = 60 * SPACE


class MarkerField(QWidget):
    """``kept`` carries the words and the moment (s) that they mark; ``dropped`` tells that there is no marker."""

    kept = Signal(str, float)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._at_t = 0.0
        self._for = label(role="quiet")
        self._field = LineField(words.tr("what happened?"), words.tr("Enter keeps the marker, Esc drops it (M)"))
        self._field.setMaxLength(_MOST_LETTERS)
        self._field.setMaximumWidth(_WIDTH)
        self._field.returnPressed.connect(self._keep)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * SPACE)
        row.addStretch(1)
        row.addWidget(self._for)
        row.addWidget(self._field, 2)
        row.addWidget(label(words.tr("Enter keeps it, Esc drops it"), "quiet"))
        row.addStretch(1)
        self.hide()

    def open(self, now: float, person: str | None) -> None:
        """Ask for the words of a marker at ``now`` (s), for ``person`` or (None) for all."""
        self._at_t = now
        at = words.duration(now)
        self._for.setText(words.tr("{name} at {time}").format(name=person, time=at) if person
                          else words.tr("all at {time}").format(time=at))
        self._field.clear()
        self.show()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_it(self) -> None:
        """Ask no more; nothing is marked."""
        self.hide()
        self.dropped.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Drop the marker with Esc; nothing that is typed here is a key of the window."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_it()
        event.accept()

    def _keep(self) -> None:
        text = " ".join(self._field.text().split()) or words.tr("marker")
        self.hide()
        self.kept.emit(text, self._at_t)
        self.dropped.emit()
