"""Puts a new file in the ledger's place so that a kill at any moment leaves the old one or the new one, whole."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

import apsw

from biosync.home import ledger_file
from biosync.store.ledger import schema
from biosync.store.ledger.database import connect, create, files_of, remove_files, rows, transaction
from biosync.store.ledger.problems import in_words

ROWS_AT_ONCE = 20_000
_ZEROS = bytes(1 << 20)


def begin(home: Path, key: str | None, wanted: int = schema.VERSION) -> apsw.Connection:
    """Return a new, empty ledger of version ``wanted`` that is not in its place yet. Nobody else may use the ledger."""
    draft = _draft(home)
    remove_files(draft)
    connection = connect(draft, key)
    with in_words(draft):
        create(connection, wanted)
    return connection


def copy_all(source: apsw.Connection, target: apsw.Connection) -> None:
    """Copy every row of every table; apsw.Error as it comes."""
    with transaction(target):
        for table in schema.TABLES:
            found = rows(source, f"SELECT * FROM {table}")  # the names are our own
            while some := list(islice(found, ROWS_AT_ONCE)):
                target.executemany(insertion(table, len(some[0])), some)


def insertion(table: str, columns: int) -> str:
    """Return the statement that inserts a row of ``columns`` values; one that is there already stays as it is."""
    return f"INSERT INTO {table} VALUES ({', '.join('?' * columns)}) ON CONFLICT DO NOTHING"


def succeed(home: Path) -> None:
    """Put the new ledger, closed by now, in the place of the old one."""
    with in_words(ledger_file(home)):
        _draft(home).replace(_next(home))
    finish(home)


def waits(home: Path) -> bool:
    """Tell if a new ledger is whole, and was kept from its place by a kill."""
    return _next(home).exists()


def finish(home: Path) -> None:
    """Put the new ledger in its place, if one waits. Nobody else may use the ledger."""
    if not waits(home):
        return
    path = ledger_file(home)
    with in_words(path):
        for beside in files_of(path)[1:]:  # the old file's log must never be read into the new file
            beside.unlink(missing_ok=True)
        _overwrite(path)
        _next(home).replace(path)


def _overwrite(path: Path) -> None:
    """Write zeros over the old file: its blocks on the disk may hold in the clear what is locked now."""
    if not path.exists():
        return
    with path.open("r+b") as file:
        for _ in range(0, path.stat().st_size, len(_ZEROS)):
            file.write(_ZEROS)
        file.flush()
        os.fsync(file.fileno())


def _draft(home: Path) -> Path:
    return home / "ledger.draft.sqlite"


def _next(home: Path) -> Path:
    return home / "ledger.next.sqlite"
