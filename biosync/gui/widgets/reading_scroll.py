"""Words that scroll where there is no room for all of them, by keyboard too: arrows, Page keys, Home and End."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class ReadingScroll(QScrollArea):
    """Shows ``words``; Tab leads to it, for nothing within it takes the focus. ``name`` is what a screen reader calls
    it."""

    def __init__(self, words: QWidget, name: str) -> None:
        super().__init__()
        self.setWidget(words)
        self.setWidgetResizable(True)
        self.setAccessibleName(name)
        for ground in (self.viewport(), words):
            ground.setAutoFillBackground(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the beginning or the end; Qt goes by lines and pages, and leaves all else to the window."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)
