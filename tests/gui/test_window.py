"""The window: its keys, its pages, its endings."""

from __future__ import annotations

import signal
import sys
import time

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from biosync.gui import app
from biosync.gui.keys import keys
from biosync.gui.theme import LIGHT, Look
from biosync.gui.views.breathe import BreatheView
from biosync.gui.views.coach import CoachView
from biosync.gui.views.start import StartView
from biosync.gui.window import ViewName, Window
from biosync.run_problems import SessionProblem
from tests.gui import made
from tests.gui.conftest import WaitFor

Key = Qt.Key


class Scene:
    """A window and the sessions that were made for it."""

    def __init__(self, look: Look, *, start: bool = False, view: ViewName = "breathe") -> None:
        self.sessions: list[made.MadeSession] = []
        self.error: Exception | None = None
        self.window = Window(look, None if start else self.make, made.outside(self.make), view=view)
        self.window.show()

    def make(self) -> made.MadeSession:
        """Make a session."""
        self.sessions.append(made.MadeSession(made.snapshot(made.person()), self.error))
        return self.sessions[-1]

    def press(self, key: Qt.Key) -> None:
        """Press a key wherever the focus is."""
        QTest.keyClick(self.window.focusWidget() or self.window, key)


@pytest.fixture
def scene(look: Look, wait_for: WaitFor):  # type: ignore[no-untyped-def]
    made_scene = Scene(look)
    wait_for(lambda: len(made_scene.sessions) == 1)
    yield made_scene
    made_scene.window.close()


@pytest.fixture
def front(look: Look):  # type: ignore[no-untyped-def]
    made_scene = Scene(look, start=True)
    yield made_scene
    made_scene.window.close()


def test_a_session_goes_straight_to_its_view(scene: Scene) -> None:
    assert isinstance(scene.window.view, BreatheView)
    assert scene.window.running
    assert scene.window.frame_clock.running


def test_coach_is_the_other_view(look: Look) -> None:
    scene = Scene(look, view="coach")
    assert isinstance(scene.window.view, CoachView)
    scene.window.close()


def test_space_stops_and_starts(scene: Scene, wait_for: WaitFor) -> None:
    scene.press(Key.Key_Space)
    assert not scene.window.running
    wait_for(lambda: scene.sessions[0]._stop.is_set())
    scene.press(Key.Key_Space)
    assert scene.window.running
    wait_for(lambda: len(scene.sessions) == 2)


def test_space_on_a_focused_button_presses_the_button(scene: Scene) -> None:
    scene.window.activateWindow()
    QTest.keyClick(scene.window.view, Key.Key_Tab)
    QTest.keyClick(scene.window.focusWidget(), Key.Key_Space)
    assert scene.window.running


def test_esc_stops_then_leaves_full_screen_then_closes(scene: Scene) -> None:
    scene.press(Key.Key_F)
    assert scene.window.isFullScreen()
    scene.press(Key.Key_Escape)
    assert not scene.window.running
    assert scene.window.isFullScreen()
    scene.press(Key.Key_Escape)
    assert not scene.window.isFullScreen()
    assert scene.window.isVisible()
    scene.press(Key.Key_Escape)
    assert not scene.window.isVisible()


def test_plus_and_minus_tell_the_pacer(scene: Scene, wait_for: WaitFor) -> None:
    wait_for(lambda: bool(scene.window.stage.people))
    for key in (Key.Key_Plus, Key.Key_Minus, Key.Key_M):
        scene.press(key)
    session = scene.sessions[0]
    wait_for(lambda: session.said == ["too_slow", "too_fast"] and session.marked == ["marker"])


def test_the_question_mark_shows_the_keys_and_esc_hides_them(scene: Scene) -> None:
    card = scene.window._overlays.keys
    scene.press(Key.Key_Question)
    assert card.isVisible()
    scene.press(Key.Key_Escape)
    assert not card.isVisible()
    assert scene.window.running


