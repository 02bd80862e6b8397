"""What takes a while to make of a session, kept until it is deleted: it can be made again at any time.

All functions let apsw.Error pass as it comes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress

import apsw

from biosync.store.ledger.database import rows, transaction
from biosync.store.ledger.recovery import RUNNING

TOGETHER = -1
"""Stands for a participant where all of a session are meant together."""
Key = tuple[str, str | None]
"""A session's id, and whose part it is of; None: all together."""


def find(connection: apsw.Connection, kind: str, version: str) -> dict[Key, object]:
    """Return all that is kept under ``kind`` and ``version``, but of sessions that have grown since."""
    asked = (
        "SELECT s.id, q.name, d.value FROM derived d JOIN session s ON s.number = d.session AND s.rows = d.rows"
        " LEFT JOIN participant p ON p.session = d.session AND p.number = d.participant"
        " LEFT JOIN person q ON q.number = p.person WHERE d.kind = ? AND d.version = ?"
    )
    found: dict[Key, object] = {}
    for id, name, value in rows(connection, asked, (kind, version)):
        with suppress(ValueError):  # damaged: then it is made again
            found[str(id), name] = json.loads(str(value))
    return found


def keep(connection: apsw.Connection, kind: str, version: str, values: Mapping[Key, object]) -> None:
    """Keep the values of all sessions that are over, in the place of what an older version kept."""
    with transaction(connection):
        connection.execute("DELETE FROM derived WHERE kind = ? AND version <> ?", (kind, version))
        for (id, person), value in values.items():
            connection.execute(
                "INSERT OR REPLACE INTO derived (session, participant, kind, version, rows, value)"
                " SELECT s.number, coalesce(p.number, ?), ?, ?, s.rows, ? FROM session s"
                " LEFT JOIN (participant p JOIN person q ON q.number = p.person)"
                " ON p.session = s.number AND q.name = ? WHERE s.id = ? AND s.state <> ?",
                (TOGETHER, kind, version, json.dumps(value), person, id, RUNNING),
            )
