"""A list in which letters keep the meaning that they have in the window, instead of searching the list."""

from __future__ import annotations

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget


class PlainList(QListWidget):
    """Arrows, Home, End and Page keys move in it; all that would write something goes to the window."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, or leave the key to the window."""
        if event.text().strip() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)