def test_keys_with_other_modifiers_do_nothing(scene: Scene) -> None:
    QTest.keyClick(scene.window.view, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(scene.window.view, Key.Key_Q)
    assert not scene.window.isFullScreen()
    assert scene.window.isVisible()
    QTest.keyClick(scene.window.view, Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not scene.window.isVisible()


def test_every_key_has_a_method_and_no_two_share_a_code() -> None:
    table = keys()
    assert all(callable(getattr(Window, key.method)) for key in table)
    codes = [(code, key.ctrl) for key in table for code in key.codes]
    assert len(codes) == len(set(codes))


def test_closing_ends_the_worker_within_a_second(scene: Scene) -> None:
    bridge = scene.window.stage.bridge
    assert bridge is not None
    thread = bridge._thread
    begun = time.monotonic()
    scene.window.close()
    assert time.monotonic() - begun < 1.0
    assert not thread.is_alive()


def test_nothing_is_painted_while_hidden(scene: Scene) -> None:
    scene.window.hide()
    assert not scene.window.frame_clock.running
    scene.window.show()
    assert scene.window.frame_clock.running
    scene.window.showMinimized()
    assert not scene.window.frame_clock.running


def test_a_session_that_ends_by_itself_is_over_on_the_screen(scene: Scene, wait_for: WaitFor) -> None:
    bridge = scene.window.stage.bridge
    assert bridge is not None
    bridge.stop()
    wait_for(lambda: not scene.window.running)
    scene.press(Key.Key_Space)
    wait_for(lambda: len(scene.sessions) == 2)


def test_a_problem_is_one_sentence_and_esc_takes_it_away(look: Look, wait_for: WaitFor) -> None:
    scene = Scene(look, start=True)
    scene.error = SessionProblem("the file is empty: choose another one")
    scene.window.start_demo()
    wait_for(scene.window.notice.isVisible)
    assert scene.window.notice.text == "The file is empty: choose another one."
    assert not scene.window.running
    scene.press(Key.Key_Escape)
    assert not scene.window.notice.isVisible()
    scene.press(Key.Key_Escape)
    assert isinstance(scene.window.view, StartView)
    scene.window.close()


def test_an_error_in_a_slot_shows_a_sentence_not_a_traceback(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    app._catch(scene.window)
    sys.excepthook(ValueError, ValueError("odd"), None)
    assert scene.window.notice.isVisible()
    assert "ValueError: odd" in scene.window.notice.text


def test_two_clicks_at_most_from_launch_to_a_cue(front: Scene, wait_for: WaitFor) -> None:
    assert isinstance(front.window.view, StartView)
    QTest.mouseClick(front.window.view._demo, Qt.MouseButton.LeftButton)
    assert isinstance(front.window.view, BreatheView)
    wait_for(lambda: len(front.sessions) == 1)
    assert front.window.running


def test_after_a_session_esc_goes_back_to_the_start_page(front: Scene, wait_for: WaitFor) -> None:
    front.press(Key.Key_D)
    wait_for(lambda: len(front.sessions) == 1)
    front.press(Key.Key_Escape)
    front.press(Key.Key_Escape)
    assert isinstance(front.window.view, StartView)
    assert not front.window.frame_clock.running
    front.press(Key.Key_D)
    wait_for(lambda: len(front.sessions) == 2)


def test_enter_presses_the_button_that_has_the_focus(front: Scene, wait_for: WaitFor) -> None:
    front.window.activateWindow()
    front.window.view._demo.setFocus()
    QTest.keyClick(front.window.view._demo, Key.Key_Return)
    wait_for(lambda: len(front.sessions) == 1)


@pytest.mark.parametrize("view", ["breathe", "coach"])
def test_tab_walks_through_every_control(look: Look, view: ViewName) -> None:
    scene = Scene(look, view=view)
    scene.window.activateWindow()
    buttons = scene.window.view.findChildren(QAbstractButton)
    wanted = {button.accessibleName() for button in buttons if button.isVisible()}
    seen = set()
    for _ in range(2 * len(wanted) + 2):
        scene.press(Key.Key_Tab)
        focused = scene.window.focusWidget()
        seen.add(focused.accessibleName() if focused is not None else "")
    assert wanted <= seen
    scene.window.close()


def test_another_theme_dresses_the_open_window(scene: Scene, look: Look) -> None:
    before = scene.window.view.styleSheet()
    look.use(LIGHT)
    assert scene.window.view.styleSheet() != before
    assert LIGHT.surface in scene.window.view.styleSheet()


def test_the_notice_stays_in_the_middle_of_a_resized_window(scene: Scene) -> None:
    scene.window.show_problem("a sentence")
    scene.window.resize(900, 600)
    notice = scene.window.notice
    assert abs(notice.geometry().center().x() - 450) <= 1
    assert abs(notice.geometry().center().y() - 300) <= 1


def test_run_window_opens_and_returns_once_closed(application: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    seen: list[str] = []

    def look_and_close() -> None:
        windows = [found for found in application.topLevelWidgets() if isinstance(found, Window)]
        window = next(found for found in windows if found.isVisible())
        seen.append(type(window.view).__name__)
        signal.raise_signal(signal.SIGINT)

    QTimer.singleShot(300, look_and_close)
    try:
        code = app.run_window(made.MadeSession, made.outside(made.MadeSession), view="coach")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert (code, seen) == (0, ["CoachView"])
