"""A sheet that lies over a page for a moment, and has the keyboard while it does."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from biosync.gui.theme import SPACE, Look
from biosync.gui.widgets.veil import Veil


class Card(QFrame):
    """A raised sheet over its parent, as large as its words. The focus stays within it until it goes away, and then is
    again where it was."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._over = parent
        self._came_from: QWidget | None = None
        self._veil = Veil(look, parent)
        self.setObjectName("card")
        self.hide()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._hold_focus)

    def place(self) -> None:
        """Come to the middle of the parent."""
        parent = self._over
        self.setMaximumWidth(parent.width() - 4 * SPACE)
        self.adjustSize()
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():  # words that wrap may need more lines than one guesses
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))
        self.move((parent.width() - self.width()) // 2, (parent.height() - self.height()) // 2)

    def lie_over(self, first: QWidget | None = None) -> None:
        """Show it, over all else, with the focus on ``first``, else on the first of its controls."""
        if self.isHidden():
            self._came_from = self.window().focusWidget()
        self.place()
        self._veil.cover()
        self.show()
        self.raise_()
        (first or self._first()).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_it(self) -> None:
        """Go away."""
        self.hide()

    # --- the focus ---

    def focusNextPrevChild(self, on: bool) -> bool:
        """Go round within the card: what lies under it is not reached by Tab."""
        reached = self._reached()
        if self.isHidden() or not reached:
            return False
        here = self.window().focusWidget()
        at = reached.index(here) if here in reached else (-1 if on else 0)
        reason = Qt.FocusReason.TabFocusReason if on else Qt.FocusReason.BacktabFocusReason
        reached[(at + (1 if on else -1)) % len(reached)].setFocus(reason)
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the focus back; not where the whole window is hidden."""
        super().hideEvent(event)
        if self.isHidden():
            self._veil.hide()
            self._give_focus_back()

    def _first(self) -> QWidget:
        return (self._reached() or [self])[0]

    def _give_focus_back(self) -> None:
        back, self._came_from = self._came_from, None
        focus = self.window().focusWidget()
        if focus is not None and not self._holds(focus):
            return
        usable = back is not None and shiboken6.isValid(back) and back.isVisible() and back.isEnabled()
        (back if usable and back is not None else self._over).setFocus(Qt.FocusReason.OtherFocusReason)

    def _hold_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Take the focus back from what is under the card, and remember who wanted it."""
        if now is None or not self.isVisible() or now.window() is not self.window() or _in_a_card(now):
            return
        self._came_from = now
        stays = before is not None and shiboken6.isValid(before) and self._holds(before) and before.isEnabled()
        (before if stays and before is not None else self._first()).setFocus(Qt.FocusReason.OtherFocusReason)

    def _holds(self, widget: QWidget) -> bool:
        return widget is self or self.isAncestorOf(widget)

    def _reached(self) -> list[QWidget]:
        """Return what Tab leads to, in its order."""
        found, one = [], self.nextInFocusChain()
        while one is not None and one is not self:
            if self.isAncestorOf(one) and one.isVisible() and one.isEnabled() and (
                one.focusPolicy() & Qt.FocusPolicy.TabFocus
            ):
                found.append(one)
            one = one.nextInFocusChain()
        return found


def _in_a_card(widget: QWidget) -> bool:
    one: QWidget | None = widget
    while one is not None and not isinstance(one, Card):
        one = one.parentWidget()
    return one is not None
