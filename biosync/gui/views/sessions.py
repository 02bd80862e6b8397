"""Sessions: those that were kept, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from biosync.gui import words
from biosync.gui.outside import Outside
from biosync.gui.page import Page, PageActions
from biosync.gui.theme import Look
from biosync.gui.widgets.labels import label
from biosync.gui.widgets.page_frame import PageFrame
from biosync.gui.widgets.plain_list import PlainList
from biosync.store.ledger.kinds import StoredSession


class SessionsPage(Page):
    """A line a session; read anew each time the page is opened, by a worker."""

    reads_ledger = True

    def __init__(self, look: Look, outside: Outside, actions: PageActions) -> None:
        super().__init__(look, outside, actions)
        frame = PageFrame(self, words.tr("Sessions"), actions.back)
        self._told = label(role="quiet")
        self._told.setWordWrap(True)
        self._list = PlainList()
        self._list.setAccessibleName(words.tr("Sessions"))
        frame.column.addWidget(self._told)
        frame.column.addWidget(self._list, 1)

    @property
    def lines(self) -> list[str]:
        """What the list says."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    @property
    def told(self) -> str:
        """What stands over the list."""
        return self._told.text()

    def open(self) -> None:
        """Read the sessions anew."""
        self._list.clear()
        self._tell(words.tr("Reading …"))
        self._errands.ask(self._read, self._show, self._tell)
        self._list.setFocus()

    def leave(self) -> None:
        """Hear nothing more of what is still read."""
        self._errands.drop()

    def _read(self) -> list[StoredSession]:
        with self._outside.ledger.opened() as ledger:
            return ledger.sessions()

    def _show(self, sessions: Sequence[StoredSession]) -> None:
        self._tell("" if sessions else words.tr("No session has been kept so far."))
        self._list.addItems([_line(session) for session in reversed(sessions)])
        self._list.setCurrentRow(0)

    def _tell(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.setVisible(bool(sentence))
        self._list.setVisible(not sentence)


def _line(session: StoredSession) -> str:
    parts = [
        words.date(datetime.fromisoformat(session.started)),
        words.duration(session.duration_s),
        ", ".join(session.people) or words.tr("nobody"),
    ]
    if session.simulated:
        parts.append(words.tr("SIMULATED"))
    return "   ".join(parts)


PAGE = SessionsPage
