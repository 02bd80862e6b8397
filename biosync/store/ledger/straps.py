"""The straps that this biosync has been allowed to use, for whoever looks for straps."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from biosync.home import home
from biosync.store.ledger.kinds import Strap
from biosync.store.ledger.problems import LedgerError
from biosync.store.ledger.reader import Ledger


def known_straps() -> list[Strap]:
    """Return the straps whose wearers said yes; none where the ledger can't be read."""
    try:
        with Ledger.open(home()) as ledger:
            return ledger.straps()
    except LedgerError:
        return []  # nobody is known, so everybody is asked again: the safe side


def wearer(straps: Sequence[Strap], name: str, address: str) -> str | None:
    """Return who wears the strap, None for one that is not among ``straps``."""
    return next((one.person for one in straps if (one.name, one.address) == (name, address)), None)


def remember(name: str, address: str, person: str) -> None:
    """Keep that ``person`` wears the strap, in a thread: a slow disk must not delay the stamps of arrivals."""
    threading.Thread(target=remember_now, args=(name, address, person), name="remember a strap").start()


def remember_now(name: str, address: str, person: str) -> None:
    """Keep that ``person`` wears the strap; where that can't be written, they will be asked again."""
    try:
        with Ledger.open(home()) as ledger:
            if wearer(ledger.straps(), name, address) != person:
                ledger.remember(Strap(name, address, person))
    except LedgerError:
        return
