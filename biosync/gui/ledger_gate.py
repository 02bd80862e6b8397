"""Asks for the ledger's passphrase before what needs it, once in a run; or goes on without keeping anything."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from biosync.gui.bridge import Errand
from biosync.gui.outside import Ledger
from biosync.gui.widgets.passphrase_card import PassphraseCard


class LedgerGate(QObject):
    """``through`` calls back as soon as the ledger is open, or is not wanted."""

    def __init__(self, ledger: Ledger, card: PassphraseCard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ledger, self._card = ledger, card
        self._settled = False
        self._then: Callable[[], None] | None = None
        self._errand: Errand | None = None
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
        if self._errand is None and not self.asking:
            self._ask(self._needs, self._asked)

    def close(self) -> None:
        """Ask for nothing any more: the window closes."""
        self._then = None
        if self._errand is not None:
            self._errand.close(0.4)
            self._errand = None

    async def _needs(self) -> object:
        return self._ledger.needs_passphrase()

    def _asked(self, needed: object) -> None:
        if needed:
            self._card.ask()
        else:
            self._settle()

    def _try(self, passphrase: str) -> None:
        self._card.wait()
        self._ask(partial(self._unlock, passphrase), self._tried)

    async def _unlock(self, passphrase: str) -> object:
        return self._ledger.unlock(passphrase)

    def _tried(self, sentence: object) -> None:
        if sentence:
            self._card.ask(str(sentence))
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

    def _ask(self, ask: Callable[[], object], hear: Callable[[object], None]) -> None:
        errand = self._errand = Errand(ask, self)  # type: ignore[arg-type]  # both are coroutine functions
        answers: list[object] = []
        errand.answered.connect(answers.append)
        errand.finished.connect(lambda: self._over(errand, lambda: hear(answers[0])))
        errand.problem.connect(lambda sentence: self._over(errand, lambda: self._card.ask(sentence)))
        errand.start()

    def _over(self, errand: Errand, go_on: Callable[[], None]) -> None:
        if self._errand is errand:
            self._errand = None
            errand.deleteLater()
            go_on()
