"""The window on one screen or another: full screen, back to the size that it had, and on to the next screen."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget


class Screens:
    """Full screen for ``window``: on the screen where it is, or on the one after it."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._from_maximized = False

    def toggle(self) -> None:
        """Fill the screen, or leave it."""
        if self._window.isFullScreen():
            self._window.showMaximized() if self._from_maximized else self._window.showNormal()
        else:
            self._fill(self._window.screen())

    def next(self) -> None:
        """Fill the next screen; where there is only one, that."""
        screens = QGuiApplication.screens()
        self._fill(screens[(screens.index(self._window.screen()) + 1) % len(screens)])

    def _fill(self, screen: QScreen) -> None:
        if not self._window.isFullScreen():
            self._from_maximized = self._window.isMaximized()
        else:
            self._window.showNormal()  # a window that fills one screen can't be moved to another
        if screen is not self._window.screen():
            self._window.setScreen(screen)
            self._window.move(screen.geometry().topLeft())
        self._window.showFullScreen()
