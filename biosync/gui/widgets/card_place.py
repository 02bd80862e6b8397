"""The place of one card for keyboard and screen reader: it paints nothing, the board does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

_SAYS_AGAIN_S = 4.0
"""Figures that change are told to a screen reader at most so often; another state is told at once."""
_STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class CardPlace(QWidget):
    """``opened`` asks for the card's charts, ``stepped`` for the card so many columns and rows away, ``focused`` tells
    that this one has the focus, or has it no more."""

    opened = Signal(str)
    stepped = Signal(int, int)
    focused = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self._state = ""
        self._said_at = float("-inf")
        self.setUpdatesEnabled(False)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)

    def say(self, state: str, spoken: Callable[[], str], seconds: float) -> None:
        """Tell a screen reader what the card shows, which ``spoken`` has in words; ``seconds`` is the viewer's time."""
        if state != self._state or seconds - self._said_at >= _SAYS_AGAIN_S:
            self._state, self._said_at = state, seconds
            if spoken() != self.accessibleDescription():
                self.setAccessibleDescription(spoken())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the card, or go to another one; all other keys are the window's."""
        step = _STEPS.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self._name)
        elif step is not None:
            self.stepped.emit(*step)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have the card drawn as the one at hand."""
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Have it drawn as the others are."""
        super().focusOutEvent(event)
        self.focused.emit()
