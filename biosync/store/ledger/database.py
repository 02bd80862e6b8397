"""Opens the ledger's file: its rights, its safety settings, its key, and its version."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import apsw

from biosync.home import private_folder
from biosync.store.ledger import schema
from biosync.store.ledger.problems import Damaged, LedgerError, WrongKey, in_words, no_ledger

BUSY_MS = 1500
"""How long a statement waits for another biosync that writes."""
MAGIC = b"SQLite format 3\0"
"""How every SQLite file in the clear begins."""


_IN_THE_CLEAR = {16: 0x10, 17: 0x00, 18: 2, 19: 2, 21: 64, 22: 32, 23: 32}
"""What stands where in a locked file, too: it tells SQLite how large a page is."""


def is_locked(path: Path) -> bool:
    """Tell if the file is there and is a ledger that is not in the clear; OSError if it can't be read."""
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        return False
    # A file in the clear begins with known bytes, and has zeros further on; a locked one has noise in both places.
    known = sum(a == b for a, b in zip(head, MAGIC, strict=False))
    locked = known < len(MAGIC) // 2 and head[72:92].count(0) < 10
    # Whatever else lies there is noise or text all over, and no passphrase opens it.
    told = sum(head[place : place + 1] == bytes([byte]) for place, byte in _IN_THE_CLEAR.items())
    return locked and told > len(_IN_THE_CLEAR) // 2


def connect(path: Path, key: str | None) -> apsw.Connection:
    """Open the file for reading and writing, made now where it is missing; of this version, an older, or none yet.

    WrongKey if ``key`` does not fit; LedgerError with one sentence if it can't be opened, or is of a newer biosync.
    """
    with in_words(path):
        _make_private(path)
        with closed_unless_ready(apsw.Connection(str(path))) as connection:
            _prepare(connection, path, key)
        return connection


def connect_to_read(path: Path, key: str | None) -> apsw.Connection:
    """Open the file where nothing can be written, also in a folder that is read-only."""
    # Without -wal nobody is writing: then SQLite may be told so, and needs no files beside.
    quiet = "&immutable=1" if not _beside(path, "-wal").exists() else ""
    with in_words(path):
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        file = f"{path.absolute().as_uri()}?mode=ro{quiet}"
        with closed_unless_ready(apsw.Connection(file, flags)) as connection:
            _unlock(connection, path, key)
            _check_version(connection, path)
        return connection


@contextmanager
def closed_unless_ready(connection: apsw.Connection) -> Iterator[apsw.Connection]:
    """Give the connection to whoever makes it ready; where that fails, close it."""
    with ExitStack() as undo:
        undo.callback(connection.close)
        yield connection
        undo.pop_all()


def version(connection: apsw.Connection) -> int:
    """Return the schema version, 0 for an empty file."""
    return int(connection.pragma("user_version"))


def create(connection: apsw.Connection, wanted: int = schema.VERSION) -> None:
    """Make the tables of version ``wanted``, unless there are any."""
    with transaction(connection):
        if version(connection) == 0:
            connection.execute(schema.FIRST)
            for number in range(1, wanted):
                connection.execute(schema.MIGRATIONS[number])
            connection.pragma("user_version", wanted)


def rows(connection: apsw.Connection, asked: str, values: tuple[object, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give the rows that answer; apsw.Error as it comes."""
    yield from connection.execute(asked, values)


def _check_version(connection: apsw.Connection, path: Path) -> None:
    """Raise LedgerError if the file is of a newer biosync."""
    found = version(connection)
    if found > schema.VERSION:
        raise LedgerError(
            f"{path} was written by a newer biosync (version {found} of the ledger; this one knows {schema.VERSION}):"
            " start the newer biosync; nothing was changed"
        )


def migrate(connection: apsw.Connection, path: Path, steps: Mapping[int, str], newest: int) -> Path:
    """Lead an older ledger to version ``newest``, all steps or none, and return the copy that was kept of it.

    Nobody else may use it.
    """
    old = version(connection)
    with in_words(path):
        connection.pragma("wal_checkpoint(truncate)")
    kept = path.with_name(f"ledger.before-v{newest}.sqlite")
    copy_file(path, kept)
    with in_words(path):
        try:
            with transaction(connection):
                for number in range(old, newest):
                    connection.execute(steps[number])
                connection.pragma("user_version", newest)
        except (apsw.SQLError, apsw.ConstraintError) as error:
            raise LedgerError(f"{path} can't be brought to this version ({error}); it stays as it was") from error
    return kept


def copy_file(path: Path, to: Path) -> None:
    """Copy a file, for its owner's eyes only, wholly or not at all; LedgerError where that can't be."""
    draft = to.with_name(to.name + ".new")
    with in_words(to):
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with path.open("rb") as source, os.fdopen(handle, "wb") as target:
            while part := source.read(1 << 20):
                target.write(part)
            target.flush()
            os.fsync(target.fileno())
        draft.replace(to)


@contextmanager
def transaction(connection: apsw.Connection) -> Iterator[None]:
    """Write all of it or nothing; apsw.Error as it comes."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:  # something failed before it was committed
            connection.execute("ROLLBACK")


def files_of(path: Path) -> list[Path]:
    """Return the file and those that SQLite puts beside it."""
    return [path, _beside(path, "-wal"), _beside(path, "-shm")]


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def remove_files(path: Path) -> None:
    """Remove the file and those beside it, where they are; LedgerError where that can't be."""
    with in_words(path):
        for file in files_of(path):
            file.unlink(missing_ok=True)


def _make_private(path: Path) -> None:
    """Make the file for its owner alone; SQLite gives -wal and -shm the same rights."""
    private_folder(path.parent)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    if sys.platform != "win32" and path.stat().st_mode & 0o077:
        path.chmod(0o600)


def _prepare(connection: apsw.Connection, path: Path, key: str | None) -> None:
    connection.set_busy_timeout(BUSY_MS)
    _unlock(connection, path, key)
    _check_version(connection, path)
    connection.pragma("journal_mode", "wal")
    # FULL: the log is handed to the disk at every commit, so that a power cut costs no more than a crash does.
    connection.pragma("synchronous", "full")
    connection.pragma("fullfsync", True)  # on macOS fsync alone stops at the disk's own cache
    connection.pragma("secure_delete", True)
    connection.pragma("temp_store", "memory")  # a temporary file would hold in the clear what is locked


def _unlock(connection: apsw.Connection, path: Path, key: str | None) -> None:
    """Give the key, and read a first page; WrongKey or Damaged when that fails."""
    locked = is_locked(path)
    if locked or (key is not None and path.stat().st_size == 0):
        if key is None:
            raise WrongKey(f"{path} is locked: give its passphrase")
        connection.pragma("key", key)
    try:
        version(connection)
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except apsw.NotADBError:
        if locked:
            raise WrongKey(f"the passphrase does not open {path}: try again; nothing was changed") from None
        raise Damaged(no_ledger(path)) from None
