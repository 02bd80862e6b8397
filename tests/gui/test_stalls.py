"""The main thread is never away for more than 50 ms, or what is as much on a slow machine: neither computing nor
waiting for another thread."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer

from biosync.commands.demo import demo_cast
from biosync.commands.playing import Playing
from biosync.commands.window_world import WindowWorld
from biosync.gui.languages.speaking import Speaking
from biosync.gui.theme import DARK, HIGH_CONTRAST, LIGHT, Look
from biosync.gui.views.coach import CoachView
from biosync.gui.window import Window
from tests.gui import made
from tests.gui.conftest import WaitFor
from tests.gui.watchdog import BUSY_MACHINE, Watchdog

Coach = Callable[[float], Window]


def let_pass(wait_for: WaitFor, seconds: float) -> None:
    """Let Qt work for so long."""
    timer = QElapsedTimer()
    timer.start()
    wait_for(lambda: timer.elapsed() >= seconds * 1000)


@pytest.fixture
def coach(look: Look, wait_for: WaitFor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Coach]:
    """Return what opens a coach's window with eight people whose time runs so much faster than ours."""
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path))
    world = WindowWorld()
    outside, opened = world.outside(), list[Window]()
    speaking = Speaking(outside.preferring)

    def open_window(speed: float) -> Window:
        people = demo_cast(8, 1, each=True)
        window = Window(look, lambda: world.make(people, Playing(None, speed, True, True)), outside, view="coach")
        opened.append(window)
        window.resize(1440, 900)
        window.show()
        wait_for(lambda: len(window.stage.people) == 8)
        return window

    yield open_window
    for window in opened:
        window.close()
    speaking.silence()


@BUSY_MACHINE
def test_a_session_with_all_that_can_be_done_to_it_does_not_stall_the_window(
    look: Look, coach: Coach, wait_for: WaitFor
) -> None:
    window = coach(4.0)
    steps: list[Callable[[], object]] = [
        lambda: window.select_number(2), window.too_slow, window.mark, window.leave_person, window._life._join_virtual,
        window.show_keys, window.show_keys, window.show_notes, window.show_notes,
        window.show_sessions, window.show_help, lambda: look.use(LIGHT), window.show_settings,
        lambda: look.use(HIGH_CONTRAST), lambda: window._outside.preferring.change(language="de"),
        window.show_settings, lambda: look.use(DARK), lambda: window._outside.preferring.change(language="en"),
        lambda: window.resize(900, 600), window.toggle_session, window.toggle_session,
    ]
    with Watchdog() as dog:
        for step in steps:
            step()
            let_pass(wait_for, 0.25)
    assert not dog.ours, dog.told


@BUSY_MACHINE
def test_opening_the_first_charts_and_drawing_them_does_not_stall_the_window(
    coach: Coach, wait_for: WaitFor
) -> None:
    window = coach(30.0)
    wait_for(lambda: window.stage.now() > 90.0)
    view = window.session_view
    assert isinstance(view, CoachView)
    with Watchdog() as dog:
        view.open_client(view.board.order[0])
        wait_for(lambda: view.detail.panel is not None and view.detail.panel.drawn)
        let_pass(wait_for, 2.0)
        view.close_client()
        let_pass(wait_for, 0.2)
    assert not dog.ours, dog.told


@BUSY_MACHINE
def test_the_next_session_waits_for_the_one_before_without_holding_up_the_window(
    look: Look, wait_for: WaitFor
) -> None:
    let_go = threading.Event()

    class Slow(made.MadeSession):
        """A session that takes its time to let go of its straps."""

        async def run(self) -> None:
            await super().run()
            await asyncio.to_thread(let_go.wait, 5.0)

    sessions: list[made.MadeSession] = []

    def make() -> made.MadeSession:
        sessions.append(Slow(made.snapshot(made.person())))
        return sessions[-1]

    window = Window(look, make, made.outside(make))
    window.show()
    wait_for(lambda: bool(window.stage.people))
    with Watchdog() as dog:
        window.toggle_session()
        window.toggle_session()
        let_pass(wait_for, 0.2)
        assert (len(sessions), window.running, window.stage.people) == (1, True, ("Ana",))
        let_go.set()
        wait_for(lambda: len(sessions) == 2)
    assert window.running
    window.close()
    assert not dog.ours, dog.told


@BUSY_MACHINE
def test_the_watchdog_sees_a_stall(wait_for: WaitFor) -> None:
    with Watchdog() as dog:
        let_pass(wait_for, 0.02)
        begun = time.thread_time()
        while time.thread_time() - begun < 4 * dog.stall_s:  # the machine may have got slower by the end
            pass
        let_pass(wait_for, 0.05)
    assert dog.ours and dog.computed
    assert "test_the_watchdog_sees_a_stall" in dog.told
