"""Sessions: the list, one opened, two beside each other, a person over weeks; replay, export, report, delete."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from biosync.gui import words
from biosync.gui.errands import Errands
from biosync.gui.outside import Outside
from biosync.gui.page import Page, PageActions, PageKey
from biosync.gui.review import questions
from biosync.gui.review.compared_leaf import ComparedLeaf
from biosync.gui.review.leaf import Control, Leaf
from biosync.gui.review.list_leaf import ListLeaf
from biosync.gui.review.opened_leaf import OpenedLeaf
from biosync.gui.review.removing import Removing
from biosync.gui.review.saving import Writing
from biosync.gui.review.trend_leaf import TrendLeaf
from biosync.gui.theme import Look
from devices.straps import in_a_line

if TYPE_CHECKING:
    from biosync.gui.view import ViewName
    from biosync.store.review.listed import Listed
    from biosync.store.review.opened import Opened

_K = Qt.Key
SomeLeaf = TypeVar("SomeLeaf", bound=Leaf)


class SessionsPage(Page):
    """Everything is read anew each time the page is opened, by a worker. Who is chosen in the list is who looks: they
    see what is theirs; everybody sees what all agreed to."""

    reads_ledger = True

    def __init__(self, look: Look, outside: Outside, actions: PageActions) -> None:
        super().__init__(look, outside, actions)
        self._work = Errands(self)
        self._first: questions.PartOf | None = None
        self._part: questions.PartOf | None = None
        self._leaves = QStackedWidget()
        self.list = self._added(ListLeaf(look, self._list_controls(), actions.back))
        self.removing = Removing(look, outside.ledger, self._work, self)
        self.writing = Writing(look, outside.ledger, self._work, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._leaves)
        self._connect()

    # --- the leaves: all but the list are made when they are first wanted ---

    @cached_property
    def opened(self) -> OpenedLeaf:
        """One session in its charts."""
        leaf = self._added(OpenedLeaf(self._look, self._opened_controls(), self._actions.back))
        leaf.person_wanted.connect(self._show_person)
        leaf.span_wanted.connect(self._zoom)
        leaf.offer("I", False)
        leaf.offer("W", False)
        leaf.note.written.connect(self._keep_note)
        return leaf

    @cached_property
    def compared(self) -> ComparedLeaf:
        """Two sessions beside each other."""
        return self._added(ComparedLeaf(self._look, (), self._actions.back))

    @cached_property
    def trend(self) -> TrendLeaf:
        """A person over weeks."""
        virtual = self._control("V", _K.Key_V, words.tr("The virtual one"), self._turn_trend,
                                words.tr("The real heart, or the made-up one of that name"))
        return self._added(TrendLeaf(self._look, (virtual,), self._actions.back))

    @property
    def _made(self) -> list[OpenedLeaf]:
        """The leaf of one session, once it was made."""
        return self.findChildren(OpenedLeaf)

    def _finish_note(self) -> None:
        for opened in self._made:
            opened.note.finish()

    def _added(self, leaf: SomeLeaf) -> SomeLeaf:
        self._leaves.addWidget(leaf)
        return leaf

    # --- what the window asks ---

    @property
    def leaf(self) -> Leaf:
        """The leaf that is seen."""
        seen: Leaf = self._leaves.currentWidget()  # type: ignore[assignment]  # there always is one
        return seen

    def open(self) -> None:
        """Read the sessions anew, and show the list."""
        self._show(self.list)
        self._read()

    def leave(self) -> None:
        """Hear nothing more of what is still read."""
        self._finish_note()
        self._errands.drop()
        self.removing.close_it()
        self.writing.close_it()

    def close_work(self) -> None:
        """End what still works."""
        self._finish_note()
        super().close_work()
        self._work.close()
        for opened in self._made:
            opened.close_work()

    def back(self) -> bool:
        """Go back within the page; False where there is nothing to go back to."""
        if self.removing.close_it() or self.writing.close_it() or any(one.note.drop() for one in self._made):
            return True
        if self.leaf is self.list and self.list.search.hasFocus():
            self.list.search.clear()
            self.list.take_focus()
        elif self.leaf is not self.list:
            self._show(self.list)
        elif self._first is not None:
            self._forget_first()
        else:
            return False
        return True

    def page_keys(self) -> tuple[PageKey, ...]:
        """Return the keys of the leaf that is seen."""
        people: tuple[PageKey, ...] = ()
        if isinstance(self.leaf, OpenedLeaf):
            codes = (_K.Key_1, _K.Key_2, _K.Key_3, _K.Key_4, _K.Key_5, _K.Key_6, _K.Key_7, _K.Key_8)
            people = tuple(PageKey(code, str(place + 1), partial(self._show_number, place), "")
                           for place, code in enumerate(codes))
        return (*self.leaf.keys(), *people)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key asks; while a card asks something, nothing else is heard but Esc."""
        if (self.removing.asking or self.writing.asking) and event.key() != _K.Key_Escape:
            event.accept()
            return
        find = event.key() == _K.Key_F and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if find and self.leaf is self.list:
            self._search()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what asks in the middle."""
        super().resizeEvent(event)
        self.removing.place()
        self.writing.place()

    # --- the list ---

    def _read(self) -> None:
        self.list.show_reading()
        self._errands.ask(partial(questions.read_shelf, self._outside.ledger, self.list.person),
                          self.list.show_shelf, self.list.show_problem)

    def _read_again(self) -> None:
        """Let the list find what was just written, whatever is seen meanwhile."""
        person = self.list.person

        def show(shelf: questions.Shelf) -> None:
            if self.list.person == person:
                self.list.show_shelf(shelf)

        self._work.ask(partial(questions.read_shelf, self._outside.ledger, person), show, self.list.show_problem)

    def _person_chosen(self) -> None:
        person = self.list.person
        self.list.offer("W", person is not None, "" if person is None else words.tr("Delete {name} wholly").format(
            name=in_a_line(person)))
        self._read()

    def _search(self) -> None:
        self.list.search.setFocus()
        self.list.search.selectAll()

    # --- one session ---

    def _own_part(self, one: Listed) -> questions.PartOf:
        """Return whose part is seen first: of who looks, else of the first who shows theirs, else of the first."""
        people, looks = one.session.people, self.list.person
        if looks in people and looks is not None:
            return questions.PartOf(one.session.id, looks, own=True)
        showing = [name for name in people if name not in one.kept]
        return questions.PartOf(one.session.id, (showing or people or ("",))[0])

    def _open(self) -> None:
        one = self.list.current
        if one is None or not one.session.people:
            return
        self._show(self.opened)
        self._open_part(one, self._own_part(one))

    def _open_part(self, one: Listed, part: questions.PartOf) -> None:
        self._part = part
        self._errands.drop()
        self.opened.begin(one, part.person, part.own)
        self._errands.ask(partial(questions.open_part, self._outside.ledger, part), self.opened.show_opened,
                          partial(self.opened.tell, role="alert"))

    def _show_person(self, person: str, own: bool) -> None:
        one = self.list.current
        if one is not None:
            looks = own or person == self.list.person
            self._open_part(one, questions.PartOf(one.session.id, person, looks))

    def _show_number(self, place: int) -> None:
        one = self.list.current
        if one is not None and place < len(one.session.people):
            self._show_person(one.session.people[place], False)

    def _own_or_not(self) -> None:
        one, part = self.list.current, self._part
        if one is not None and part is not None and part.person in one.kept:
            self._open_part(one, questions.PartOf(part.id, part.person, not part.own))

    def _zoom(self, begin_t: float, end_t: float) -> None:
        shown = self.opened.shown
        if shown is None:
            return
        begin_t, end_t = max(0.0, begin_t), min(shown.session.duration_s, end_t)
        self._errands.drop()
        self._errands.ask(partial(questions.between, shown.heard, begin_t, end_t), self.opened.show_span,
                          partial(self.opened.tell, role="alert"))

    def _write_note(self) -> None:
        self.opened.write_note()

    def _keep_note(self, shown: Opened, text: str) -> None:
        def kept(_: None) -> None:
            self.opened.note.stored(shown, text)
            self._read_again()

        def refuse(sentence: str) -> None:
            self.opened.tell(sentence, "alert")
            self.opened.note.refused(shown, text)

        self._work.ask(partial(questions.note, self._outside.ledger, shown, text), kept, refuse)

    # --- what can be done with it ---

    def _replay(self) -> None:
        one = self.list.current
        if one is None:
            return
        id = one.session.id

        def play(view: ViewName) -> None:
            self._actions.play(partial(self._outside.replay, id), view)

        self._errands.ask(partial(questions.fitting_view, self._outside.ledger, id), play, self._actions.show_problem)

    def _compare(self) -> None:
        one = self.list.current
        if one is None or not one.session.people:
            return
        part = self._part if isinstance(self.leaf, OpenedLeaf) and self._part is not None else self._own_part(one)
        if self._first is None:
            self._first = part
            self._show(self.list)
            when = words.date(datetime.fromisoformat(one.session.started))
            self.list.tell(words.tr("{name}, {when}, beside which one? Choose it, then C. Esc gives it up.").format(
                name=in_a_line(part.person), when=when))
            return
        first, self._first = self._first, None
        self.list.tell("")
        self._show(self.compared)
        self.compared.begin()
        self._errands.ask(partial(questions.open_two, self._outside.ledger, first, part),
                          lambda both: self.compared.show_two(*both), partial(self.compared.tell, role="alert"))

    def _forget_first(self) -> None:
        self._first = None
        self.list.tell("")

    def _trends(self) -> None:
        one = self.list.current
        person = self.list.person or (None if one is None else self._own_part(one).person)
        if person is None:
            return
        self._show(self.trend)
        self.trend.begin(person)
        self._errands.ask(partial(questions.read_trends, self._outside.ledger, person), self.trend.show_trends,
                          partial(self.trend.tell, role="alert"))

    def _turn_trend(self) -> None:
        self.trend.turn()

    def _delete(self) -> None:
        one = self.list.current
        if one is not None:
            self.removing.ask_session(one.session)

    def _delete_person(self) -> None:
        if self.list.person is not None:
            self.removing.ask_person(self.list.person)

    def _export(self) -> None:
        self._write("csv")

    def _report(self) -> None:
        self._write("pdf")

    def _write(self, kind: questions.FileKind) -> None:
        one = self.list.current
        if one is None:
            return
        looks = self._part.person if isinstance(self.leaf, OpenedLeaf) and self._part is not None else self.list.person
        self.writing.ask(one, looks, kind)

    # --- within ---

    def _show(self, leaf: Leaf) -> None:
        self._finish_note()
        self._errands.drop()
        self._leaves.setCurrentWidget(leaf)
        leaf.take_focus()

    def _gone(self, sentence: str) -> None:
        self._first = None
        if self.list.person is not None and not self.removing.of_session:
            self.list.choose_person(None)
        self._show(self.list)
        self._read()
        self.list.tell(sentence)

    def _failed(self, sentence: str) -> None:
        self.leaf.tell(sentence, "alert")

    def _written(self, sentence: str) -> None:
        self.leaf.tell(sentence)

    def _connect(self) -> None:
        self.list.wanted.connect(self._open)
        self.list.person_chosen.connect(self._person_chosen)
        self.list.offer("W", False)
        self.removing.gone.connect(self._gone)
        self.removing.failed.connect(self._failed)
        self.writing.written.connect(self._written)

    def _control(self, name: str, code: Qt.Key, text: str, do: object, does: str) -> Control:
        assert callable(do)
        return Control(text, PageKey(code, name, do, does))

    def _list_controls(self) -> tuple[Control, ...]:
        return (
            self._control(words.tr("Enter"), _K.Key_Return, words.tr("Open"), self._open,
                          words.tr("Open this session into its charts")),
            self._control("/", _K.Key_Slash, words.tr("Search"), self._search, words.tr("Search")),
            *self._common_controls(),
            self._control("G", _K.Key_G, words.tr("Trends"), self._trends, words.tr("This person over weeks")),
            self._control("W", _K.Key_W, words.tr("Delete wholly"), self._delete_person,
                          words.tr("Delete everything of this person; it asks first")),
        )

    def _opened_controls(self) -> tuple[Control, ...]:
        return (
            *self._common_controls(),
            self._control("I", _K.Key_I, words.tr("Show mine"), self._own_or_not,
                          words.tr("Show one's own figures, or only what all may see")),
            self._control("W", _K.Key_W, words.tr("Note"), self._write_note,
                          words.tr("Write a note about this person, kept with this session")),
        )

    def _common_controls(self) -> tuple[Control, ...]:
        return (
            self._control("R", _K.Key_R, words.tr("Replay"), self._replay,
                          words.tr("Run this session through the live views again")),
            self._control("C", _K.Key_C, words.tr("Compare"), self._compare,
                          words.tr("See this session beside another one")),
            self._control("P", _K.Key_P, words.tr("Report"), self._report, words.tr("Write a page to hand over")),
            self._control("X", _K.Key_X, words.tr("Export"), self._export, words.tr("Write its beats to a file")),
            self._control(words.tr("Del"), _K.Key_Delete, words.tr("Delete"), self._delete,
                          words.tr("Delete this session; it asks first")),
        )


PAGE = SessionsPage
