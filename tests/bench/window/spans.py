"""How long the main thread works on a frame: what the tick does, and the paint that follows it."""

from __future__ import annotations

import time

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QTimer

from biosync.gui.window import Window


class TimedWindow(Window):
    """A window that notes the work of each frame in seconds: ``wall`` as it passed, ``cpu`` as this thread computed."""

    def begin(self) -> None:
        """Note from now on."""
        self.ticks: list[float] = []
        self.wall: list[float] = []
        self.cpu: list[float] = []
        self._paints = True
        self._tick_s = (0.0, 0.0)
        self._began, self._process = time.perf_counter(), time.process_time()

    def end(self) -> float:
        """Return the share of a core that the process took since ``begin``, all of its threads."""
        return (time.process_time() - self._process) / (time.perf_counter() - self._began)

    def _tick(self, seconds: float) -> None:
        wall, cpu = time.perf_counter(), time.thread_time()
        super()._tick(seconds)
        if hasattr(self, "ticks"):
            self.ticks.append(wall)
            self._tick_s = time.perf_counter() - wall, time.thread_time() - cpu

    def event(self, event: QEvent) -> bool:
        """Do as ever, and note how long a paint took, with the tick that asked for it."""
        if event.type() != QEvent.Type.UpdateRequest or not hasattr(self, "ticks"):
            return bool(super().event(event))
        wall, cpu = time.perf_counter(), time.thread_time()
        done = bool(super().event(event))
        self.wall.append(self._tick_s[0] + time.perf_counter() - wall)
        self.cpu.append(self._tick_s[1] + time.thread_time() - cpu)
        self._tick_s = (0.0, 0.0)
        return done


def percentile_ms(seconds: list[float], percent: float) -> float:
    """Return a percentile of ``seconds`` in ms."""
    return float(np.percentile(seconds, percent)) * 1000


def let_run(seconds: float) -> None:
    """Let Qt work for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
