"""Pages that nobody sees any more: each is deleted once what it has begun in the background is over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from biosync.gui.bridge import Worker

_LOOK_MS = 1000


class Retired(QObject):
    """Waits for no worker, so that nothing is held up; looks again once a second, and whenever more pages come."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pages: list[QWidget] = []
        self._again = QTimer(self)
        self._again.setInterval(_LOOK_MS)
        self._again.timeout.connect(self._let_go)

    @property
    def pages(self) -> tuple[QWidget, ...]:
        """Those that are not deleted yet."""
        return tuple(self._pages)

    def take(self, pages: Sequence[QWidget]) -> None:
        """Keep ``pages`` until they rest."""
        self._let_go()
        self._pages += pages
        self._again.start()

    def close_work(self) -> None:
        """End what still works, within a moment: the window closes."""
        for page in self._pages:
            page.close_work()  # type: ignore[attr-defined]  # all pages of the window have it

    def _let_go(self) -> None:
        busy = [page for page in self._pages if any(worker.alive for worker in page.findChildren(Worker))]
        for page in self._pages:
            if page not in busy:
                page.deleteLater()
        self._pages = busy
        if not busy:
            self._again.stop()
