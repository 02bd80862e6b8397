"""What a start does for the ledger: asks for its passphrase where it has one, and closes what was cut off."""

from __future__ import annotations

import getpass
import sys

from biosync.home import home, ledger_file


def look_after(*, to_keep: bool) -> None:
    """Close the sessions that were cut off, and say so; ``to_keep``: ask for a passphrase that is needed for this."""
    if not ledger_file(home()).exists():
        return  # and nothing heavy is loaded
    from biosync.commands.playing import say
    from biosync.store.ledger.problems import LedgerError
    from biosync.store.ledger.reader import Ledger

    try:
        if to_keep:
            ask_passphrase()
        Ledger.open(home(), tell=say).close()
    except LedgerError:
        return  # a session that is to be kept tells it itself; for all others it does not matter


def ask_passphrase() -> None:
    """Ask in the terminal for the ledger's passphrase, where it has one that nobody gave yet. LedgerError."""
    from biosync.store.ledger import keys

    if keys.is_missing(home()) and sys.stdin is not None and sys.stdin.isatty():
        keys.give(home(), getpass.getpass("Passphrase of the ledger: "))
