"""The ledger as everybody but a running session uses it: list, read, import, delete."""

from __future__ import annotations

import os
import secrets
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import apsw

from biosync.consent import Consent
from biosync.engine import Member
from biosync.events import Cue, Marker, Note, Raw, Say
from biosync.home import ledger_file
from biosync.pacer.settings import Settings
from biosync.store.ledger import cache, deletion, keys, listing, notes, people, resonances, schema, stream
from biosync.store.ledger.database import connect_to_read, create, transaction, version
from biosync.store.ledger.importing import entries_of
from biosync.store.ledger.kinds import Measured, StoredSession, Strap, Went
from biosync.store.ledger.lived import lived
from biosync.store.ledger.opening import Opened
from biosync.store.ledger.problems import Damaged, LedgerError, NoSuchPerson, in_words
from biosync.store.ledger.recordings import recording
from biosync.store.ledger.resonances import Heart
from biosync.store.ledger.salvage import is_marked, mark_damaged
from biosync.store.ledger.successor import waits
from biosync.store.ledger.writing import SessionWriter
from biosync.store.past_session import PastSession, of_recordings
from biosync.store.recording import Recording
from biosync.store.timeline import Timeline

Tell = Callable[[str], None]


class Ledger:
    """The ledger in ``home``. A context manager. Every method raises LedgerError with one sentence.

    It may be used from the thread that opened it. Where there is no ledger yet, it is empty, and made at the first
    thing that is stored. In a folder that can't be written it can be read all the same.
    """

    def __init__(self, home: Path, key: str | None, tell: Tell | None) -> None:
        self._home, self._key, self._tell = home, key, tell
        self._opened: Opened | None = None
        self._connection = self._open()

    @classmethod
    def open(cls, home: Path, key: str | None = None, tell: Tell | None = None) -> Ledger:
        """Open the ledger; sessions that were cut off are closed first, which ``tell`` is told once.

        ``key`` is a passphrase; None takes the one that was given to this process or is in the system's keyring.
        WrongKey where it is locked and that does not fit; LedgerError where it can't be read or is of a newer biosync.
        """
        return cls(home, key, tell)

    def close(self) -> None:
        """Close the file."""
        if self._opened is not None:
            self._opened.close()
        else:
            self._connection.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- sessions ---

    def sessions(self) -> list[StoredSession]:
        """Return all sessions, oldest first."""
        with self._words():
            return listing.sessions(self._connection)

    def session(self, id: str) -> StoredSession:
        """Return the session of the id, or whose id alone begins so; NoSuchSession otherwise."""
        with self._words():
            return listing.find(self._connection, id)[1]

    def members(self, id: str) -> list[Member]:
        """Return who took part, as the engine was told at the start (later news are in ``raw_events``)."""
        with self._words():
            return listing.members(self._connection, self._number(id))

    def groups(self, id: str) -> list[tuple[str, ...]]:
        """Return who belonged together; every name in just one group."""
        with self._words():
            return list(listing.circles(self._connection, self._number(id)).values())

    def settings(self, id: str) -> Settings | None:
        """Return what the pacer was told before the start."""
        with self._words():
            return listing.settings(self._connection, self._number(id))

    def raw_events(self, id: str) -> Iterator[Raw | Member]:
        """Give what the engine was fed, ticks included, in the order in which it was: a fresh
        ``Engine(members, groups, settings)`` that is fed the same (``wears`` for a Member, ``feed`` for all else, then
        ``finish(session.duration_s)``) answers the same to the bit, for the same version of biosync."""
        with self._words():
            yield from stream.raw_events(self._connection, self._number(id))

    def recording(self, id: str, person: str) -> Recording:
        """Return a person's intervals, times since the session's start; NoSuchPerson if they took no part."""
        with self._words():
            number, session, member = self._part(id, person)
            events = stream.beats_as_they_came(self._connection, number, person)
            zero_s = datetime.fromisoformat(session.started).timestamp()
            return recording(person, events, zero_s, member.origin == "simulated")

    def timeline(self, id: str, person: str) -> Timeline:
        """Return when a person's beats were, to the bit as they were placed live; NoSuchPerson if they took no part."""
        with self._words():
            number, session, member = self._part(id, person)
            entries = stream.entries_of(self._connection, number, person)
            return lived(member, entries, stream.ticks_of(self._connection, number), session.duration_s)

    def cues(self, id: str) -> list[Cue]:
        """Return the cue plans as they were put out, with why."""
        with self._words():
            return stream.cues(self._connection, self._number(id))

    def markers(self, id: str) -> list[Marker]:
        """Return the markers."""
        with self._words():
            return [one for one in stream.said(self._connection, self._number(id)) if isinstance(one, Marker)]

    def notes(self, id: str) -> list[Note]:
        """Return what was noted down about those who took part."""
        with self._words():
            return notes.of_session(self._connection, self._number(id))

    def says(self, id: str) -> list[Say]:
        """Return what was said to the pacer."""
        with self._words():
            return [one for one in stream.said(self._connection, self._number(id)) if isinstance(one, Say)]

    def consents(self, id: str) -> list[Consent]:
        """Return what the people agreed to for this session."""
        with self._words():
            return listing.consents(self._connection, self._number(id))

    def all_consents(self) -> dict[str, list[Consent]]:
        """Return what the people agreed to for every session, by its id."""
        with self._words():
            return listing.all_consents(self._connection)

    def all_markers(self) -> dict[str, list[Marker]]:
        """Return the markers of every session, by its id."""
        with self._words():
            return listing.all_markers(self._connection)

    def all_notes(self) -> dict[str, list[Note]]:
        """Return the notes of every session, by its id."""
        with self._words():
            return notes.of_all(self._connection)

    def all_recorded(self) -> frozenset[str]:
        """Return the ids of the sessions that were fed from a recording."""
        with self._words():
            return listing.all_recorded(self._connection)

    def resonances(self, id: str) -> dict[str, Measured]:
        """Return where the hearts of those who were alone with their cue swung most, as this session measured it."""
        with self._words():
            return resonances.of_session(self._connection, self._number(id))

    def all_resonances(self) -> dict[Heart, list[Measured]]:
        """Return the same of all sessions by person, the oldest first; made-up hearts are people of their own."""
        with self._words():
            return resonances.of_everybody(self._connection)

    def resonances_of(self, name: str, made_up: bool) -> list[tuple[str, Measured]]:
        """Return what the sessions of a person measured, each with when it began (ISO 8601, UTC), the oldest first."""
        with self._words():
            return resonances.of_person(self._connection, name, made_up)

    # --- changes ---

    def store_recordings(self, recordings: Sequence[Recording], started: datetime, simulated: bool = False) -> str:
        """Import people recorded on one clock as one session, wholly or not at all; return its id.

        ``started`` is when the first interval began, with a time zone.
        """
        if not recordings or any(not len(one) for one in recordings):
            raise LedgerError("there is a recording without a single interval, so nothing was stored")
        session = of_recordings(recordings, started, simulated)
        return self.store_session(session, session.beats())

    def store_session(self, session: PastSession, beats: dict[str, int]) -> str:
        """Import a session that is over, in which everybody had so many ``beats``, wholly or not at all; return its
        id."""
        entries = entries_of(session, beats)
        with self._words(to_write=True):
            id = self._free_id(session.started.astimezone(UTC))
            SessionWriter(id, session.members, session.groups).write(self._connection, entries)
        return id

    def store_recording(self, recording: Recording, started: datetime, simulated: bool = False) -> str:
        """Import one person's recording as a session, wholly or not at all; return its id."""
        return self.store_recordings([recording], started, simulated)

    def note(self, id: str, note: Note) -> None:
        """Keep ``note`` in place of what was noted about its person in this session; an empty one takes that away.
        NoSuchPerson if they took no part."""
        with self._words(to_write=True):
            number, session = listing.find(self._connection, id)
            places = {name: place for place, name in listing.names(self._connection, number).items()}
            if note.person not in places:
                there = ", ".join(session.people)
                raise NoSuchPerson(f"{note.person!r} took no part in session {session.id}; there are: {there}")
            with transaction(self._connection):
                notes.keep(self._connection, number, {places[note.person]: (note.t, note.text)})

    def delete_session(self, id: str) -> Went:
        """Delete a session wholly, with the names that nothing else keeps, and the older copies of the file."""
        with self._words(to_write=True):
            return deletion.delete_session(self._connection, self._home, self._number(id))

    def delete_person(self, name: str) -> Went:
        """Delete a person wholly: straps, consent, own sessions, their part in shared ones, copies, free pages."""
        with self._words(to_write=True):
            return deletion.delete_person(self._connection, self._home, name)

    def would_delete_session(self, id: str) -> Went:
        """Return what ``delete_session`` would take away; nothing is changed."""
        with self._words():
            return deletion.would_delete_session(self._connection, self._home, self._number(id))

    def would_delete_person(self, name: str) -> Went:
        """Return what ``delete_person`` would take away; nothing is changed."""
        with self._words():
            return deletion.would_delete_person(self._connection, self._home, name)

    # --- people and straps ---

    def people(self) -> list[str]:
        """Return everybody the ledger knows, by name."""
        with self._words():
            return people.people(self._connection)

    def straps(self) -> list[Strap]:
        """Return the straps whose wearers said yes."""
        with self._words():
            return people.straps(self._connection)

    def remember(self, strap: Strap) -> None:
        """Keep a strap whose wearer has said yes; the newest wearer counts."""
        with self._words(to_write=True):
            people.remember(self._connection, strap)

    def forget(self, strap: Strap) -> None:
        """Forget a strap, as if its wearer had never said yes; sessions stay."""
        with self._words(to_write=True):
            deletion.forget_strap(self._connection, strap)

    # --- what can be made again ---

    def derived(self, kind: str, version: str) -> dict[cache.Key, object]:
        """Return what ``keep_derived`` kept under this kind and version, by session and person (None: all together)."""
        with self._words():
            return cache.find(self._connection, kind, version)

    def keep_derived(self, kind: str, version: str, values: Mapping[cache.Key, object]) -> None:
        """Keep what takes a while to make, as JSON by session and person (None: all together), until it is deleted.

        Nothing is kept of a session that still runs, nor where nothing can be written now: then it is made again.
        """
        if self._opened is None:
            return
        try:
            with self._words():
                cache.keep(self._connection, kind, version, values)
        except LedgerError as problem:
            if not problem.may_pass:
                raise

    # --- within ---

    def _part(self, id: str, person: str) -> tuple[int, StoredSession, Member]:
        """Return the session with its number, and the person as the engine was first told of them; NoSuchPerson."""
        number, session = listing.find(self._connection, id)
        for member in listing.members(self._connection, number, later=True):
            if member.name == person:
                return number, session, member
        there = ", ".join(session.people)
        raise NoSuchPerson(f"{person!r} took no part in session {session.id}; there are: {there}")

    def _open(self) -> apsw.Connection:
        path = ledger_file(self._home)
        if not path.exists() and not waits(self._home):
            connection = apsw.Connection(":memory:")
            create(connection)
            return connection
        if os.access(self._home, os.W_OK) and os.access(path, os.W_OK):
            self._opened = Opened(self._home, self._key, self._tell)
            return self._opened.connection
        return self._open_to_read(path)

    def _open_to_read(self, path: Path) -> apsw.Connection:
        connection = connect_to_read(path, keys.find(self._home) if self._key is None else self._key)
        with in_words(path):
            if version(connection) < schema.VERSION:
                raise LedgerError(f"{path} is of an older biosync and can't be brought up to date: it is read-only")
        return connection

    @contextmanager
    def _words(self, *, to_write: bool = False) -> Iterator[None]:
        """Say in words what goes wrong; ``to_write``: make the file where there is none."""
        if to_write and self._connection.filename == "":
            self._connection.close()
            self._opened = Opened(self._home, self._key, self._tell)
            self._connection = self._opened.connection
        try:
            with in_words(ledger_file(self._home)):
                yield
        except (KeyError, TypeError, ValueError, struct.error) as error:
            what = f"an entry in {ledger_file(self._home)} makes no sense ({error}), so it was damaged: other sessions"
            raise LedgerError(f"{what} can still be read") from error
        except Damaged:
            if self._opened is not None and not is_marked(self._home):
                mark_damaged(self._home)
            raise

    def _number(self, id: str) -> int:
        return listing.find(self._connection, id)[0]

    def _free_id(self, started: datetime) -> str:
        taken = {session.id for session in listing.sessions(self._connection)}
        while True:
            id = f"{started:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
            if id not in taken:
                return id
