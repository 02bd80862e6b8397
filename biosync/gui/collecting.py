"""Python's collector of cycles, kept to the window's thread, and to a turn of its own there.

By itself it runs in whatever thread has just made one object too many, wherever that is. In a worker it would delete
what a closed page has left of Qt's objects while the window's thread may be in the middle of them: that crashes. In the
destructor of one of Qt's objects it would delete another that waits for the same lock: that hangs, and was seen.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 50


class Collector(QObject):
    """While it is open, the collector runs in the thread that made it, about as often as it would have by itself."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self.collect)

    def open(self) -> None:
        """Let nobody else collect from now on."""
        gc.disable()
        self._look.start()

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
        gc.enable()
