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


def remember(name: str, address: str, person: str, serial: str | None = None) -> None:
    """Keep that ``person`` wears the strap, in a thread: a slow disk must not delay the stamps of arrivals."""
    threading.Thread(target=remember_now, args=(name, address, person, serial), name="remember a strap").start()


def remember_now(name: str, address: str, person: str, serial: str | None = None) -> None:
    """Keep that ``person`` wears the strap; where that can't be written, they will be asked again."""
    try:
        with Ledger.open(home()) as ledger:
            if not _is_kept(ledger.straps(), Strap(name, address, person, serial)):
                ledger.remember(Strap(name, address, person, serial))
    except LedgerError:
        return


def _is_kept(straps: Sequence[Strap], new: Strap) -> bool:
    """Tell if nothing is new: an unread serial is no news about one that was read before."""
    known = next((one for one in straps if (one.name, one.address) == (new.name, new.address)), None)
    return known is not None and known.person == new.person and new.serial in (None, known.serial)
