"""What can go wrong with the ledger, in one sentence for people."""

from __future__ import annotations

import contextlib
import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

import apsw

FULL_BYTES = 65536
"""With less than this left on the disk SQLite can't begin its log."""


class LedgerError(Exception):
    """The ledger can't do what was asked; the message is one sentence: what is wrong and what to do.

    ``may_pass`` is True where trying again later can help (a full disk, another biosync that is writing).
    """

    def __init__(self, sentence: str, *, may_pass: bool = False) -> None:
        super().__init__(sentence)
        self.may_pass = may_pass


class NoSuchSession(LedgerError):
    """There is no session of that id, or several begin so."""


class NoSuchPerson(LedgerError):
    """The ledger knows nobody of that name."""


class WrongKey(LedgerError):
    """The ledger is locked, and the key is missing or another one."""


class InUse(LedgerError):
    """Another biosync uses the ledger, and this must be done alone."""


class Damaged(LedgerError):
    """A part of the file can't be read any more; it may pass, because the next opening saves what can be read."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, may_pass=True)


@contextlib.contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say about the file at ``path`` into LedgerError."""
    try:
        yield
    except apsw.FullError:
        raise LedgerError(f"the disk is full, so {path} can't grow: free some space", may_pass=True) from None
    except (apsw.BusyError, apsw.LockedError):
        raise LedgerError(f"another program holds {path}: close it", may_pass=True) from None
    except (apsw.CorruptError, apsw.SQLError, UnicodeDecodeError) as error:
        # Our SQL fits our tables, and what we write is text: if it does not, the file is not as it was written.
        raise Damaged(_damaged(path)) from error
    except apsw.NotADBError as error:
        raise Damaged(no_ledger(path)) from error
    except (apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError, apsw.AuthError, PermissionError) as error:
        what = f"{path} can't be written ({error}): check the rights of its folder"
        raise LedgerError(what, may_pass=True) from error
    except (apsw.Error, OSError) as error:
        raise LedgerError(_unusable(path, error), may_pass=True) from error


def _unusable(path: Path, error: Exception) -> str:
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.ENOSPC or _is_full(path):  # SQLite calls it an I/O error where the WAL's index can't grow
        return f"the disk is full, so {path} can't grow: free some space"
    if number == errno.EROFS:
        return f"{path} can't be written, its disk is read-only: check the disk, or choose another with BIOSYNC_HOME"
    return f"{path} can't be used ({error}): check the disk and the folder"


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < FULL_BYTES
    except OSError:
        return False  # the folder itself is gone: then that is the trouble


def no_ledger(path: Path) -> str:
    """Return that the file is none of biosync's, and what becomes of it."""
    return (
        f"{path} is no ledger of biosync, or is damaged from its first bytes on: start biosync again, and it begins a"
        " new one and keeps this file beside it, as it is"
    )


def _damaged(path: Path) -> str:
    return (
        f"a part of {path} is damaged: start biosync again, and it saves what can be read into a new file and keeps the"
        " damaged one beside it"
    )
