"""What lies over a view: how one comes to it and on, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from biosync.gui.page import Page
from biosync.gui.theme import Look
from biosync.gui.view import ViewName
from biosync.gui.views.help import HelpPage
from biosync.gui.views.settings import SettingsPage
from biosync.gui.window import Window
from biosync.snapshot import Snapshot
from tests.gui import made
from tests.gui.conftest import WaitFor

Key = Qt.Key
SHOWN: dict[ViewName, Snapshot] = {
    "breathe": made.snapshot(made.person()), "together": made.together("Ana", "Ben"), "coach": made.twelve(),
}


class Scene:
    """A window as small as is supported, in which a session runs."""

    def __init__(self, look: Look, wait_for: WaitFor, view: ViewName = "breathe") -> None:
        session = made.MadeSession(SHOWN[view])
        self.window = Window(look, lambda: session, made.outside(lambda: session), view=view)
        self.window.resize(900, 600)
        self.window.show()
        self.window.activateWindow()
        wait_for(lambda: bool(self.window.stage.people))

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.focusWidget() or self.window, key)

    def click(self, begins: str) -> None:
        """Click on the button that is seen and begins so."""
        button = next(one for one in self.window.findChildren(QPushButton)
                      if not one.visibleRegion().isEmpty() and one.text().startswith(begins))
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def scene(look: Look, wait_for: WaitFor) -> Iterator[Scene]:
    made_scene = Scene(look, wait_for)
    yield made_scene
    made_scene.window.close()


@pytest.mark.parametrize("begins, page", [("Settings", SettingsPage), ("I need a person", HelpPage)])
@pytest.mark.parametrize("view", list(SHOWN))
def test_settings_and_help_are_reached_by_mouse_from_every_view_of_a_session(
    look: Look, wait_for: WaitFor, view: ViewName, begins: str, page: type[Page]
) -> None:
    scene = Scene(look, wait_for, view)
    scene.click("Keys")
    scene.click(begins)
    assert isinstance(scene.window.view, page)
    assert scene.window.running
    scene.window.close()


def test_the_list_of_keys_is_scrolled_by_keyboard(scene: Scene) -> None:
    scene.window.resize(640, 480)
    scene.press(Key.Key_Question)
    card = scene.window._overlays.keys
    bar = card._scroll.verticalScrollBar()
    last = card._rows[-1][1]
    assert bar.maximum() > 0 and not seen_wholly(last), "at this size not all keys are seen at once"
    places = []
    for key in (Key.Key_Down, Key.Key_PageDown, Key.Key_End, Key.Key_Up, Key.Key_PageUp, Key.Key_Home):
        scene.press(key)
        places.append(bar.value())
        if key == Key.Key_End:
            assert seen_wholly(last)
    down, page, end, up, page_up, home = places
    assert 0 < down < page <= end == bar.maximum() > up > page_up >= home == 0
    scene.press(Key.Key_Escape)
    assert card.isHidden() and scene.window.running


def seen_wholly(words: QLabel) -> bool:
    return words.visibleRegion().boundingRect() == words.rect()
