"""Stalls of the window are told in the notes, once asked for: which, how long, and not too often."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QElapsedTimer
from PySide6.QtWidgets import QApplication

from biosync.gui.preferring import Preferring
from biosync.gui.stall_watch import StallWatch
from biosync.gui.theme import Look
from biosync.gui.window import Window
from biosync.preferences import Preferences
from tests.gui import made
from tests.gui.conftest import WaitFor


def watch(application: QApplication) -> tuple[StallWatch, list[str]]:
    told: list[str] = []
    made_up = StallWatch(Preferring(Preferences(), lambda now: ""))
    made_up.told.connect(told.append)
    return made_up, told


@pytest.mark.parametrize(("gap_ms", "said"), [
    (8.0, []), (55.0, []), (59.0, ["The window stood still for 51 ms."]),
    (480.0, ["The window stood still for 472 ms."]), (3_600_000.0, [])])  # fmt: skip
def test_a_late_beat_is_a_stall(application: QApplication, gap_ms: float, said: list[str]) -> None:
    made_up, told = watch(application)
    for at in (0.0, 8.0, 8.0 + gap_ms):
        made_up.beat(at)
    assert told == said


def test_several_are_told_together_after_ten_seconds(application: QApplication) -> None:
    made_up, told = watch(application)
    at = 0.0
    for gap in (8.0, 108.0, 208.0, 8.0, 308.0, *[8.0] * 1300):
        at += gap
        made_up.beat(at)
    assert told == ["The window stood still for 100 ms.", "The window stood still 2 times, for up to 300 ms."]


def test_it_watches_only_while_that_is_set_and_tells_in_the_notes(look: Look, wait_for: WaitFor) -> None:
    preferring = Preferring(Preferences(), lambda now: "")
    window = Window(look, None, made.outside(made.MadeSession, preferring=preferring))
    window.show()
    assert not window._stall_watch.watching
    preferring.change(watch_stalls=True)
    assert window._stall_watch.watching
    wait_for(lambda: window._stall_watch._last_ms is not None)
    busy = QElapsedTimer()
    busy.start()
    while busy.elapsed() < 80:
        pass
    wait_for(lambda: any(said.startswith("The window stood still") for said in window.note.said))
    preferring.change(watch_stalls=False)
    assert not window._stall_watch.watching
    window.close()
