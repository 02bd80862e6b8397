"""What a coach notes down about one client: a small field that keeps what is written, by and by."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit

from biosync.gui import words
from biosync.gui.theme import SPACE

_KEPT_AFTER_MS = 3000
MOST_LETTERS = 4000
"""A note is a note; what is longer is cut off."""


class NoteField(QPlainTextEdit):
    """``written`` carries about whom, and the text, when somebody has stopped writing or goes elsewhere; ``read`` gives
    what was written of a person in this session before."""

    written = Signal(str, str)

    def __init__(self, read: Callable[[str], str]) -> None:
        super().__init__()
        self._person = ""
        self._read = read
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_KEPT_AFTER_MS)
        self._rest.timeout.connect(self.keep)
        self.textChanged.connect(self._rest.start)
        self.setTabChangesFocus(True)
        self.setFixedHeight(15 * SPACE)

    @property
    def text(self) -> str:
        """What stands in it."""
        return self.toPlainText()[:MOST_LETTERS]

    def forget(self) -> None:
        """Show nobody's note any more."""
        self.keep()
        self._person = ""
        self._put("")

    def show_note(self, person: str) -> None:
        """Show the note about ``person``; the one before is kept."""
        if person == self._person:
            return
        self.keep()
        self._person = person
        self._put(self._read(person))
        asks = words.tr("Note about {name}").format(name=person)
        self.setPlaceholderText(asks)
        self.setAccessibleName(asks)
        self.setToolTip(words.tr("Kept with this session, seen by nobody else, exported with {name}'s data only "
                                 "(W)").format(name=person))

    def keep(self) -> None:
        """Hand on what was written, if it is news."""
        self._rest.stop()
        if self._person and self.text != self._read(self._person):
            self.written.emit(self._person, self.text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what was written."""
        super().focusOutEvent(event)
        self.keep()

    def _put(self, text: str) -> None:
        self.blockSignals(True)
        self.setPlainText(text)
        self.blockSignals(False)
