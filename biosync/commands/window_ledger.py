"""The ledger as the window needs it: is it locked, does this passphrase open it, or do we go without."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from biosync.home import home, ledger_file

if TYPE_CHECKING:
    from biosync.store.ledger.keys import Lock
    from biosync.store.ledger.reader import Ledger


class WindowLedger:
    """``keeps`` is False once a person chose to go on without keeping. ``tell`` gets what a start mends."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.keeps = True
        self._tell = tell

    def needs_passphrase(self) -> bool:
        """Tell whether a passphrase is missing, or the one given does not fit; else close what was cut off."""
        from biosync.store.ledger import keys
        from biosync.store.ledger.problems import LedgerError, WrongKey

        if not ledger_file(home()).exists():
            return False
        try:
            self._mend(None)
        except WrongKey as problem:
            if keys.lock_of(home()) == "passphrase":
                return True
            self._tell(str(problem))
        except LedgerError as problem:
            self._tell(str(problem))
        return False

    def unlock(self, passphrase: str) -> str:
        """Try ``passphrase``, and remember it in this process if it fits; return one sentence if it does not."""
        from biosync.store.ledger import keys
        from biosync.store.ledger.problems import LedgerError, WrongKey

        try:
            self._mend(passphrase)
        except WrongKey:
            return "This passphrase does not open the ledger: try again, or go on without keeping."
        except LedgerError as problem:
            self._tell(str(problem))
        keys.give(home(), passphrase)
        return ""

    def go_without(self) -> None:
        """Keep nothing from now on."""
        self.keeps = False

    def opened(self) -> Ledger:
        """Open it to read and change what is stored; raises LedgerError with one sentence."""
        from biosync.store.ledger.reader import Ledger

        return Ledger.open(home(), tell=self._tell)

    def lock(self) -> Lock:
        """Return how it is locked."""
        from biosync.store.ledger import keys

        return keys.lock_of(home())

    def _mend(self, key: str | None) -> None:
        from biosync.store.ledger.reader import Ledger

        Ledger.open(home(), key=key, tell=self._tell).close()
