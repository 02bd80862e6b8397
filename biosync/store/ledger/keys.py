"""Where the ledger's key comes from: given to this process, in the environment, or in the system's keyring."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from biosync.home import ledger_file
from biosync.store.ledger.database import is_locked
from biosync.store.ledger.problems import LedgerError, WrongKey, in_words

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

Lock = Literal["none", "passphrase", "keyring"]
VARIABLE = "BIOSYNC_PASSPHRASE"
_SERVICE = "biosync"

_given: dict[Path, str] = {}


def lock_of(home: Path) -> Lock:
    """Return how the ledger of ``home`` is locked."""
    path = ledger_file(home)
    with in_words(path):
        if not is_locked(path):
            return "none"
        return "keyring" if _mark(home).exists() else "passphrase"


def give(home: Path, passphrase: str) -> None:
    """Remember the passphrase until this process ends."""
    _given[home.absolute()] = passphrase


def find(home: Path) -> str | None:
    """Return the key of the ledger, None where it needs none; WrongKey with one sentence where it can't be found."""
    kind = lock_of(home)
    if kind == "none":
        return None
    key = _given.get(home.absolute()) or (_from_keyring(home) if kind == "keyring" else os.environ.get(VARIABLE))
    if not key:
        raise WrongKey(
            f"the key of {ledger_file(home)} is not in the system's keyring any more: put it back, it can't be guessed"
            if kind == "keyring"
            else f"{ledger_file(home)} is locked with a passphrase: give it, or set {VARIABLE}"
        )
    return key


def is_missing(home: Path) -> bool:
    """Tell if the ledger is locked with a passphrase that nobody gave yet."""
    return lock_of(home) == "passphrase" and not (_given.get(home.absolute()) or os.environ.get(VARIABLE))


def new_in_keyring(home: Path) -> str:
    """Make a key, put it into the system's keyring and return it; LedgerError where there is no keyring."""
    key = secrets.token_hex(32)
    with _keyring() as ring:
        ring.set_password(_SERVICE, _name(home), key)
        kept = ring.get_password(_SERVICE, _name(home))
    if kept != key:
        raise LedgerError("the system's keyring does not keep what it is given: lock with a passphrase instead")
    return key


def forget_in_keyring(home: Path) -> None:
    """Take the key out of the system's keyring; LedgerError where that can't be."""
    with _keyring() as ring:
        if ring.get_password(_SERVICE, _name(home)) is not None:
            ring.delete_password(_SERVICE, _name(home))


def mark(home: Path, kind: Lock) -> None:
    """Note where the key is, for the next start; the note holds no secret."""
    _given.pop(home.absolute(), None)
    with in_words(_mark(home)):
        if kind == "keyring":
            _mark(home).touch(mode=0o600)
        else:
            _mark(home).unlink(missing_ok=True)


def _from_keyring(home: Path) -> str | None:
    with _keyring() as ring:
        return ring.get_password(_SERVICE, _name(home))


@contextmanager
def _keyring() -> Iterator[KeyringBackend]:
    """Give the system's keyring; WrongKey where it can't be used."""
    import keyring  # here, because who needs no keyring should not wait for it
    from keyring.errors import KeyringError

    try:
        yield keyring.get_keyring()
    except (KeyringError, OSError, RuntimeError) as error:
        what = f"the system's keyring can't be used ({error}): unlock it, or lock with a passphrase instead"
        raise WrongKey(what) from error


def _name(home: Path) -> str:
    return f"ledger in {home.absolute()}"


def _mark(home: Path) -> Path:
    return home / "ledger.keyring"
