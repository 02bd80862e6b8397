"""The bar of a replay: pause, go on, 30 s back and forward, click and drag; hidden for what is live."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from biosync.gui.theme import Look
from biosync.gui.widgets.transport import TimeBar, Transport
from biosync.gui.window import Window
from tests.gui import made
from tests.gui.conftest import WaitFor

Key = Qt.Key


@pytest.fixture
def session() -> made.MadeSession:
    one = made.MadeSession(made.snapshot(made.person(origin="replay")))
    one.duration_s = 1800.0
    return one


@pytest.fixture
def window(look: Look, session: made.MadeSession, wait_for: WaitFor) -> Iterator[Window]:
    made_window = Window(look, lambda: session, made.outside(made.MadeSession))
    made_window.show()
    wait_for(lambda: bool(made_window.stage.people))
    yield made_window
    made_window.close()


def test_space_pauses_a_replay_and_goes_on(window: Window, session: made.MadeSession, wait_for: WaitFor) -> None:
    QTest.keyClick(window.view, Key.Key_Space)
    wait_for(lambda: session.paused)
    assert window.running
    wait_for(lambda: window._pages.transport._pause.text() == "Go on  Space")
    QTest.keyClick(window.view, Key.Key_Space)
    wait_for(lambda: not session.paused)


def test_arrows_go_30_s_back_and_forward_and_stay_within(
    window: Window, session: made.MadeSession, wait_for: WaitFor
) -> None:
    for key in (Key.Key_Left, Key.Key_Right):
        QTest.keyClick(window.view, key)
    wait_for(lambda: session.sought == [made.NOW - 30, made.NOW + 30])
    window._actions.seek(-5.0)
    window._actions.seek(9000.0)
    wait_for(lambda: session.sought[2:] == [0.0, 1800.0])


def test_the_bar_is_there_for_a_replay_only(window: Window, look: Look, wait_for: WaitFor) -> None:
    wait_for(lambda: window._pages.transport.isVisible())
    live = Window(look, made.MadeSession, made.outside(made.MadeSession))
    live.show()
    wait_for(lambda: live.stage.bridge is not None and live.frame_clock.seconds() > 0.1)
    assert not live._pages.transport.isVisible()
    live.close()


def test_esc_ends_a_replay(window: Window) -> None:
    QTest.keyClick(window.view, Key.Key_Escape)
    assert not window.running


def test_a_click_and_a_drag_seek(look: Look) -> None:
    bar = TimeBar(look)
    bar.resize(414, 24)
    bar.show()
    bar.show_time(100.0, 1000.0)
    heard: list[float] = []
    bar.sought.connect(heard.append)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(207, 12))
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    QTest.mouseMove(bar, QPoint(300, 12))
    assert heard == [pytest.approx(500.0, abs=2)]
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(9999, 12))
    assert len(heard) == 2
    bar.hide()


def test_while_it_is_dragged_the_knob_stays_under_the_pointer(look: Look) -> None:
    bar = TimeBar(look)
    bar.resize(414, 24)
    bar.show()
    bar.show_time(0.0, 1000.0)
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(207, 12))
    held = bar._x()
    bar.show_time(900.0, 1000.0)
    assert bar._x() == held
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=QPoint(207, 12))
    bar.hide()


def test_times_and_words_stand_beside_the_bar(look: Look) -> None:
    transport = Transport(look)
    transport.show_time(61.0, 1830.0, paused=True)
    assert (transport._at.text(), transport._whole.text()) == ("1:01", "30:30")
    assert transport._pause.toolTip() == "Go on (Space)"
    transport.show_time(61.0, None, paused=False)
    assert transport.isHidden()
