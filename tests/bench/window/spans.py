"""How busy the main thread is: the time between being woken and going back to sleep, span by span."""

from __future__ import annotations

import time

import numpy as np
from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, QTimer


class Spans:
    """Seconds of each span of work of the main thread, from ``begin`` to ``end``, with the process' CPU meanwhile."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._woken: float | None = None
        self._began = self._cpu = 0.0

    def begin(self) -> None:
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self._awake)
        dispatcher.aboutToBlock.connect(self._sleep)
        self._began, self._cpu = time.perf_counter(), time.process_time()

    def end(self) -> float:
        """Return the share of a core that the process took, all of its threads."""
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.disconnect(self._awake)
        dispatcher.aboutToBlock.disconnect(self._sleep)
        return (time.process_time() - self._cpu) / (time.perf_counter() - self._began)

    def percentile(self, percent: float) -> float:
        return float(np.percentile(self.seconds, percent))

    def _awake(self) -> None:
        self._woken = time.perf_counter()

    def _sleep(self) -> None:
        if self._woken is not None:
            self.seconds.append(time.perf_counter() - self._woken)
            self._woken = None


def let_run(seconds: float) -> None:
    """Let Qt work for so long."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
