"""The pages beside the session: reached from Start and by key, while a session goes on; left to where one came from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from biosync import catalog
from biosync.gui.page import Page, PageName
from biosync.gui.pages import _PAGES
from biosync.gui.theme import Look
from biosync.gui.views.breathe import BreatheView
from biosync.gui.views.sessions import SessionsPage
from biosync.gui.views.start import StartView
from biosync.gui.window import Window
from tests.gui import made
from tests.gui.conftest import WaitFor
from tests.gui.residue import fresh

Key = Qt.Key
PAGES: dict[str, type[Page]] = catalog.offered("biosync.gui.views", "PAGE", type)
KEYS: dict[PageName, Qt.Key] = {"sessions": Key.Key_S, "settings": Key.Key_Comma, "help": Key.Key_H}

NAMES = {"sessions": "Sessions", "settings": "Settings", "help": "I need a person"}


class Scene:
    """A window, at Start or with a session."""

    def __init__(self, look: Look, *, start: bool) -> None:
        self.sessions: list[made.MadeSession] = []
        self.window = Window(look, None if start else self.make, made.outside(self.make))
        self.window.show()
        self.window.activateWindow()

    def make(self) -> made.MadeSession:
        self.sessions.append(made.MadeSession(made.snapshot(made.person())))
        return self.sessions[-1]

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.focusWidget() or self.window, key)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home."""
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def front(look: Look, home: Path) -> Iterator[Scene]:
    scene = Scene(look, start=True)
    yield scene
    scene.window.close()


@pytest.fixture
def running(look: Look, home: Path, wait_for: WaitFor) -> Iterator[Scene]:
    scene = Scene(look, start=False)
    wait_for(lambda: bool(scene.window.stage.people))
    yield scene
    scene.window.close()


def test_every_page_of_the_catalogue_can_be_reached() -> None:
    assert set(_PAGES.values()) == set(PAGES.values())
    assert set(KEYS) == set(_PAGES)


@pytest.mark.parametrize("name", sorted(KEYS))
def test_a_key_shows_a_page_and_the_same_key_or_esc_leaves_it(front: Scene, wait_for: WaitFor, name: PageName) -> None:
    for leave in (KEYS[name], Key.Key_Escape):
        front.press(KEYS[name])
        wait_for(lambda: isinstance(front.window.view, _PAGES[name]))
        front.press(leave)
        assert isinstance(front.window.view, StartView)
    assert front.window.isVisible()


@pytest.mark.parametrize("name", sorted(KEYS))
def test_a_session_goes_on_while_a_page_is_looked_at(running: Scene, wait_for: WaitFor, name: PageName) -> None:
    running.press(KEYS[name])
    wait_for(lambda: isinstance(running.window.view, _PAGES[name]))
    assert running.window.running
    assert not running.window.frame_clock.running
    for key in (Key.Key_V, Key.Key_Plus, Key.Key_M, Key.Key_D, Key.Key_L):
        QTest.keyClick(running.window.view, key)  # they speak of what is not seen now
    assert running.window.running and isinstance(running.window.view, _PAGES[name])
    assert (running.sessions[0].said, running.sessions[0].marked) == ([], [])
    running.press(Key.Key_Escape)
    assert isinstance(running.window.view, BreatheView)
    assert running.window.running and running.window.frame_clock.running


def test_space_on_a_page_does_not_stop_the_session(running: Scene) -> None:
    running.window.show_settings()
    QTest.keyClick(running.window.view, Key.Key_Space)
    assert running.window.running


def test_from_page_to_page_and_back_to_the_session(running: Scene, wait_for: WaitFor) -> None:
    running.window.show_settings()
    running.window.show_sessions()
    wait_for(lambda: isinstance(running.window.view, SessionsPage))
    running.press(Key.Key_Escape)
    assert isinstance(running.window.view, BreatheView)


def test_a_session_that_ends_behind_a_page_is_over_when_one_comes_back(running: Scene, wait_for: WaitFor) -> None:
    running.window.show_settings()
    running.sessions[0].stop()
    bridge = running.window.stage.bridge
    assert bridge is not None
    bridge.stop()
    wait_for(lambda: not running.window.running)
    running.press(Key.Key_Escape)
    assert isinstance(running.window.view, BreatheView)
    assert not running.window.running


def test_start_leads_to_every_page_by_mouse_and_keyboard(front: Scene, wait_for: WaitFor) -> None:
    for name, kind in _PAGES.items():
        button = next(b for b in front.window.view.findChildren(QAbstractButton)
                      if b.accessibleName() == NAMES[name])
        assert button.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        wait_for(lambda kind=kind: isinstance(front.window.view, kind))  # type: ignore[misc]
        front.window.back()


@pytest.mark.parametrize("name", sorted(KEYS))
@pytest.mark.parametrize("size", [(640, 480), (900, 600), (1440, 900), (3840, 2160)])
def test_every_page_opens_at_every_size(
    front: Scene, wait_for: WaitFor, name: PageName, size: tuple[int, int]
) -> None:
    front.window.resize(*size)
    front.window.show_page(name)
    wait_for(lambda: isinstance(front.window.view, _PAGES[name]))
    assert fresh(front.window).shape[:2] == size[::-1]


@pytest.mark.parametrize("name", sorted(KEYS))
def test_every_control_of_a_page_has_a_name_and_is_reached_by_tab(
    front: Scene, wait_for: WaitFor, name: PageName
) -> None:
    front.window.show_page(name)
    wait_for(lambda: isinstance(front.window.view, _PAGES[name]))
    buttons = [button for button in front.window.view.findChildren(QAbstractButton) if button.isVisible()]
    assert buttons
    for button in buttons:
        assert button.accessibleName() or button.text()
        assert button.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
