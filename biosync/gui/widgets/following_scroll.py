"""A column that scrolls to whatever has the focus, also where the focus comes from outside of it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from biosync.gui.theme import SPACE


class FollowingScroll(QScrollArea):
    """Qt's own follows the focus only from one control within to the next."""

    def __init__(self) -> None:
        super().__init__()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isVisible() and self.isAncestorOf(now):
            self.ensureWidgetVisible(now, SPACE, SPACE)
