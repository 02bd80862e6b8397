"""Words that scroll where there is no room for all of them, by keyboard too: arrows, Page keys, Home and End."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from biosync.gui.widgets.labels import set_role


class ReadingScroll(QScrollArea):
    """Shows ``words``. Tab leads to it where there is something to scroll, and its bar tells that the focus is here;
    ``name`` is what a screen reader calls it."""

    def __init__(self, words: QWidget, name: str) -> None:
        super().__init__()
        self.setWidget(words)
        self.setWidgetResizable(True)
        self.setAccessibleName(name)
        for ground in (self.viewport(), words):
            ground.setAutoFillBackground(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().rangeChanged.connect(self._take_focus_or_not)

    @property
    def scrolls(self) -> bool:
        """True where not all words are seen at once."""
        return self.verticalScrollBar().maximum() > 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the beginning or the end; Qt goes by lines and pages, and leaves all else to the window."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keys scroll."""
        super().focusInEvent(event)
        set_role(self.verticalScrollBar(), "focus")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that they no longer do."""
        super().focusOutEvent(event)
        set_role(self.verticalScrollBar(), "")

    def _take_focus_or_not(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self.scrolls else Qt.FocusPolicy.NoFocus)
