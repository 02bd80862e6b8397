"""Deletes sessions and people wholly: rows, straps, copies of the file, free pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import apsw

from biosync.home import ledger_file
from biosync.store.ledger import schema
from biosync.store.ledger.database import files_of, remove_files, transaction
from biosync.store.ledger.kinds import Strap, Went
from biosync.store.ledger.people import forget_the_nameless
from biosync.store.ledger.problems import LedgerError, NoSuchPerson
from biosync.store.ledger.recovery import RUNNING

SOMEONE = "someone"
"""Stands where others' words named one who was deleted."""
_OF_PARTICIPANT = ("consent", "source", "interval", "link", "said", "worn", "coming", "resonance", "note")
_TEXTS = (
    ("said", "text"), ("link", "why"), ("cue", "why"), ("note", "text"), ("consent", "agreed"), ("consent", "guardian"),
)


def delete_session(connection: apsw.Connection, home: Path, number: int) -> Went:
    """Delete the session of that number; apsw.Error as it comes, and then nothing was deleted."""
    with transaction(connection):
        went = _take_session(connection, number)
    return replace(went, copies=_remove_copies(home), clean=wipe(connection))


def would_delete_session(connection: apsw.Connection, home: Path, number: int) -> Went:
    """Return what ``delete_session`` would take away: it is done, and undone; apsw.Error as it comes."""
    with _undone(connection):
        went = _take_session(connection, number)
    return replace(went, copies=tuple(path.name for path in copies(home)))


def _take_session(connection: apsw.Connection, number: int) -> Went:
    _check_over(connection, [number])
    name = str(connection.execute("SELECT id FROM session WHERE number = ?", (number,)).get)
    rows = _delete_sessions(connection, [number])
    forget_the_nameless(connection)
    _note_wiping(connection)
    return Went(sessions=(name,), rows=rows)


def delete_person(connection: apsw.Connection, home: Path, name: str) -> Went:
    """Delete all that is kept of ``name``, of a made-up heart of that name too; NoSuchPerson; apsw.Error as it comes,
    and then nothing was deleted."""
    with transaction(connection):
        went = _take_person(connection, name)
    return replace(went, copies=_remove_copies(home), clean=wipe(connection))


def would_delete_person(connection: apsw.Connection, home: Path, name: str) -> Went:
    """Return what ``delete_person`` would take away: it is done, and undone; NoSuchPerson; apsw.Error as it comes."""
    with _undone(connection):
        went = _take_person(connection, name)
    return replace(went, copies=tuple(path.name for path in copies(home)))


def _take_person(connection: apsw.Connection, name: str) -> Went:
    if connection.execute("SELECT count(*) FROM person WHERE name = ?", (name,)).get == 0:
        raise NoSuchPerson(f"the ledger knows nobody named {name!r}; names are told apart by capitals too")
    took_part = connection.execute(
        "SELECT session, p.number FROM participant p JOIN person q ON q.number = p.person WHERE q.name = ?", (name,)
    )
    theirs = {int(session): int(number) for session, number in took_part}
    _check_over(connection, list(theirs))
    alone = [one for one in theirs if _people_in(connection, one) == 1]
    shared = [one for one in theirs if one not in alone]
    ids = dict(connection.execute("SELECT number, id FROM session"))
    rows = _delete_sessions(connection, alone)
    rows += sum(_delete_part(connection, one, theirs[one]) for one in shared)
    connection.execute("DELETE FROM strap WHERE person IN (SELECT number FROM person WHERE name = ?)", (name,))
    straps = connection.changes()
    forget_the_nameless(connection)
    _unname(connection, name)
    _note_wiping(connection)
    names = [tuple(str(ids[one]) for one in some) for some in (alone, shared)]
    return Went(names[0], names[1], rows, straps)


