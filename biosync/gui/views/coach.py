"""Coach: a card a client, those who need the coach first; a card opens into the client's charts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from biosync.charts.charts import Charts
from biosync.gui import words
from biosync.gui.theme import SPACE, Look
from biosync.gui.view import Actions, Moment, SessionView
from biosync.gui.widgets.board import Board
from biosync.gui.widgets.card_layout import MOST
from biosync.gui.widgets.client_detail import ClientDetail
from biosync.gui.widgets.header import Header, Hint, Title
from biosync.gui.widgets.labels import PART, FadingLine, label
from biosync.gui.widgets.marker_field import MarkerField

_CHARTS_EVERY_S = 1.0
_FACES_EVERY_S = 0.25
_FULL_SCREEN, _STOP = 4, 5
"""Where these controls stand in the header."""
_ROOM_PX = 1000
"""In a narrower view full screen has its key only."""


class CoachView(SessionView):
    """The board under a quiet header, or one client's charts beside a list of all."""

    fps = 30.0

    def __init__(self, look: Look, actions: Actions) -> None:
        super().__init__(look, actions)
        self._header = Header(look, _hints(actions))
        self._header.show_hint(_FULL_SCREEN, False)
        self._board, self._detail = Board(look), ClientDetail(look, actions.note_about)
        self._marker, self._line = MarkerField(), FadingLine(look)
        self._pages, self._nobody = QStackedWidget(), label(role="body")
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._open: str | None = None
        self._chosen: str | None = None  # as it will be seen at the next moment
        self._moment = Moment(None, 0.0, 0.0, False)
        self._header_at = self._faces_at = self._asked_at = float("-inf")
        self._board.picked.connect(self.open_client)
        self._detail.picked.connect(self.open_client)
        self._detail.note.written.connect(actions.keep_note)
        self._marker.kept.connect(actions.put_marker)
        self._marker.dropped.connect(self._take_focus)
        self._lay_out()

    @property
    def board(self) -> Board:
        """The cards."""
        return self._board

    @property
    def detail(self) -> ClientDetail:
        """The charts of one client."""
        return self._detail

    @property
    def opened(self) -> str | None:
        """Whose charts are open, None while the board is seen."""
        return self._open

    @property
    def marker(self) -> MarkerField:
        """Where the words of a marker are written."""
        return self._marker

    def open_client(self, name: str) -> None:
        """Show the charts of ``name``; what is said from now on is said for them."""
        self._open = name
        self._faces_at = self._asked_at = float("-inf")
        self._detail.open(name)
        self._pages.setCurrentWidget(self._detail)
        self._choose(name)
        self.setFocus()

    def close_client(self) -> None:
        """Show the board again."""
        was, self._open = self._open, None
        self._detail.note.keep()
        self._show_board(self._moment)
        if was is not None:
            if self._chosen == was:
                self._choose(None)
            self._board.focus(was)

    def back(self) -> bool:
        """Drop the marker that is being written; else leave the note; else go back to the board."""
        if not self._marker.isHidden():
            self._marker.close_it()
        elif self._detail.note.hasFocus():
            self.setFocus()
        elif self._open is not None:
            self.close_client()
        else:
            return False
        return True

    def mark(self) -> bool:
        """Ask for the words of a marker at this moment, for whoever is open."""
        if not self._moment.running or self._moment.snapshot is None:
            return False
        self._marker.open(self._moment.now, self._moment.selected)
        self._line.hide()
        return True

    def take_charts(self, charts: Charts) -> None:
        """Show the charts that were asked for."""
        self._detail.take_charts(charts)

    def advance(self, moment: Moment) -> None:
        """Draw ``moment``."""
        before, self._moment = self._moment, moment
        self._follow_choice(before, moment)
        self._board.advance(moment)
        if self._open is not None:
            self._advance_detail(moment)
        else:
            self._show_board(moment)
        if before.running and not moment.running:
            self._detail.show_over()
        self._line.advance(moment.seconds)
        if moment.seconds - self._header_at >= 0.25:
            self._header_at = moment.seconds
            self._show_header(moment)

    def tell(self, text: str, seconds: float) -> None:
        """Show ``text`` under the cards."""
        self._line.say(text, seconds)

    def reset(self) -> None:
        """Forget the session that was."""
        self._header_at = self._faces_at = self._asked_at = float("-inf")
        self._open = None
        self._show_board(Moment(None, 0.0, 0.0, True))
        self._detail.forget()
        self._marker.hide()
        self._line.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many controls as there is room for."""
        super().resizeEvent(event)
        self._header.show_hint(_FULL_SCREEN, self.width() >= _ROOM_PX)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was being noted: another page is seen."""
        super().hideEvent(event)
        self._detail.note.keep()

    def close_work(self) -> None:
        """Keep what was being noted, and load nothing any more: the window closes."""
        self._detail.close_work()

    def go_to_card(self, place: int) -> None:
        """Go to the client above (0) or below (1) in the list; on the board, to the first card."""
        if self._open is None:
            self._board.focus_first()
        elif place < 2:
            self._next_client(1 if place else -1)

    def write_note(self) -> None:
        """Write a note about the client whose charts are open."""
        if self._open is not None:
            self._detail.note.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- within ---

    def _show_board(self, moment: Moment) -> None:
        """Show the cards, or say in their place why there are none."""
        if moment.snapshot is not None and moment.snapshot.people:
            self._pages.setCurrentWidget(self._board)
            return
        waits = moment.running and moment.snapshot is None
        self._nobody.setText(words.tr("The cards come as soon as the session has begun.") if waits
                             else words.tr("Nobody is here: A adds a client.") if moment.running
                             else words.tr("the session is over; Space starts again"))
        self._pages.setCurrentWidget(self._nobody)

    def _choose(self, name: str | None) -> None:
        if name != self._chosen:
            self._chosen = name
            self._actions.select(name)

    def _next_client(self, step: int) -> None:
        names = self._board.everybody
        if self._open in names:
            self.open_client(names[(names.index(self._open) + step) % len(names)])

    def _follow_choice(self, before: Moment, moment: Moment) -> None:
        """Open whom a number key has chosen; go back to the board where nobody is any more, or they are not there."""
        here = {person.name for person in moment.snapshot.people} if moment.snapshot is not None else set()
        self._chosen = moment.selected
        if self._open is not None and self._open not in here:
            self.close_client()
        elif moment.selected != before.selected and moment.selected != self._open:
            if moment.selected is not None:
                self.open_client(moment.selected)
            elif self._open == before.selected and moment.running and not self._has_left(moment):
                self.close_client()

    def _has_left(self, moment: Moment) -> bool:
        """Tell if the one whose charts are open takes no part any more: the charts stay open then."""
        people = moment.snapshot.people if moment.snapshot is not None else ()
        return any(person.name == self._open and person.left for person in people)

    def _advance_detail(self, moment: Moment) -> None:
        assert self._open is not None
        if moment.seconds - self._faces_at >= _FACES_EVERY_S:
            self._faces_at = moment.seconds
            faces = [face for face in map(self._board.face, self._board.everybody) if face is not None]
            self._detail.show_faces(faces, self._open, running=moment.running)
        if moment.running and moment.seconds - self._asked_at >= _CHARTS_EVERY_S:
            self._asked_at = moment.seconds
            self._actions.ask_charts(self._open)

    def _take_focus(self) -> None:
        self._line.show()
        self.setFocus()

    def _show_header(self, moment: Moment) -> None:
        self._header.show_title(Title(words.tr("Coach"), self._detail_words(moment)))
        self._header.show_time(words.duration(moment.now))
        people = moment.snapshot.people if moment.snapshot else ()
        self._header.show_origins(frozenset(person.origin for person in people))
        back = words.tr("Board  Esc") if self._open is not None else (
            words.tr("Stop all  Esc") if moment.running else words.tr("Close  Esc"))
        does = words.tr("Back to the board") if self._open is not None else (
            "" if moment.running else words.tr("Leave the session that is over"))
        self._header.rename(_STOP, back, does)

    def _detail_words(self, moment: Moment) -> str:
        if moment.snapshot is None:
            return words.tr("starting") if moment.running else ""
        if not moment.running:
            return words.tr("the session is over; Space starts again")
        if self._open is not None:
            return words.tr("L leaves · W note · ↑ ↓ next")
        if self._board.pages > 1:
            return self._page_words()
        count = len(moment.snapshot.people)
        return words.tr("one client") if count == 1 else words.tr("{count} clients").format(count=count)

    def _page_words(self) -> str:
        first, count = self._board.page * MOST + 1, len(self._board.everybody)
        said = words.tr("clients {first} to {last} of {count} · Page ↑ ↓").format(
            first=first, last=min(count, first + MOST - 1), count=count)
        needed = self._board.needed_elsewhere
        return said if not needed else said + PART + words.tr("{count} elsewhere need you").format(count=needed)

    def _lay_out(self) -> None:
        self._pages.addWidget(self._board)
        self._pages.addWidget(self._nobody)
        self._pages.addWidget(self._detail)
        inner = QVBoxLayout()
        inner.setContentsMargins(4 * SPACE, SPACE, 4 * SPACE, 0)
        inner.addWidget(self._pages)
        foot = QWidget()
        foot.setFixedHeight(6 * SPACE)
        under = QVBoxLayout(foot)
        under.setContentsMargins(4 * SPACE, 0, 4 * SPACE, SPACE)
        under.addWidget(self._line)
        under.addWidget(self._marker)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(inner, 1)
        column.addWidget(foot)


VIEW = CoachView


def _hints(actions: Actions) -> tuple[Hint, ...]:
    return (
        Hint(words.tr("Add"), "A", words.tr("Add a client to the session"), actions.add_client),
        Hint(words.tr("Marker"), "M", words.tr("Mark this moment in your own words"), actions.mark),
        Hint(words.tr("Client screen"), "C", words.tr("A second screen for the clients: the cue, without numbers"),
             actions.show_client_screen),
        Hint(words.tr("Keys"), "?", words.tr("Show the keys"), actions.show_keys),
        Hint(words.tr("Full screen"), "F", words.tr("Fill the screen, or leave it"), actions.toggle_full_screen),
        Hint(words.tr("Stop all"), "Esc", words.tr("Stop the session of all"), actions.back),
    )
