"""Python's collector of cycles, kept to the window's thread.

By itself it runs in whatever thread has just made the last object too many: mostly a worker. There it would delete what
a closed page has left of Qt's objects while the window's thread may be in the middle of them; that crashes.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 50


class Collector(QObject):
    """While it is open, the collector runs in the thread that made it, as often as it would have run by itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_on = gc.isenabled()
        gc.disable()
        self._look = QTimer(self)
        self._look.timeout.connect(self.collect)
        self._look.start(_LOOK_MS)

    def collect(self) -> None:
        """Collect the oldest generation of which there is too much, if there is any."""
        counts, most = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if most[generation] and counts[generation] > most[generation]:
                gc.collect(generation)
                return

    def close(self) -> None:
        """Leave it to Python again."""
        self._look.stop()
        if self._was_on:
            gc.enable()