@contextmanager
def _undone(connection: apsw.Connection) -> Iterator[None]:
    """Take back what is done within; apsw.Error as it comes."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def forget_strap(connection: apsw.Connection, strap: Strap) -> None:
    """Forget a strap, and its wearer if nothing else is kept of them; older copies of the file stay. apsw.Error as it
    comes, and then nothing was forgotten."""
    with transaction(connection):
        connection.execute("DELETE FROM strap WHERE name = ? AND address = ?", (strap.name, strap.address))
        forget_the_nameless(connection)
        _note_wiping(connection)
    wipe(connection)


def wipe(connection: apsw.Connection) -> bool:
    """Leave no trace of what was deleted in the file or its log, if that is due; False if another biosync is in the
    way."""
    if connection.execute("SELECT name FROM chore WHERE name = 'wipe'").get is None:
        return True
    try:
        connection.execute("VACUUM")
        if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0][0]:
            return False
        connection.execute("DELETE FROM chore WHERE name = 'wipe'")
    except apsw.BusyError:
        return False
    return True


def copies(home: Path) -> list[Path]:
    """Return the copies that biosync made of the ledger: before a migration, or of a damaged one."""
    found = [*home.glob("ledger.before-*"), *home.glob("ledger.damaged-*")]
    return sorted(path for path in found if path not in files_of(ledger_file(home)))


def _check_over(connection: apsw.Connection, sessions: Sequence[int]) -> None:
    for number in sessions:
        found = connection.execute("SELECT id, state FROM session WHERE number = ?", (number,)).fetchall()
        if found and found[0][1] == RUNNING:
            raise LedgerError(f"session {found[0][0]} is still running: end it first; nothing was deleted")


def _people_in(connection: apsw.Connection, session: int) -> int:
    return int(connection.execute("SELECT count(*) FROM participant WHERE session = ?", (session,)).get)


def _delete_sessions(connection: apsw.Connection, numbers: Sequence[int]) -> int:
    """Delete the sessions; return how many rows of raw data went."""
    rows = 0
    for number in numbers:
        for table in schema.SESSION_TABLES:
            connection.execute(f"DELETE FROM {table} WHERE session = ?", (number,))
            rows += connection.changes() if table in schema.RAW_TABLES else 0
        connection.execute("DELETE FROM session WHERE number = ?", (number,))
    return rows


def _delete_part(connection: apsw.Connection, session: int, number: int) -> int:
    """Delete a participant's part in a session that others share; return how many rows of raw data went."""
    connection.execute(
        "DELETE FROM notification WHERE session = ?1 AND source IN"
        " (SELECT number FROM source WHERE session = ?1 AND participant = ?2)",
        (session, number),
    )
    rows = connection.changes()
    for table in _OF_PARTICIPANT:
        connection.execute(f"DELETE FROM {table} WHERE session = ? AND participant = ?", (session, number))
        rows += connection.changes() if table in schema.RAW_TABLES else 0
    connection.execute("DELETE FROM participant WHERE session = ? AND number = ?", (session, number))
    connection.execute("DELETE FROM derived WHERE session = ?", (session,))  # what is of all together is of them too
    return rows + _delete_cues(connection, session)


def _delete_cues(connection: apsw.Connection, session: int) -> int:
    """Delete the cues of a session that nobody in it heard any more; return how many went."""
    asked = "SELECT number, circle, joined FROM participant WHERE session = ?"
    found = connection.execute(asked, (session,)).fetchall()
    left, circles = {number for number, _, _ in found}, {circle for _, circle, joined in found if not joined}
    cues = connection.execute("SELECT seq, circle, people FROM cue WHERE session = ?", (session,)).fetchall()
    unheard = [
        (session, seq)
        for seq, circle, people in cues
        if not (circle in circles if people is None else left.intersection(json.loads(str(people))))
    ]
    connection.executemany("DELETE FROM cue WHERE session = ? AND seq = ?", unheard)
    return len(unheard)


def _unname(connection: apsw.Connection, name: str) -> None:
    """Take the name out of what others said, and out of the pacer's settings."""
    whole_word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    for table, column in _TEXTS:
        key = {"consent": "number", "note": "participant"}.get(table, "seq")
        asked = f"SELECT session, {key}, {column} FROM {table} WHERE instr({column}, ?)"
        for session, place, text in connection.execute(asked, (name,)).fetchall():
            changed = whole_word.sub(SOMEONE, str(text))
            statement = f"UPDATE {table} SET {column} = ? WHERE session = ? AND {key} = ?"
            connection.execute(statement, (changed, session, place))
    for number, text in connection.execute("SELECT number, settings FROM session WHERE settings NOTNULL").fetchall():
        settings = json.loads(str(text))
        if settings.get("leader") == name:
            changed = json.dumps({**settings, "leader": None}, ensure_ascii=False)
            connection.execute("UPDATE session SET settings = ? WHERE number = ?", (changed, number))


def _note_wiping(connection: apsw.Connection) -> None:
    connection.execute("INSERT INTO chore VALUES ('wipe') ON CONFLICT DO NOTHING")


def _remove_copies(home: Path) -> tuple[str, ...]:
    found = copies(home)
    for path in [*found, *home.glob("ledger.draft*")]:  # a draft is what a kill left; nobody writes one meanwhile
        remove_files(path)
    return tuple(path.name for path in found)
