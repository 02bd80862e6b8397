"""Saves what can be read of a damaged ledger into a new one; the damaged file stays beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import apsw

from biosync.home import ledger_file
from biosync.store.ledger import schema, successor
from biosync.store.ledger.database import (
    MAGIC,
    connect,
    copy_file,
    files_of,
    remove_files,
    rows,
    transaction,
    version,
)
from biosync.store.ledger.problems import Damaged, LedgerError, in_words

Row = tuple[object, ...]
CHUNK = 50_000
MOST_ROWS = 50_000_000
"""More entries than any session has; a larger number is damage itself."""
_UNREADABLE = (apsw.CorruptError, apsw.SQLError, UnicodeDecodeError)
_KNOWN = {
    0: MAGIC + bytes([0x10, 0x00, 2, 2, 0, 64, 32, 32]),  # pages of 4096 bytes, with a log
    44: bytes([0, 0, 0, 4]),  # the format of the schema
    56: bytes([0, 0, 0, 1]),  # UTF-8
    72: bytes(20),
}
"""What stands where in the first 100 bytes (https://www.sqlite.org/fileformat.html#the_database_header)."""
_LISTS = ("person", "strap", "session", "participant", "consent", "source", "resonance", "note", "chore")

_ORDERS = {
    "strap": "name, address",
    "chore": "name",
    "person": "number",
    "session": "number",
    "resonance": "session, participant",
    "note": "session, participant",
}


def mark_damaged(home: Path) -> None:
    """Note that the ledger is damaged, so that whoever opens it next repairs it."""
    with in_words(_mark(home)):
        _mark(home).touch(mode=0o600)


def is_marked(home: Path) -> bool:
    """Tell if the ledger was found damaged."""
    return _mark(home).exists()


def salvage(home: Path, key: str | None, tell: Callable[[str], None]) -> None:
    """Make a new ledger of what can be read, and ``tell`` what was lost. Nobody else may use the ledger.

    WrongKey if ``key`` does not fit, LedgerError if the disk refuses; then nothing was changed.
    """
    path = ledger_file(home)
    number = 1 + sum(1 for _ in home.glob("ledger.damaged-*.sqlite"))
    aside, work = home / f"ledger.damaged-{number}.sqlite", home / "ledger.draft-mended.sqlite"
    try:
        _copy_files(path, aside)
        _copy_files(path, work)
        with in_words(path):
            skipped = _save(work, key, home)
        successor.succeed(home)
    except LedgerError:
        remove_files(aside)
        raise
    finally:
        remove_files(work)
    with in_words(path):
        _mark(home).unlink(missing_ok=True)
    tell(
        f"The ledger was damaged. {_what(skipped)} The damaged file is kept as {aside.name}, beside the new one;"
        " nothing was removed from it."
    )


def _copy_files(path: Path, to: Path) -> None:
    """Copy the file with its log."""
    for source, target in zip(files_of(path), files_of(to), strict=True):
        if source.exists() and not source.name.endswith("-shm"):
            copy_file(source, target)


def _what(skipped: int | None) -> str:
    if skipped is None:
        return "Nothing in it can be read by biosync any more, so a new one was begun."
    if not skipped:
        return "Everything in it could be saved into a new one."
    return f"What can be read was saved into a new one; {skipped} entries could not be read."


def _save(work: Path, key: str | None, home: Path) -> int | None:
    """Copy what can be read into a new ledger; return how many entries could not be, None if nothing could.

    The new one is of the same version: whoever opens it leads it forward.
    """
    _mend_beginning(work, key)
    try:
        source = connect(work, key)
    except Damaged:
        successor.begin(home, key).close()
        return None
    with closing(source), closing(successor.begin(home, key, version(source) or schema.VERSION)) as fresh:
        try:
            return _copy(source, fresh)
        except _UNREADABLE:  # the list of the tables itself
            return None


def _mend_beginning(work: Path, key: str | None) -> None:
    """Write again, in a copy in the clear, what is the same at the beginning of every ledger."""
    if key is not None:
        return
    with work.open("r+b") as file:
        for place, what in _KNOWN.items():
            file.seek(place)
            file.write(what)


def _copy(source: apsw.Connection, fresh: apsw.Connection) -> int:
    skipped = 0
    for table in filter(partial(_columns, fresh), _LISTS):
        with transaction(fresh):
            found, whole = _list(source, table)
            skipped += _insert(fresh, table, found) + (not whole)
    tables = [table for table in schema.RAW_TABLES if _columns(fresh, table)]
    for number, rows_used in list(rows(fresh, "SELECT number, rows FROM session")):
        for table in tables:
            for low in range(0, min(rows_used, MOST_ROWS), CHUNK):
                with transaction(fresh):
                    found, lost = _between(source, table, number, low, low + CHUNK - 1)
                    skipped += _insert(fresh, table, found) + lost
    return skipped


def _insert(fresh: apsw.Connection, table: str, found: list[Row]) -> int:
    """Insert the rows; return how many are no rows of this table."""
    columns = _columns(fresh, table)
    fitting = [row for row in found if len(row) == columns]
    unfit = len(found) - len(fitting)
    try:
        fresh.executemany(successor.insertion(table, columns), fitting)
    except apsw.ConstraintError:
        for row in fitting:
            unfit += not _inserted(fresh, table, row)
    return unfit


def _columns(connection: apsw.Connection, table: str) -> int:
    """Return how many columns the table has, 0 where a ledger of this version has none of that name."""
    return sum(1 for _ in rows(connection, f"PRAGMA table_info({table})"))


def _inserted(fresh: apsw.Connection, table: str, row: Row) -> bool:
    try:
        fresh.execute(successor.insertion(table, len(row)), row)
    except apsw.ConstraintError:
        return False
    return True


def _list(source: apsw.Connection, table: str) -> tuple[list[Row], bool]:
    """Return the rows of a short table, read from both ends, and if these are all."""
    order = _ORDERS.get(table, "session, number")
    backwards = ", ".join(f"{column.strip()} DESC" for column in order.split(","))
    forth, whole = _until_damage(rows(source, f"SELECT * FROM {table} ORDER BY {order}"))
    if whole:
        return forth, True
    back, _ = _until_damage(rows(source, f"SELECT * FROM {table} ORDER BY {backwards}"))
    return forth + back, False


def _until_damage(read: Iterator[Row]) -> tuple[list[Row], bool]:
    found: list[Row] = []
    try:
        for row in read:
            found.append(row)
    except _UNREADABLE:
        return found, False
    return found, True


def _between(source: apsw.Connection, table: str, session: int, low: int, high: int) -> tuple[list[Row], int]:
    """Return the rows with low <= seq <= high, and how many places could not be read, found by halving."""
    try:
        asked = f"SELECT * FROM {table} WHERE session = ? AND seq BETWEEN ? AND ? ORDER BY seq"
        return list(rows(source, asked, (session, low, high))), 0
    except _UNREADABLE:
        if low == high:
            return [], 1
    middle = (low + high) // 2
    first, lost_first = _between(source, table, session, low, middle)
    last, lost_last = _between(source, table, session, middle + 1, high)
    return first + last, lost_first + lost_last


def _mark(home: Path) -> Path:
    return home / "ledger.damaged"
