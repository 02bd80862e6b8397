"""What the Sessions page asks the ledger. Every function here may take seconds: a worker calls it.

Analysis loads NumPy and SciPy; so it is imported here, in the worker, when first needed. What draws is not: classes of
Qt come to be in the window's thread only (``chart_library``).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from biosync.clock import utc_now
from biosync.gui.view import ViewName

if TYPE_CHECKING:
    from biosync.charts.charts import Charts
    from biosync.charts.heard import Heard
    from biosync.gui.outside import Ledger as LedgerDoor
    from biosync.store.ledger.kinds import Went
    from biosync.store.review.listed import Listed
    from biosync.store.review.opened import Opened
    from biosync.store.review.trends import Trends

FileKind = Literal["rr", "csv", "jsonl", "pdf"]
FILE_KINDS: tuple[FileKind, ...] = ("pdf", "csv", "jsonl", "rr")
ENDINGS: dict[FileKind, str] = {"rr": "txt", "csv": "csv", "jsonl": "jsonl", "pdf": "pdf"}


@dataclass(frozen=True, slots=True)
class Shelf:
    """The sessions, newest first, and everybody who took part in any, by name."""

    sessions: tuple[Listed, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartOf:
    """``person``'s part of the session of ``id``; with ``own`` it is they who look."""

    id: str
    person: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Saving:
    """A file that is to be written: of the session of ``id``, or of ``person``'s part alone, to ``path``."""

    id: str
    person: str | None
    kind: FileKind
    path: Path
    overwrite: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of it: ``told`` are sentences; ``there`` is True where a file of that name was in the way."""

    told: tuple[str, ...] = ()
    there: bool = False


def read_shelf(door: LedgerDoor, person: str | None) -> Shelf:
    """Return the sessions, of ``person`` where one is named."""
    from biosync.store.review.listed import listed

    with door.opened() as ledger:
        everybody = {name for one in ledger.sessions() for name in one.people}
        return Shelf(tuple(listed(ledger, person)), tuple(sorted(everybody, key=str.casefold)))


def open_part(door: LedgerDoor, part: PartOf) -> Opened:
    """Return one person's part of a session."""
    from biosync.store.review.opened import opened

    with door.opened() as ledger:
        return opened(ledger, ledger.session(part.id), part.person, own=part.own)


def open_two(door: LedgerDoor, first: PartOf, second: PartOf) -> tuple[Opened, Opened]:
    """Return two parts, to be seen beside each other."""
    return open_part(door, first), open_part(door, second)


def between(heard: Heard, begin_t: float, end_t: float) -> Charts:
    """Return the charts of a span of what was heard."""
    from biosync.store.stored_charts import charts_between

    return charts_between(heard, begin_t, end_t)


def read_trends(door: LedgerDoor, person: str) -> tuple[Trends, ...]:
    """Return the trends of ``person``, and of a made-up heart of that name: only of whom there are sessions."""
    from biosync.store.review.trends import trends

    with door.opened() as ledger:
        both = (trends(ledger, person), trends(ledger, person, made_up=True))
    return tuple(one for one in both if one.sessions)


def note(door: LedgerDoor, shown: Opened, text: str) -> None:
    """Keep ``text`` as what is noted about whose part was opened; it belongs to the end of the session."""
    from biosync.events import Note

    with door.opened() as ledger:
        ledger.note(shown.session.id, Note(shown.session.duration_s, shown.person, text))


def would_go(door: LedgerDoor, id: str | None, person: str | None) -> Went:
    """Return what a deletion of the session of ``id``, or else of ``person`` wholly, would take away."""
    with door.opened() as ledger:
        return ledger.would_delete_session(id) if id is not None else ledger.would_delete_person(person or "")


def delete(door: LedgerDoor, id: str | None, person: str | None) -> Went:
    """Delete the session of ``id``, or else ``person`` wholly."""
    with door.opened() as ledger:
        return ledger.delete_session(id) if id is not None else ledger.delete_person(person or "")


def fitting_view(door: LedgerDoor, id: str) -> ViewName:
    """Return the view in which a session is best seen again."""
    with door.opened() as ledger:
        groups = ledger.groups(id)
    if len(groups) > 1:
        return "coach"
    return "together" if groups and len(groups[0]) > 1 else "breathe"


def save(door: LedgerDoor, wanted: Saving) -> Saved:
    """Write the file; ExportProblem or LedgerError with a sentence where that can't be done."""
    from biosync.store.exporting import EXPORTS, FileIsThere, content_of, save, save_bytes
    from biosync.store.review.reported import reported

    try:
        with door.opened() as ledger:
            session = ledger.session(wanted.id)
            if wanted.kind == "pdf":
                from biosync.gui.report.pdf import report_pdf

                report = reported(ledger, session, wanted.person)
                save_bytes(report_pdf(report, utc_now()), wanted.path, overwrite=wanted.overwrite)
                return Saved()
            content = content_of(ledger, session, wanted.person)
            return Saved(tuple(save(content, EXPORTS[wanted.kind], wanted.path, overwrite=wanted.overwrite)))
    except FileIsThere:
        return Saved(there=True)
