"""Opens the ledger for somebody who stays: takes part, unlocks, migrates, repairs, and closes what was cut off."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import apsw

from biosync.home import ledger_file
from biosync.store.ledger import keys, schema, successor
from biosync.store.ledger.database import closed_unless_ready, connect, create, migrate, version
from biosync.store.ledger.deletion import wipe
from biosync.store.ledger.presence import Presence, alone
from biosync.store.ledger.problems import Damaged, InUse, in_words
from biosync.store.ledger.recovery import close_cut_off
from biosync.store.ledger.salvage import is_marked, mark_damaged, salvage

Tell = Callable[[str], None]


class Opened:
    """The ledger of ``home``, open for reading and writing, with a sentence to ``tell`` for what was mended.

    ``presence`` is that of whoever opens it, if they have one already; it stays theirs. Raises LedgerError.
    """

    def __init__(
        self, home: Path, key: str | None = None, tell: Tell | None = None, presence: Presence | None = None
    ) -> None:
        self.path = ledger_file(home)
        with ExitStack() as leaving:
            if presence is None:
                presence = Presence(home)
                leaving.callback(presence.close)
            self.connection = _ready(home, key, presence, tell or _silent)
            self._leaving = leaving.pop_all()

    def close(self) -> None:
        """Close the file and leave."""
        with self._leaving, in_words(self.path):
            self.connection.close()


def _ready(home: Path, key: str | None, presence: Presence, say: Tell) -> apsw.Connection:
    """Return the ledger's connection, once everything that a start has to do is done."""
    path = ledger_file(home)
    if successor.waits(home):
        with alone(home, presence):
            successor.finish(home)
    key = keys.find(home) if key is None else key
    if is_marked(home):
        # While others use it, what is damaged stays so: they, and perhaps we, get along without that part.
        with contextlib.suppress(InUse), alone(home, presence):
            salvage(home, key, say)
    try:
        return _current(home, path, key, presence, say)
    except Damaged:
        mark_damaged(home)
        raise


def _current(home: Path, path: Path, key: str | None, presence: Presence, say: Tell) -> apsw.Connection:
    with closed_unless_ready(connect(path, key)) as connection, in_words(path):
        if version(connection) == 0:
            create(connection)
        elif version(connection) < schema.VERSION:
            with alone(home, presence):
                kept = migrate(connection, path, schema.MIGRATIONS, schema.VERSION)
            say(f"The ledger was brought to this version of biosync; a copy of the old one is {kept}.")
        close_cut_off(connection, home, say)
        wipe(connection)
    return connection


def _silent(sentence: str) -> None:
    """Tell nobody: the caller only looks something up."""
