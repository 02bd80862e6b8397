"""Watches the main thread for stalls: what it computed for too long, and where it waited for another thread."""

from __future__ import annotations

import gc
import statistics
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from types import TracebackType

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

STALL_S = 0.05
BUSY_MACHINE = pytest.mark.flaky(reruns=2)
"""For a test that watches: where others use the same processor a thread's own time swells, by a half at times, so what
stalls once is looked at again. A window that stalls does so each time."""
STALL_IN_WORKS = 14.0
"""How often the fixed piece of work below fits into 50 ms on the machine on which the window was made fit into them. A
stall is told as a share of that work: on a machine that is half as fast, computing for 80 ms is none."""
_TIMES = 7
_BEAT_MS = 4
_LOOK_S = 0.004


@dataclass(frozen=True)
class Stall:
    """The main thread did not come round for ``seconds``, of which it computed for ``cpu_s``; it was at ``stack``."""

    seconds: float
    cpu_s: float
    stack: str

    @property
    def waits(self) -> bool:
        """True if it waited for another thread, which it had not just started."""
        return "/threading.py" in self.stack.splitlines()[-2] and "_started.wait()" not in self.stack

    def __str__(self) -> str:
        return f"{self.seconds * 1000:.0f} ms ({self.cpu_s * 1000:.0f} computing)\n{self.stack}"


def work_s() -> float:
    """Return what a fixed piece of work, in Qt and in Python, takes this thread now, in s: the median of a few."""
    return statistics.median(_work() for _ in range(_TIMES))


def _work() -> float:
    begun = time.thread_time()
    box = QWidget()
    below = QVBoxLayout(box)
    for number in range(12):
        below.addWidget(QLabel(str(number)))
    box.setStyleSheet("QLabel { color: #123456; padding: 2px; font-size: 13px } QWidget { background: #102030 }")
    box.grab()
    sums: dict[int, float] = {}
    for number in range(20_000):
        sums[number % 97] = sums.get(number % 97, 0.0) + number * 0.5
    return time.thread_time() - begun


class Watchdog:
    """``stalls`` are those that were longer than 50 ms while the context lasted and Qt's loop ran; ``computed`` those
    in which the main thread itself computed for so long, by the speed of this machine; ``ours`` these and those in
    which it waited for another thread: not those in which the machine gave it no time. ``stall_s`` is
    that limit by now."""

    def __init__(self) -> None:
        self.stalls: list[Stall] = []
        self.stall_s = STALL_S
        self._main = threading.get_ident()
        self._clock = time.pthread_getcpuclockid(self._main)
        self._beat = QTimer()
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._mark)
        self._at: tuple[float, float] | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    @property
    def computed(self) -> list[Stall]:
        return [stall for stall in self.stalls if stall.cpu_s >= self.stall_s]

    @property
    def ours(self) -> list[Stall]:
        return [stall for stall in self.stalls if stall.cpu_s >= self.stall_s or stall.waits]

    @property
    def told(self) -> str:
        """Return the stalls that were ours, with where they were."""
        return f"longer than {self.stall_s * 1000:.0f} ms:\n" + "\n".join(str(stall) for stall in self.ours)

    def __enter__(self) -> Watchdog:
        self._be_fair()
        gc.collect()
        gc.freeze()  # the heap of a whole test run is not the window's; its own is frozen in the same way (bridge.py)
        self._beat.start(_BEAT_MS)
        self._mark()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._beat.stop()
        self._over.set()
        self._thread.join()
        gc.unfreeze()
        self._be_fair()

    def _be_fair(self) -> None:
        """Let a slow machine, or one that is busy before or after, have as much more time as it needs for all work."""
        self.stall_s = max(self.stall_s, STALL_IN_WORKS * work_s())

    def _mark(self) -> None:
        self._at = time.monotonic(), time.clock_gettime(self._clock)

    def _watch(self) -> None:
        stuck: tuple[float, float] | None = None
        stack = ""
        while not self._over.wait(_LOOK_S):
            at = self._at
            assert at is not None
            if stuck is not None and at != stuck:
                self.stalls.append(Stall(at[0] - stuck[0], at[1] - stuck[1], stack))
                stuck = None
            elif stuck is None and time.monotonic() - at[0] > STALL_S:
                stuck = at
                frame = sys._current_frames()[self._main]
                stack = "".join(traceback.format_stack(frame))
