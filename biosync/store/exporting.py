"""A stored session as a file: what goes into it, in which format, and that nothing is overwritten by mistake."""

from __future__ import annotations

import heapq
import io
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol, TextIO

from biosync.engine import Member
from biosync.events import End, Event, Note, Session, Tick
from biosync.store.exports import csv_table, json_lines, rr_text
from biosync.store.exports.content import Content, only
from biosync.store.ledger.kinds import StoredSession
from biosync.store.ledger.problems import NoSuchPerson

if TYPE_CHECKING:
    from biosync.store.ledger.reader import Ledger


class Export(Protocol):
    """What an export file offers: ``ENDING`` of the file's name, ``MOST_PEOPLE`` it can hold (None: any number)."""

    ENDING: str
    MOST_PEOPLE: int | None

    def write(self, content: Content, out: TextIO) -> list[str]:
        """Write the session; return sentences on what this format can't hold."""
        ...


EXPORTS: dict[str, Export] = {"rr": rr_text, "csv": csv_table, "jsonl": json_lines}


class ExportProblem(Exception):
    """The session can't be exported so; the message is one sentence."""


class FileIsThere(ExportProblem):
    """There is a file of that name already, and it was not to be overwritten."""


def content_of(ledger: Ledger, session: StoredSession, person: str | None = None) -> Content:
    """Return what is exported of ``session``, of ``person`` alone where one is named; LedgerError where it can't be
    read, or they took no part."""
    if person is not None and person not in session.people:
        raise NoSuchPerson(f"nobody named {person!r} took part in {session.id}; there is: {', '.join(session.people)}")
    head = Session(0.0, session.id, session.started, session.people, session.simulated)
    wanted = session.people if person is None else (person,)
    lines = {name: ledger.timeline(session.id, name) for name in wanted}
    content = Content(head, lines, tuple(ledger.cues(session.id)), tuple(ledger.markers(session.id)),
                      lambda: _events(ledger, session, person), tuple(ledger.members(session.id)),
                      tuple(ledger.groups(session.id)))  # fmt: skip
    return content if person is None else only(content, person)


def save(content: Content, export: Export, path: Path, *, overwrite: bool) -> list[str]:
    """Write ``content`` to ``path``, readable by its owner only, wholly or not at all; return what is to be told.

    ExportProblem where there is such a file already and ``overwrite`` is not set, or the folder can't be written.
    """

    def write(draft: Path) -> list[str]:
        with _private(draft) as handle, io.TextIOWrapper(handle, encoding="utf-8", newline="\n") as out:
            told = export.write(content, out)
            out.flush()
            os.fsync(out.fileno())
        return told

    return _saved(path, write, overwrite=overwrite)


def save_bytes(content: bytes, path: Path, *, overwrite: bool) -> None:
    """Write ``content`` to ``path`` in the same way; ExportProblem."""

    def write(draft: Path) -> list[str]:
        with _private(draft) as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        return []

    _saved(path, write, overwrite=overwrite)


def _saved(path: Path, write: Callable[[Path], list[str]], *, overwrite: bool) -> list[str]:
    try:
        if not overwrite:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        return _replaced(path, write, made_here=not overwrite)
    except FileExistsError:
        raise FileIsThere(f"{path} is there already: choose another name, or overwrite it with --force") from None
    except OSError as error:
        raise ExportProblem(f"{path} can't be written: {error.strerror or error}") from None


def check_people(content: Content, export: Export) -> None:
    """Raise ExportProblem if the format can't hold so many people."""
    people = tuple(content.lines)
    if export.MOST_PEOPLE is not None and len(people) > export.MOST_PEOPLE:
        raise ExportProblem(f"this format holds one person; choose one with --person: {', '.join(people)}")


def _replaced(path: Path, write: Callable[[Path], list[str]], *, made_here: bool) -> list[str]:
    """Write a draft and put it in the place of ``path``; where that fails, leave nothing that was made here."""
    draft = path.with_name(f".{path.name}.part")
    done = False
    try:
        told = write(draft)
        draft.replace(path)
        done = True
        return told
    finally:
        if not done:
            draft.unlink(missing_ok=True)
            if made_here:
                path.unlink(missing_ok=True)


def _private(path: Path) -> BinaryIO:
    """Open a new file for its owner's eyes only."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _events(ledger: Ledger, session: StoredSession, person: str | None) -> Iterator[Event | Member | Note]:
    """Give everything that was kept in the order of its times, and the end where there was one; what was noted about
    somebody only where the export is of that ``person``."""
    came_in = (event for event in ledger.raw_events(session.id) if not isinstance(event, Tick))
    cues: Iterable[Event | Member | Note] = ledger.cues(session.id)
    noted = [note for note in ledger.notes(session.id) if (note.person,) in ((person,), session.people)]
    for _, event in heapq.merge(_timed(came_in), _timed(cues), _timed(noted), key=lambda timed: timed[0]):
        yield event
    if session.complete:
        yield End(session.duration_s, session.beats, session.id)


def _timed(events: Iterable[Event | Member | Note]) -> Iterator[tuple[float, Event | Member | Note]]:
    """Give each event with its time; what has none of its own has that of the one before."""
    t = 0.0
    for event in events:
        t = t if isinstance(event, Member) else event.t
        yield t, event
