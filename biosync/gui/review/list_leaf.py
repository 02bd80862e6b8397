"""The list of sessions with its filter: by person, and by words in names, markers and dates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.review.leaf import Control, Leaf
from biosync.gui.review.questions import Shelf
from biosync.gui.review.session_list import SessionList
from biosync.gui.theme import SPACE, Look
from biosync.gui.widgets.labels import label
from biosync.gui.widgets.line_field import LineField
from biosync.gui.widgets.tick import Choice
from biosync.store.review.searching import holds, searchable

if TYPE_CHECKING:
    from biosync.store.review.listed import Listed

_TEXT_WIDTH = 75 * SPACE


class ListLeaf(Leaf):
    """``wanted`` tells that the session in hand is to be opened, ``person_chosen`` that the list is to be of another
    person, or of everybody."""

    wanted = Signal()
    person_chosen = Signal()

    def __init__(self, look: Look, controls: Sequence[Control], back: Callable[[], None]) -> None:
        super().__init__(words.tr("Sessions"), controls, back)
        self.list = SessionList(look)
        self.search = LineField(words.tr("Search names, markers, notes and dates"),
                                words.tr("Show only sessions in which all of these words are found (/ or Ctrl F)"))
        self._person = Choice(look)
        self._person.setAccessibleName(words.tr("Whose sessions"))
        self._person.setToolTip(words.tr("Only one person's sessions, with their own figures (Tab, then up and down)"))
        self._empty, self._empty_why = label(role="body"), label(role="quiet")
        self._pages, self._nothing = QStackedWidget(), QWidget()
        self._shelf, self._found_by = Shelf((), ()), list[str]()
        self._filling = False
        self._fill_people(())
        self._build()
        self._person.currentIndexChanged.connect(lambda _: None if self._filling else self.person_chosen.emit())
        self.search.textChanged.connect(lambda _: self._filter())
        self.search.returnPressed.connect(self.take_focus)
        self.list.wanted.connect(self.wanted)

    @property
    def person(self) -> str | None:
        """Whose sessions are listed; None for everybody's."""
        chosen = self._person.currentData()
        return None if chosen is None else str(chosen)

    @property
    def current(self) -> Listed | None:
        """The session in hand, None where the list is empty."""
        return self.list.current if self._pages.currentIndex() == 0 else None

    @property
    def shelf(self) -> Shelf:
        """All sessions that were read, found or not."""
        return self._shelf

    @property
    def lines(self) -> list[str]:
        """What the list says, line by line."""
        return self.list.lines

    @property
    def told(self) -> str:
        """What stands in the place of an empty list."""
        return self._empty.text() if self._pages.currentIndex() == 1 else ""

    @property
    def told_why(self) -> str:
        """What to do about it."""
        return self._empty_why.text()

    def take_focus(self) -> None:
        """Let the arrow keys move in the list."""
        self.list.setFocus()

    def choose_person(self, person: str | None) -> None:
        """List the sessions of ``person`` alone, or (None) all."""
        self._person.setCurrentIndex(max(0, self._person.findData(person)))

    def show_reading(self) -> None:
        """Say that the sessions are being read; what is there stays until they are."""
        if not self._shelf.sessions:
            self._show_empty(words.tr("Reading …"), "")

    def show_problem(self, sentence: str) -> None:
        """Say why there is no list."""
        self._shelf, self._found_by = Shelf((), ()), []
        self._show_empty(sentence, words.tr("Nothing was changed. Esc goes back."))

    def show_shelf(self, shelf: Shelf) -> None:
        """Show these sessions, as far as they are searched for."""
        self._shelf, self._found_by = shelf, [searchable(one) for one in shelf.sessions]
        self._fill_people(shelf.people)
        self._filter()

    def _filter(self) -> None:
        text = self.search.text()
        found = [one for one, words_in in zip(self._shelf.sessions, self._found_by, strict=True)
                 if holds(words_in, text)]
        self.list.show_sessions(found)
        total = len(self._shelf.sessions)
        if found:
            self._pages.setCurrentIndex(0)
            count = words.tr("{count} sessions") if total != 1 else words.tr("1 session")
            part = words.tr("{found} of {count} sessions")
            whole = count.format(count=words.number(total))
            self.show_title(words.tr("Sessions"), whole if len(found) == total else part.format(
                found=words.number(len(found)), count=words.number(total)))
        elif total:
            self.show_title(words.tr("Sessions"), words.tr("none found"))
            self._show_empty(words.tr("No session holds all of these words."),
                             words.tr("Esc in the search field takes them out."))
        else:
            self.show_title(words.tr("Sessions"))
            self._say_nothing_kept()
        for control in self._controls:
            self._buttons[control.key.name].setEnabled(bool(found))

    def _say_nothing_kept(self) -> None:
        if self.person is not None:
            self._show_empty(words.tr("No session of {name} has been kept.").format(name=self.person),
                             words.tr("Choose everybody above to see the others."))
            return
        self._show_empty(
            words.tr("No session has been kept so far."),
            words.tr("A session with a strap is kept by itself, on this computer alone: Esc, then C connects one. "
                     "A recording of another app comes in with: biosync sessions import FILE"))

    def _show_empty(self, text: str, why: str) -> None:
        self._empty.setText(text)
        self._empty_why.setText(why)
        self._pages.setCurrentIndex(1)
        self._nothing.setAccessibleName(f"{text} {why}".strip())

    def _fill_people(self, people: Sequence[str]) -> None:
        chosen, self._filling = self.person, True
        self._person.clear()
        self._person.addItem(words.tr("Everybody"), None)
        for name in people:
            self._person.addItem(name, name)
        if chosen is not None and chosen not in people:
            self._person.addItem(chosen, chosen)
        self._person.setCurrentIndex(max(0, self._person.findData(chosen)) if chosen is not None else 0)
        self._filling = False

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        self._person.setMinimumWidth(20 * SPACE)
        self._person.setFixedHeight(5 * SPACE)
        row.addWidget(self._person)
        row.addWidget(self.search, 1)
        self.column.addLayout(row)
        middle = QWidget()
        middle.setMaximumWidth(_TEXT_WIDTH)
        column, across = QVBoxLayout(middle), QHBoxLayout(self._nothing)
        across.addStretch(1)
        across.addWidget(middle, 100)
        across.addStretch(1)
        column.setSpacing(2 * SPACE)
        column.addStretch(2)
        for text in (self._empty, self._empty_why):
            text.setWordWrap(True)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(text)
        column.addStretch(3)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._nothing)
        self.column.addWidget(self._pages, 1)
