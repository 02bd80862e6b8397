"""Questions to files and the ledger, asked in a worker so that the window never waits, answered in its thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from biosync.gui.bridge import Errand

T = TypeVar("T")
_CLOSE_S = 0.4


class Errands(QObject):
    """All questions that ``parent`` has asked and not been answered yet."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Kept here and not in what is connected: an errand that Qt deletes would let go of it in its own destructor,
        # and who asked may be deleted already; that crashed.
        self._open: dict[QObject, tuple[Callable[[Any], None], Callable[[str], None]]] = {}
        self._answers: dict[QObject, object] = {}

    @property
    def waiting(self) -> bool:
        """True while an answer is wanted that has not come."""
        return bool(self._open)

    def ask(self, question: Callable[[], T], hear: Callable[[T], None], fail: Callable[[str], None]) -> None:
        """Call ``question`` in a worker; then ``hear`` its answer, or ``fail`` with a sentence on what it raised."""
        async def work() -> object:
            return question()

        errand = Errand(work, self)
        self._open[errand] = hear, fail
        errand.answered.connect(self._answered)
        errand.finished.connect(self._finished)
        errand.problem.connect(self._failed)
        errand.start()

    def drop(self) -> None:
        """Hear no answer to what was asked so far; it works on to its end, unheard."""
        self._open.clear()

    def close(self) -> None:
        """End what still works, within a moment: the window closes."""
        self._open.clear()
        for one in self.children():
            if isinstance(one, Errand):
                one.close(_CLOSE_S)

    def _answered(self, answer: object) -> None:
        self._answers[self.sender()] = answer

    def _finished(self) -> None:
        errand: Errand = self.sender()  # type: ignore[assignment]  # no others are connected
        answer = self._answers.pop(errand, None)
        hear, _ = self._open.pop(errand, (None, None))
        errand.let_go()
        if hear is not None:
            hear(answer)

    def _failed(self, sentence: str) -> None:
        errand: Errand = self.sender()  # type: ignore[assignment]  # as above
        _, fail = self._open.pop(errand, (None, None))
        errand.let_go()
        if fail is not None:
            fail(sentence)
