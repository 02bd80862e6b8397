"""The sessions of a ledger, and who took part. All functions let apsw.Error pass as it comes."""

from __future__ import annotations

import json

import apsw

from biosync.consent import Consent
from biosync.engine import Member
from biosync.events import Marker
from biosync.pacer.settings import Settings, settings_from
from biosync.store.ledger.database import rows
from biosync.store.ledger.kinds import StoredSession
from biosync.store.ledger.problems import NoSuchSession
from biosync.store.ledger.recovery import ENDED, RUNNING


def sessions(connection: apsw.Connection) -> list[StoredSession]:
    """Return all sessions, oldest first."""
    return [session for _, session in _numbered(connection)]


def find(connection: apsw.Connection, begins: str) -> tuple[int, StoredSession]:
    """Return the number and the session whose id is ``begins``, or alone begins so; NoSuchSession otherwise."""
    everything = _numbered(connection)
    exact = [one for one in everything if one[1].id == begins]
    found = exact or [one for one in everything if begins and one[1].id.startswith(begins)]
    if not found:
        raise NoSuchSession(f"there is no session {begins}: biosync sessions list shows which there are")
    if len(found) > 1:
        several = ", ".join(session.id for _, session in found[:5])
        raise NoSuchSession(f"{len(found)} sessions begin with {begins}: {several}; write more of the id")
    return found[0]


def members(connection: apsw.Connection, number: int, *, later: bool = False) -> list[Member]:
    """Return who took part in the session of that number, as the engine was told at the start; ``later``: those who
    joined in the middle too, as it was told then."""
    found = rows(
        connection,
        "SELECT q.name, p.origin, p.device, p.delay_s, p.delay_uncertainty_s, p.resonance_bpm, p.resonance_sd_bpm"
        " FROM participant p"
        " JOIN person q ON q.number = p.person WHERE p.session = ? AND p.joined <= ? ORDER BY p.number",
        (number, int(later)),
    )
    return [Member(*row) for row in found]


def names(connection: apsw.Connection, number: int) -> dict[int, str]:
    """Return the people of the session by their numbers in it."""
    found = rows(
        connection,
        "SELECT p.number, q.name FROM participant p JOIN person q ON q.number = p.person"
        " WHERE p.session = ? ORDER BY p.number",
        (number,),
    )
    return {int(place): str(name) for place, name in found}


def circles(connection: apsw.Connection, number: int) -> dict[int, tuple[str, ...]]:
    """Return who belonged together at the session's start, each circle in its own order."""
    found = rows(
        connection,
        "SELECT p.circle, q.name FROM participant p JOIN person q ON q.number = p.person"
        " WHERE p.session = ? AND p.joined = 0 ORDER BY p.circle, p.place",
        (number,),
    )
    people: dict[int, tuple[str, ...]] = {}
    for circle, name in found:
        people[int(circle)] = (*people.get(int(circle), ()), str(name))
    return people


def settings(connection: apsw.Connection, number: int) -> Settings | None:
    """Return what the pacer was told before the session."""
    text = connection.execute("SELECT settings FROM session WHERE number = ?", (number,)).get
    return None if text is None else settings_from(json.loads(text))


def consents(connection: apsw.Connection, number: int) -> list[Consent]:
    """Return what people agreed to for the session."""
    found = rows(
        connection,
        "SELECT q.name, c.sharing, c.at, c.guardian, c.shown, c.agreed FROM consent c"
        " JOIN participant p ON p.session = c.session AND p.number = c.participant"
        " JOIN person q ON q.number = p.person WHERE c.session = ? ORDER BY c.number",
        (number,),
    )
    return [
        Consent(person, sharing, at, guardian, tuple(json.loads(shown)), agreed)
        for person, sharing, at, guardian, shown, agreed in found
    ]


def all_consents(connection: apsw.Connection) -> dict[str, list[Consent]]:
    """Return what people agreed to, by session's id."""
    found: dict[str, list[Consent]] = {}
    asked = (
        "SELECT s.id, q.name, c.sharing, c.at, c.guardian, c.shown, c.agreed FROM consent c"
        " JOIN session s ON s.number = c.session"
        " JOIN participant p ON p.session = c.session AND p.number = c.participant"
        " JOIN person q ON q.number = p.person ORDER BY c.session, c.number"
    )
    for id, person, sharing, at, guardian, shown, agreed in rows(connection, asked):
        one = Consent(person, sharing, at, guardian, tuple(json.loads(shown)), agreed)
        found.setdefault(str(id), []).append(one)
    return found


def all_markers(connection: apsw.Connection) -> dict[str, list[Marker]]:
    """Return what was marked, by session's id."""
    found: dict[str, list[Marker]] = {}
    asked = (
        "SELECT s.id, m.t, q.name, m.text, m.at_t FROM said m JOIN session s ON s.number = m.session"
        " LEFT JOIN participant p ON p.session = m.session AND p.number = m.participant"
        " LEFT JOIN person q ON q.number = p.person WHERE m.marker ORDER BY m.session, m.seq"
    )
    for id, *marker in rows(connection, asked):
        found.setdefault(str(id), []).append(Marker(*marker))
    return found


def all_recorded(connection: apsw.Connection) -> frozenset[str]:
    """Return the ids of the sessions that were fed from a recording."""
    asked = (
        "SELECT DISTINCT s.id FROM participant p JOIN session s ON s.number = p.session"
        " WHERE p.origin = 'replay' OR p.device = 'recording'"
    )
    return frozenset(str(id) for (id,) in rows(connection, asked))


def _numbered(connection: apsw.Connection) -> list[tuple[int, StoredSession]]:
    counted: dict[int, dict[str, int]] = {}
    made_up: dict[int, tuple[str, ...]] = {}
    for session, name, beats, simulated in rows(
        connection,
        "SELECT p.session, q.name, p.beats, q.simulated FROM participant p JOIN person q ON q.number = p.person"
        " ORDER BY p.session, p.number",
    ):
        counted.setdefault(int(session), {})[str(name)] = int(beats)
        if simulated:
            made_up[int(session)] = (*made_up.get(int(session), ()), str(name))
    found = rows(
        connection,
        "SELECT number, id, started, duration_s, simulated, state, unkept, version FROM session"
        " ORDER BY started, number",
    )
    return [
        (
            int(number),
            StoredSession(
                id=str(id),
                started=str(started),
                duration_s=float(duration_s),
                people=tuple(counted.get(int(number), {})),
                beats=counted.get(int(number), {}),
                simulated=bool(simulated),
                complete=state == ENDED and not unkept,
                running=state == RUNNING,
                version=str(version),
                made_up=made_up.get(int(number), ()),
            ),
        )
        for number, id, started, duration_s, simulated, state, unkept, version in found
    ]
