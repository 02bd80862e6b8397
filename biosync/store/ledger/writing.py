"""Writes one session's waiting entries into an open ledger: all of them or none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib import metadata

import apsw

from biosync.consent import Consent
from biosync.engine import Member
from biosync.pacer.settings import Settings
from biosync.store.ledger import notes, resonances, schema
from biosync.store.ledger.database import transaction
from biosync.store.ledger.entries import NO_CIRCLE, Entries
from biosync.store.ledger.people import number_of_person
from biosync.store.ledger.problems import LedgerError
from biosync.store.ledger.successor import insertion


class SessionWriter:
    """Writes the session ``session_id`` of those who are its ``members`` in ``groups`` at its start."""

    def __init__(
        self,
        session_id: str,
        members: Sequence[Member],
        groups: Sequence[tuple[str, ...]],
        settings: Settings | None = None,
    ) -> None:
        self.session_id = session_id
        self._members = members
        self._places = {
            name: (circle, place) for circle, names in enumerate(groups) for place, name in enumerate(names)
        }
        self._settings = settings
        self._begun = False

    def write(self, connection: apsw.Connection, entries: Entries) -> None:
        """Write what waits, and how far the session is; apsw.Error as it comes, and then nothing was written."""
        with transaction(connection):
            number = self._number(connection, entries)
            # What is there already stays as it is; so nothing of this need be written in any order.
            for member in entries.joined:
                self._participant(connection, number, entries.number_of[member.name], member, joined=True)
            for place, consent in enumerate(entries.consents):
                if consent.person in entries.number_of:
                    connection.execute(insertion("consent", 8), _consent(number, place, consent, entries))
            for (participant, device, characteristic), source in entries.sources.items():
                row = (number, source, participant, device, characteristic)
                connection.execute(insertion("source", 5), row)
            for table, rows in entries.waiting.items():
                connection.executemany(insertion(table, schema.RAW_TABLES[table]), ((number, *row) for row in rows))
            self._progress(connection, number, entries)
        self._begun = True

    def _number(self, connection: apsw.Connection, entries: Entries) -> int:
        """Return the session's number in this ledger, where it is made known first if it is not yet."""
        number = connection.execute("SELECT number FROM session WHERE id = ?", (self.session_id,)).get
        if number is None:
            return self._begin(connection, entries)
        if not self._begun:
            raise LedgerError(f"there is a session {self.session_id} already: start again")
        return int(number)

    def _begin(self, connection: apsw.Connection, entries: Entries) -> int:
        settings = None if self._settings is None else json.dumps(asdict(self._settings), ensure_ascii=False)
        connection.execute(
            "INSERT INTO session (id, started, state, duration_s, ticks, rows, simulated, version, settings, unkept)"
            " VALUES (?, ?, 0, 0, 0, 0, ?, ?, ?, 0)",
            (self.session_id, entries.started, int(entries.simulated), metadata.version("biosync"), settings),
        )
        number = connection.last_insert_rowid()
        for place, member in enumerate(self._members):
            self._participant(connection, number, place, member, joined=False)
        return number

    def _participant(
        self, connection: apsw.Connection, session: int, number: int, member: Member, *, joined: bool
    ) -> None:
        person = number_of_person(connection, member.name, member.origin == "simulated")
        circle, place = (NO_CIRCLE, 0) if joined else self._places[member.name]
        about = (member.origin, member.device, member.delay_s, member.delay_uncertainty_s)
        known = (member.resonance_bpm, member.resonance_sd_bpm)
        row = (session, number, person, circle, place, *about, 0, int(joined), *known)
        connection.execute(insertion("participant", 13), row)

    def _progress(self, connection: apsw.Connection, number: int, entries: Entries) -> None:
        # The state is written each time: a session that was taken for dead wrongly runs on.
        connection.execute(
            "UPDATE session SET state = ?, duration_s = ?, ticks = ?, rows = ?, simulated = ?, unkept = ?"
            " WHERE number = ?",
            (entries.state, entries.duration_s, entries.ticks, entries.seq, int(entries.simulated), entries.unkept,
             number),
        )
        connection.executemany(
            "UPDATE participant SET beats = ? WHERE session = ? AND number = ?",
            [(entries.beats[name], number, place) for name, place in entries.number_of.items()],
        )
        resonances.keep(connection, number, entries.resonances)
        notes.keep(connection, number, entries.notes)


def _consent(session: int, number: int, consent: Consent, entries: Entries) -> tuple[object, ...]:
    participant, shown = entries.number_of[consent.person], json.dumps(consent.shown, ensure_ascii=False)
    return (session, number, participant, consent.sharing, consent.agreed, consent.at, consent.guardian, shown)
