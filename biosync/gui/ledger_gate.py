"""Asks for the ledger's passphrase before what needs it, once in a run; or goes on without keeping anything."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from biosync.gui import words
from biosync.gui.errands import Errands
from biosync.gui.outside import Ledger
from biosync.gui.widgets.passphrase_card import PassphraseCard


class LedgerGate(QObject):
    """``through`` calls back as soon as the ledger is open, or is not wanted."""

    def __init__(self, ledger: Ledger, card: PassphraseCard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ledger, self._card = ledger, card
        self._settled = False
        self._then: Callable[[], None] | None = None
        self._errands = Errands(self)
        self.ask_with(card)

    def ask_with(self, card: PassphraseCard) -> None:
        """Ask with ``card`` from now on."""
        self._card = card
        card.given.connect(self._try)
        card.declined.connect(self._go_without)
        card.closed.connect(self._forget)

    @property
    def asking(self) -> bool:
        """True while the card waits for an answer."""
        return not self._card.isHidden()

    def through(self, then: Callable[[], None]) -> None:
        """Call ``then`` once the ledger is open or done without; at once where that is settled."""
        if self._settled:
            then()
            return
        self._then = then
        if not self._errands.waiting and not self.asking:
            self._errands.ask(self._ledger.needs_passphrase, self._asked, self._ask_again)

    def close(self) -> None:
        """Ask for nothing any more: the window closes."""
        self._then = None
        self._errands.close()

    def _asked(self, needed: bool) -> None:
        if needed:
            self._card.ask()
        else:
            self._settle()

    def _try(self, passphrase: str) -> None:
        self._card.wait()
        self._errands.ask(partial(self._ledger.unlock, passphrase), self._tried, self._ask_again)

    def _tried(self, sentence: str) -> None:
        if sentence:
            self._ask_again(sentence)
        else:
            self._settle()

    def _go_without(self) -> None:
        self._ledger.go_without()
        self._settle()

    def _settle(self) -> None:
        self._settled = True
        self._card.hide()
        then, self._then = self._then, None
        if then is not None:
            then()

    def _forget(self) -> None:
        self._then = None

    def _ask_again(self, sentence: str) -> None:
        self._card.ask(words.said(sentence))
