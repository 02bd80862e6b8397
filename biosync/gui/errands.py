"""Questions to files and the ledger, asked in a worker so that the window never waits, answered in its thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject

from biosync.gui.bridge import Errand

T = TypeVar("T")
_CLOSE_S = 0.4


class Errands(QObject):
    """All questions that ``parent`` has asked and not been answered yet."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open: list[Errand] = []

    @property
    def waiting(self) -> bool:
        """True while an answer is still to come."""
        return bool(self._open)

    def ask(self, question: Callable[[], T], hear: Callable[[T], None], fail: Callable[[str], None]) -> None:
        """Call ``question`` in a worker; then ``hear`` its answer, or ``fail`` with a sentence on what it raised."""
        async def work() -> object:
            return question()

        errand = Errand(work, self)
        answers: list[T] = []
        errand.answered.connect(answers.append)
        errand.finished.connect(lambda: self._over(errand, lambda: hear(answers[0])))
        errand.problem.connect(lambda sentence: self._over(errand, partial(fail, sentence)))
        self._open.append(errand)
        errand.start()

    def drop(self) -> None:
        """Hear no answer to what was asked so far; it works on to its end, unheard."""
        self._open.clear()

    def close(self) -> None:
        """End what still works, within a moment: the window closes."""
        working, self._open = self._open, []
        for errand in working:
            errand.close(_CLOSE_S)

    def _over(self, errand: Errand, go_on: Callable[[], None]) -> None:
        errand.deleteLater()
        if errand in self._open:
            self._open.remove(errand)
            go_on()
