"""What a page beside the session offers the window: a file in ``views`` with one subclass of Page, named PAGE."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from biosync.gui.bridge import MakeSession
from biosync.gui.errands import Errands
from biosync.gui.outside import Outside
from biosync.gui.theme import Look
from biosync.gui.view import ViewName

PageName = Literal["sessions", "settings", "help"]


class PageActions(Protocol):
    """What a page may ask the window to do."""

    def back(self) -> None:
        """Go back to where one came from: the session that runs, or Start."""

    def show_page(self, name: PageName) -> None:
        """Show another page; the one that is seen already is left."""

    def show_keys(self) -> None:
        """Show or hide the list of keys."""

    def show_problem(self, sentence: str) -> None:
        """Show one sentence about what went wrong."""

    def play(self, make: MakeSession, view: ViewName) -> None:
        """Begin the session (a replay) that ``make`` makes, in place of a replay that runs; never of a live one."""


@dataclass(frozen=True, slots=True)
class PageKey:
    """A key of one page while that is seen: its code, its name on the screen, what it calls, and what that does."""

    code: Qt.Key
    name: str
    do: Callable[[], None]
    does: str


class Page(QWidget):
    """A page that is reached from Start and beside a session, which goes on. The window asks for the ledger's
    passphrase before ``open`` of one that ``reads_ledger``."""

    reads_ledger = False

    def __init__(self, look: Look, outside: Outside, actions: PageActions) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._look, self._outside, self._actions = look, outside, actions
        self._errands = Errands(self)

    def open(self) -> None:
        """Be seen from now on: read anew what is shown, and take the focus."""
        raise NotImplementedError

    def leave(self) -> None:
        """Be seen no more; called when another page is shown, also of a page that was never opened."""

    def back(self) -> bool:
        """Go back within the page, as Esc asks; False where there is nothing to go back to: then it is left."""
        return False

    def close_work(self) -> None:
        """End what still works in the background, within a moment: the window closes."""
        self._errands.close()

    def page_keys(self) -> tuple[PageKey, ...]:
        """Return the keys of this page; they come before the window's, which have the same meaning everywhere."""
        return ()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key of this page asks; the others go to the window."""
        for key in self.page_keys():
            if key.code == event.key() and event.modifiers() in _PLAIN and not event.isAutoRepeat():
                key.do()
                return
        super().keyPressEvent(event)


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier)
