"""Locks the ledger with a passphrase or a key in the system's keyring, and unlocks it."""

from __future__ import annotations

from pathlib import Path

from biosync.home import ledger_file
from biosync.store.ledger import keys, successor
from biosync.store.ledger.database import connect
from biosync.store.ledger.deletion import copies
from biosync.store.ledger.opening import Opened
from biosync.store.ledger.presence import Presence, alone
from biosync.store.ledger.problems import LedgerError, in_words


def lock_with_passphrase(home: Path, passphrase: str, key: str | None = None) -> list[Path]:
    """Lock the ledger with a passphrase, and return older copies that stay as they were (perhaps in the clear).

    ``key`` is the passphrase that it has now, as in ``Ledger.open``. Nobody else may use the ledger. Raises
    LedgerError with one sentence, and then nothing was changed; a kill leaves it locked in the old way or the new.
    """
    if not passphrase:
        raise LedgerError("an empty passphrase locks nothing: choose some words that you can remember")
    return _change(home, key, passphrase, "passphrase")


def lock_with_keyring(home: Path, key: str | None = None) -> list[Path]:
    """Lock the ledger with a key that the system's keyring keeps; otherwise as ``lock_with_passphrase``."""
    if keys.lock_of(home) == "keyring":
        return copies(home)
    return _change(home, key, keys.new_in_keyring(home), "keyring")


def unlock(home: Path, key: str | None = None) -> None:
    """Keep the ledger in the clear from now on; otherwise as ``lock_with_passphrase``."""
    _change(home, key, None, "none")


def _change(home: Path, old: str | None, new: str | None, kind: keys.Lock) -> list[Path]:
    before = keys.lock_of(home)
    Opened(home, old).close()  # mends what a start mends, and shows that the key fits
    old = keys.find(home) if old is None else old
    presence = Presence(home)
    try:
        with alone(home, presence):
            _copy(home, old, new)
            keys.mark(home, kind)
            successor.succeed(home)
    finally:
        presence.close()
    if before == "keyring" and kind != "keyring":
        keys.forget_in_keyring(home)
    if kind == "passphrase" and new is not None:
        keys.give(home, new)
    return copies(home)


def _copy(home: Path, old: str | None, new: str | None) -> None:
    path = ledger_file(home)
    source = connect(path, old)
    try:
        fresh = successor.begin(home, new)
        try:
            with in_words(path):
                successor.copy_all(source, fresh)
        finally:
            fresh.close()
    finally:
        source.close()
