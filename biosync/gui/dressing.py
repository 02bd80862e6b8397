"""Dresses the parts of a window in the theme in force: what is seen at once, all else in turns of its own.

Qt looks through its rules for every control, seen or not: all at once held up the window for a tenth of a second.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from biosync.gui.theme import Look, style_sheet
from biosync.gui.turns import Turns

_PAINT_LATER_MS = 8


class Dressing(QObject):
    """Keeps in the theme of ``look`` every part of ``window`` that it was given, for as long as that is there."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look, self._window = look, window
        self._parts: list[QWidget] = []
        self._undressed: list[QWidget] = []
        self._turns = Turns(self)
        look.changed.connect(self._dress_anew)

    @property
    def undressed(self) -> tuple[QWidget, ...]:
        """The parts that still wear the theme before; each is dressed when it is shown, if not sooner."""
        return tuple(self._undressed)

    def dress(self, part: QWidget) -> None:
        """Dress ``part`` now, and again with each change of the theme."""
        self._parts.append(part)
        self._put_on(part)
        part.installEventFilter(self)
        part.destroyed.connect(partial(self._forget, part))

    def eventFilter(self, part: QObject, event: QEvent) -> bool:
        """Let no part be seen in the theme before."""
        if event.type() == QEvent.Type.Show and isinstance(part, QWidget):
            self._dress_late(part)
        return False

    def _dress_anew(self) -> None:
        """Dress first and paint a turn later: both at once would hold up whatever else moves."""
        self._window.setUpdatesEnabled(False)
        QTimer.singleShot(_PAINT_LATER_MS, self._window, lambda: self._window.setUpdatesEnabled(True))
        self._undressed = [part for part in self._parts if not part.isVisible()]
        for part in self._parts:
            if part.isVisible():
                self._put_on(part)
        self._turns.clear()
        for part in self._undressed:
            self._turns.add(partial(self._dress_late, part))

    def _dress_late(self, part: QWidget) -> None:
        if part in self._undressed:
            self._undressed.remove(part)
            self._put_on(part)

    def _put_on(self, part: QWidget) -> None:
        part.setStyleSheet(style_sheet(self._look.tokens))

    def _forget(self, part: QWidget, *_: QObject) -> None:
        self._parts = [one for one in self._parts if one is not part]
        self._undressed = [one for one in self._undressed if one is not part]
