"""Watches the main thread for stalls: what it computed for too long, and where it waited for another thread."""

from __future__ import annotations

import gc
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from types import TracebackType

import pytest
from PySide6.QtCore import Qt, QTimer

STALL_S = 0.05
BUSY_MACHINE = pytest.mark.flaky(reruns=2)
"""For a test that watches: where others use the same processor a thread's own time swells, by a half at times, so what
stalls once is looked at again. A window that stalls does so each time."""
_BEAT_MS = 4
_LOOK_S = 0.004


@dataclass(frozen=True)
class Stall:
    """The main thread did not come round for ``seconds``, of which it computed for ``cpu_s``; it was at ``stack``."""

    seconds: float
    cpu_s: float
    stack: str

    @property
    def ours(self) -> bool:
        """True if the main thread itself computed or waited so long, not the machine that gave it, or a thread that it
        had just started, no time."""
        waits = "/threading.py" in self.stack.splitlines()[-2] and "_started.wait()" not in self.stack
        return self.cpu_s >= STALL_S or waits


class Watchdog:
    """``stalls`` are those that were longer than 50 ms while the context lasted and Qt's loop ran."""

    def __init__(self) -> None:
        self.stalls: list[Stall] = []
        self._main = threading.get_ident()
        self._clock = time.pthread_getcpuclockid(self._main)
        self._beat = QTimer()
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._mark)
        self._at: tuple[float, float] | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Watchdog:
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
