"""What was noted down about those who took part in a session, the newest only. apsw.Error passes as it comes."""

from __future__ import annotations

from collections.abc import Mapping

import apsw

from biosync.events import Note
from biosync.store.ledger import listing
from biosync.store.ledger.database import rows


def keep(connection: apsw.Connection, session: int, found: Mapping[int, tuple[float, str]]) -> None:
    """Keep what was noted by now, by participant: when (s), and what; nothing stays where that is empty."""
    for participant, (t, text) in found.items():
        connection.execute("DELETE FROM note WHERE session = ? AND participant = ?", (session, participant))
        if text:
            connection.execute("INSERT INTO note VALUES (?, ?, ?, ?)", (session, participant, t, text))


def of_session(connection: apsw.Connection, session: int) -> list[Note]:
    """Return the notes of the session of that number, the oldest first."""
    names = listing.names(connection, session)
    asked = "SELECT t, participant, text FROM note WHERE session = ? ORDER BY t, participant"
    return [Note(float(t), names[place], str(text)) for t, place, text in rows(connection, asked, (session,))]


def of_all(connection: apsw.Connection) -> dict[str, list[Note]]:
    """Return the notes of every session by its id."""
    found: dict[str, list[Note]] = {}
    asked = (
        "SELECT s.id, n.t, q.name, n.text FROM note n JOIN session s ON s.number = n.session"
        " JOIN participant p ON p.session = n.session AND p.number = n.participant"
        " JOIN person q ON q.number = p.person ORDER BY n.session, n.t"
    )
    for id, t, person, text in rows(connection, asked):
        found.setdefault(str(id), []).append(Note(float(t), str(person), str(text)))
    return found
