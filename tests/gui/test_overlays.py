"""What lies over a view: how one comes to it and on, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
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
from tests.gui.reaching import reachable

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
        assert QTest.qWaitForWindowActive(self.window)
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


@pytest.mark.parametrize("show", ["show_keys", "show_notes", "show_problem", "passphrase"])
def test_the_focus_stays_in_a_card_and_is_given_back(scene: Scene, show: str) -> None:
    window = scene.window
    slower = next(one for one in window.findChildren(QPushButton) if one.text().startswith("Too slow"))
    slower.setFocus()
    if show == "passphrase":
        window._overlays.passphrase.ask()
    else:
        getattr(window, show)(*["The strap can't be reached."] if show == "show_problem" else [])
    card = window._overlays.top
    assert card is not None
    for key in (Key.Key_Tab, Key.Key_Backtab):
        met = []
        for _ in range(6):
            scene.press(key)
            met.append(window.focusWidget())
        assert all(one is not None and card.isAncestorOf(one) for one in met), met
        assert set(met) == set(reachable(window))
    held = window.focusWidget()
    QTest.mouseClick(window.view, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert window.focusWidget() is held, "a click beside the card does not take the focus out of it"
    slower.setFocus()
    card.close_it()
    assert window.focusWidget() is slower


def test_what_is_gone_meanwhile_gets_no_focus_back(scene: Scene, wait_for: WaitFor) -> None:
    field = QPushButton("soon gone", scene.window.view)
    field.show()
    field.setFocus()
    scene.press(Key.Key_Question)
    gone: list[bool] = []
    field.destroyed.connect(lambda: gone.append(True))
    field.deleteLater()
    wait_for(lambda: bool(gone))
    scene.press(Key.Key_Escape)
    assert scene.window._overlays.top is None
    scene.press(Key.Key_Question)
    assert scene.window._overlays.top is scene.window._overlays.keys, "the window still hears its keys"


def test_a_card_under_another_leaves_the_focus_to_it(scene: Scene) -> None:
    passphrase = scene.window._overlays.passphrase
    passphrase.ask()
    scene.press(Key.Key_F1)
    keys = scene.window._overlays.keys
    assert scene.window._overlays.top is keys and keys.isAncestorOf(scene.window.focusWidget())
    keys.close_it()
    assert scene.window.focusWidget() is passphrase._field
