"""Looks for straps again and again, and asks the doctor where none is heard; one worker at a time uses the radio."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from biosync.gui.bridge import Errand
from biosync.gui.outside import Examine, Scan
from biosync.gui.widgets.advice_panel import Advice, advice
from devices.doctor_report import Report
from devices.straps_in_range import FoundStrap

FIRST_SCAN_S, SCAN_S = 2.0, 5.0
"""The first look is a short one, so that a strap that is there comes up soon."""
EXAMINE_S = 3.0
_AGAIN_MS = 1000


class StrapFinder(QObject):
    """``heard`` carries the straps of each scan, ``advised`` what stands in the way where there are none."""

    heard = Signal(object)
    advised = Signal(object)

    def __init__(self, scan: Scan, examine: Examine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scan, self._examine = scan, examine
        self._errand: Errand | None = None
        self._wanted = False
        self._scan_s = FIRST_SCAN_S
        self._then: Callable[[], None] | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._look)

    def start(self) -> None:
        """Look now, and every few seconds anew until ``stop``."""
        self._wanted, self._then = True, None
        if self._errand is None:
            self._again.stop()
            self._scan_s = FIRST_SCAN_S
            self._look()

    def stop(self, then: Callable[[], None] | None = None) -> None:
        """Look no more; ``then`` is called as soon as the radio is free, at once where it is."""
        self._wanted, self._then = False, then
        self._again.stop()
        if self._errand is not None:
            self._errand.cancel()  # its end calls on
        else:
            self._finish()

    def close(self) -> None:
        """Look no more, and wait a moment for the radio: the window closes."""
        self._wanted, self._then = False, None
        self._again.stop()
        if self._errand is not None:
            self._errand.close(0.4)
            self._errand = None

    def _look(self) -> None:
        seconds, self._scan_s = self._scan_s, SCAN_S
        self._run(lambda: self._scan(seconds), partial(self._found, seconds))

    def _ask_doctor(self) -> None:
        self._run(lambda: self._examine(EXAMINE_S), self._told)

    def _run(self, ask: Callable[[], Coroutine[Any, Any, object]], hear: Callable[[object], None]) -> None:
        errand = self._errand = Errand(ask, self)
        answers: list[object] = []
        errand.answered.connect(answers.append)
        errand.problem.connect(lambda sentence: self._over(errand, lambda: self._failed(sentence, hear)))
        errand.finished.connect(lambda: self._over(errand, lambda: hear(answers[0]) if answers else self._rest()))
        errand.start()

    def _over(self, errand: Errand, go_on: Callable[[], None]) -> None:
        if self._errand is not errand:
            return
        self._errand = None
        errand.let_go()
        if self._wanted:
            go_on()
        else:
            self._finish()

    def _found(self, seconds: float, answer: object) -> None:
        straps: Sequence[FoundStrap] = answer  # type: ignore[assignment]  # signals carry plain objects
        self.heard.emit(straps)
        if straps or not self._wanted:
            self._rest()
        elif seconds < SCAN_S:
            self._look()
        else:
            self._ask_doctor()

    def _told(self, answer: object) -> None:
        report: Report = answer  # type: ignore[assignment]  # as above
        self.advised.emit(advice(report))
        self._rest()

    def _failed(self, sentence: str, hear: Callable[[object], None]) -> None:
        self.heard.emit(())
        self.advised.emit(Advice(sentence))
        if hear != self._told and self._wanted:
            self._ask_doctor()  # it may know more than the scan
        else:
            self._rest()

    def _rest(self) -> None:
        if self._wanted:
            self._again.start()
        else:
            self._finish()

    def _finish(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()
