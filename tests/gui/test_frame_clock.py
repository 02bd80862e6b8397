"""The beat of the screen."""

from __future__ import annotations

from biosync.gui.widgets.frame_clock import FrameClock
from tests.gui.conftest import WaitFor


def test_ticks_keep_to_their_deadlines(wait_for: WaitFor) -> None:
    clock = FrameClock()
    ticks: list[float] = []
    clock.tick.connect(ticks.append)
    begun = clock.seconds()
    clock.start(50)
    wait_for(lambda: len(ticks) >= 25)
    clock.stop()
    # A loaded machine may be late, but lateness never adds up: no tick comes early, and none is drawn twice.
    assert ticks == sorted(ticks)
    assert ticks[24] - begun >= 25 / 50 - 0.01


def test_a_stopped_clock_is_still(wait_for: WaitFor) -> None:
    clock, other = FrameClock(), FrameClock()
    ticks: list[float] = []
    beats: list[float] = []
    clock.tick.connect(ticks.append)
    other.tick.connect(beats.append)
    clock.start(100)
    clock.stop()
    other.start(50)
    wait_for(lambda: len(beats) >= 5)
    assert ticks == []
    assert not clock.running
