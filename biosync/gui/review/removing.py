"""Deletes a session, or a person wholly: looks what would go, asks once, and tells what went."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from biosync.gui import words
from biosync.gui.errands import Errands
from biosync.gui.outside import Ledger
from biosync.gui.review import questions
from biosync.gui.review.delete_card import DeleteCard
from biosync.gui.theme import Look
from devices.straps import in_a_line

if TYPE_CHECKING:
    from biosync.store.ledger.kinds import StoredSession, Went


class Removing(QObject):
    """``gone`` carries what went, in words; ``failed`` why nothing did."""

    gone = Signal(str)
    failed = Signal(str)

    def __init__(self, look: Look, door: Ledger, work: Errands, parent: QWidget) -> None:
        super().__init__(parent)
        self.card = DeleteCard(look, parent)
        self._door, self._work = door, work
        self._id: str | None = None
        self._person: str | None = None
        self._asked = 0
        self.card.agreed.connect(self._delete)

    @property
    def asking(self) -> bool:
        """True while the card waits for an answer."""
        return not self.card.isHidden()

    @property
    def of_session(self) -> bool:
        """True where the last thing asked about was a session."""
        return self._id is not None

    def ask_session(self, session: StoredSession) -> None:
        """Ask if ``session`` is to be deleted."""
        when = words.date(datetime.fromisoformat(session.started))
        people = ", ".join(map(in_a_line, session.people)) or words.tr("nobody")
        what = words.tr("Delete the session of {when}, {people}?").format(when=when, people=people)
        self._ask(session.id, None, what)

    def ask_person(self, person: str) -> None:
        """Ask if ``person`` is to be deleted wholly."""
        self._ask(None, person, words.tr("Delete {name} wholly?").format(name=in_a_line(person)))

    def place(self) -> None:
        """Keep the card in the middle."""
        if self.asking:
            self.card.place()

    def close_it(self) -> bool:
        """Take the card away, with nothing deleted; tell if it was there."""
        self._asked += 1  # an answer that is still to come asks nothing any more
        if not self.asking:
            return False
        self.card.close_it()
        return True

    def _ask(self, id: str | None, person: str | None, what: str) -> None:
        self._id, self._person = id, person
        self._asked += 1
        asked = self._asked

        def show(went: Went) -> None:
            if asked == self._asked:
                self.card.ask(what, _goes(went, person))

        self._work.ask(partial(questions.would_go, self._door, id, person), show, self.failed.emit)

    def _delete(self) -> None:
        self._work.ask(partial(questions.delete, self._door, self._id, self._person),
                       lambda went: self.gone.emit(went_words(went)), self.failed.emit)


def _goes(went: Went, person: str | None) -> str:
    goes = what_words(went)
    if person is None:
        return words.tr("This takes away: {what}. It can't be undone.").format(what=goes)
    said = words.tr("This takes away: {what}. Others keep their own part of what was shared. It can't be undone.")
    return said.format(what=goes)


def what_words(went: Went) -> str:
    """Return what goes, counted."""
    parts = []
    for count, one, many in (
        (len(went.sessions), words.tr("1 session"), words.tr("{count} sessions")),
        (len(went.shared), words.tr("their part in 1 session with others"),
         words.tr("their part in {count} sessions with others")),
        (went.rows, words.tr("1 entry of raw data"), words.tr("{count} entries of raw data")),
        (went.straps, words.tr("1 strap"), words.tr("{count} straps")),
        (len(went.copies), words.tr("1 older copy of the ledger"), words.tr("{count} older copies of the ledger")),
    ):
        if count:
            parts.append(one if count == 1 else many.format(count=words.number(count)))
    return ", ".join(parts) or words.tr("a name")


def went_words(went: Went) -> str:
    """Return what went."""
    if went.clean:
        said = words.tr("Deleted: {what}. Nothing of it is left in biosync's files; files that you exported are yours.")
    else:
        said = words.tr("Deleted: {what}. Another biosync is running, so its traces are wiped at the next start.")
    return said.format(what=what_words(went))
