"""One thing after the other, each in a turn of Qt's loop of its own, so that whatever moves goes on moving."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_BETWEEN_MS = 25


class Turns(QObject):
    """Does what can wait a moment and takes long."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: deque[Callable[[], None]] = deque()
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(_BETWEEN_MS)
        self._next.timeout.connect(self._do_next)

    def add(self, do: Callable[[], None]) -> None:
        """Do this, too, after all that waits."""
        self._waiting.append(do)
        if not self._next.isActive():
            self._next.start()

    def clear(self) -> None:
        """Do nothing of what waits."""
        self._waiting.clear()
        self._next.stop()

    def _do_next(self) -> None:
        try:
            self._waiting.popleft()()
        finally:
            if self._waiting:
                self._next.start()  # from now: where the machine is slow, there is time in between all the same
