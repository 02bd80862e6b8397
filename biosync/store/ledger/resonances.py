"""Where each heart swings most, a measurement a person and session. All functions let apsw.Error pass as it comes.

What was fed from a recording is left out by those that read: nobody who was recorded heard the cue of then.
"""

from __future__ import annotations

from collections.abc import Mapping

import apsw

from biosync.pacer.settings import LIMITS_BPM
from biosync.store.ledger.database import rows
from biosync.store.ledger.kinds import Measured

_FROM = (
    " FROM resonance r JOIN session s ON s.number = r.session"
    " JOIN participant p ON p.session = r.session AND p.number = r.participant"
    " JOIN person q ON q.number = p.person WHERE p.origin <> 'replay' AND p.device <> 'recording'"
    # A row that was damaged may say anything; what no search can find is left out.
    f" AND r.bpm BETWEEN {LIMITS_BPM[0]} AND {LIMITS_BPM[1]} AND r.sd_bpm BETWEEN 0.01 AND 10"
)
Heart = tuple[str, bool]
"""A person's name, and if their heart is made up."""


def keep(connection: apsw.Connection, session: int, found: Mapping[int, tuple[float, float, float]]) -> None:
    """Keep what the session has measured by now, by participant: when (s), the pace, its standard deviation."""
    connection.executemany(
        "INSERT OR REPLACE INTO resonance (session, participant, t, bpm, sd_bpm) VALUES (?, ?, ?, ?, ?)",
        [(session, participant, *row) for participant, row in found.items()],
    )


def of_session(connection: apsw.Connection, session: int) -> dict[str, Measured]:
    """Return what the session of that number measured, by person."""
    found = rows(connection, f"SELECT q.name, r.bpm, r.sd_bpm, r.t {_FROM} AND s.number = ?", (session,))
    return {str(name): Measured(*values) for name, *values in found}


def of_everybody(connection: apsw.Connection) -> dict[Heart, list[Measured]]:
    """Return what every session measured, by person, the oldest first; made-up hearts are people of their own."""
    found: dict[Heart, list[Measured]] = {}
    asked = f"SELECT q.name, q.simulated, r.bpm, r.sd_bpm, r.t {_FROM} ORDER BY s.started, s.number"
    for name, simulated, *values in rows(connection, asked):
        found.setdefault((str(name), bool(simulated)), []).append(Measured(*values))
    return found


def of_person(connection: apsw.Connection, name: str, made_up: bool) -> list[tuple[str, Measured]]:
    """Return what the sessions of one person measured, each with when it began, the oldest first."""
    asked = (
        f"SELECT s.started, r.bpm, r.sd_bpm, r.t {_FROM} AND q.name = ? AND q.simulated = ?"
        " ORDER BY s.started, s.number"
    )
    return [(str(started), Measured(*values)) for started, *values in rows(connection, asked, (name, int(made_up)))]
