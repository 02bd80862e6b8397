"""How long the main thread is busy at a time: from one wait for something to do to the next."""

from __future__ import annotations

import time

import numpy as np
from PySide6.QtCore import QAbstractEventDispatcher, QObject


class Busy(QObject):
    """Notes in ``cpu`` what this thread computed between two waits, in seconds. What passed meanwhile while it waited
    for a core is not in it: that is the machine's."""

    def begin(self) -> None:
        """Note from now on."""
        self.cpu: list[float] = []
        self._since = time.thread_time()
        self._began, self._process = time.perf_counter(), time.process_time()
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self._block)

    def end(self) -> float:
        """Note no more; return the share of a core that the process took since ``begin``, all of its threads."""
        share = (time.process_time() - self._process) / (time.perf_counter() - self._began)
        QAbstractEventDispatcher.instance().aboutToBlock.disconnect(self._block)
        return share

    def _block(self) -> None:
        now = time.thread_time()
        self.cpu.append(now - self._since)
        self._since = now


def percentile_ms(seconds: list[float], percent: float) -> float:
    """Return a percentile of ``seconds`` in ms."""
    return float(np.percentile(seconds, percent)) * 1000
