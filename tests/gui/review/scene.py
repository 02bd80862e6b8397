"""A window with the Sessions page and a real ledger, used by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from biosync.commands.telling import Telling
from biosync.commands.window_ledger import WindowLedger
from biosync.commands.window_world import WindowWorld
from biosync.gui.theme import Look
from biosync.gui.views.sessions import SessionsPage
from biosync.gui.window import Window
from tests.gui import made
from tests.gui.conftest import WaitFor

Key = Qt.Key


class Scene:
    """A window with the real ledger of a home of its own."""

    def __init__(self, look: Look, *, start: bool = True) -> None:
        self.sessions: list[made.MadeSession] = []
        outside = made.outside(self.make, ledger=WindowLedger(Telling()), replay=WindowWorld().replay)  # type: ignore[arg-type]
        self.window = Window(look, None if start else self.make, outside)
        self.window.show()
        self.window.activateWindow()

    def make(self) -> made.MadeSession:
        self.sessions.append(made.MadeSession(made.snapshot(made.person())))
        return self.sessions[-1]

    @property
    def page(self) -> SessionsPage:
        page = self.window._pages.page("sessions")
        assert isinstance(page, SessionsPage)
        return page

    def press(self, *keys: Qt.Key | str) -> None:
        for key in keys:
            QTest.keyClick(self.window.focusWidget() or self.window, key)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.window.focusWidget() or self.window, text)


def opened(scene: Scene, wait_for: WaitFor, count: int = 3) -> SessionsPage:
    scene.press(Key.Key_S)
    wait_for(lambda: scene.window.view is scene.page and len(scene.page.list.lines) == count)
    return scene.page
