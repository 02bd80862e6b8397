"""Coach: a card a client, those who need the coach first."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from biosync.gui import words
from biosync.gui.theme import SPACE, Look
from biosync.gui.view import Actions, Moment, SessionView
from biosync.gui.widgets.board import Board
from biosync.gui.widgets.card_layout import MOST
from biosync.gui.widgets.header import Header, Hint, Title
from biosync.gui.widgets.labels import FadingLine


class CoachView(SessionView):
    """The board under a quiet header."""

    fps = 30.0

    def __init__(self, look: Look, actions: Actions) -> None:
        super().__init__(look, actions)
        self._header = Header(look, _hints(actions))
        self._board = Board(look)
        self._board.picked.connect(actions.select)
        self._line = FadingLine(look)
        self._header_at = float("-inf")
        self._lay_out()

    @property
    def board(self) -> Board:
        """The cards."""
        return self._board

    def advance(self, moment: Moment) -> None:
        """Draw ``moment``."""
        self._board.advance(moment)
        self._line.advance(moment.seconds)
        if moment.seconds - self._header_at >= 0.25:
            self._header_at = moment.seconds
            self._show_header(moment)

    def tell(self, text: str, seconds: float) -> None:
        """Show ``text`` under the cards."""
        self._line.say(text, seconds)

    def reset(self) -> None:
        """Forget the session that was."""
        self._header_at = float("-inf")

    def _show_header(self, moment: Moment) -> None:
        self._header.show_title(Title(words.tr("Coach"), _detail(moment)))
        self._header.show_time(words.duration(moment.now))
        people = moment.snapshot.people if moment.snapshot else ()
        self._header.show_origins(frozenset(person.origin for person in people))
        self._header.rename(4, words.tr("Stop all  Esc") if moment.running else words.tr("Close  Esc"))

    def _lay_out(self) -> None:
        inner = QVBoxLayout()
        inner.setContentsMargins(4 * SPACE, SPACE, 4 * SPACE, 0)
        inner.addWidget(self._board)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(inner, 1)
        column.addWidget(self._line)


VIEW = CoachView


def _detail(moment: Moment) -> str:
    if moment.snapshot is None:
        return words.tr("starting") if moment.running else ""
    if not moment.running:
        return words.tr("the session is over; Space starts again")
    count = len(moment.snapshot.people)
    if moment.selected is not None:
        return words.tr("{name} is chosen · L: {name} leaves").format(name=moment.selected)
    if count > MOST:
        return words.tr("{shown} of {count} clients").format(shown=MOST, count=count)
    return words.tr("one client") if count == 1 else words.tr("{count} clients").format(count=count)


def _hints(actions: Actions) -> tuple[Hint, ...]:
    return (
        Hint(words.tr("Add"), "A", words.tr("Add a client to the session"), actions.add_client),
        Hint(words.tr("Marker"), "M", words.tr("Mark this moment"), actions.mark),
        Hint(words.tr("Keys"), "?", words.tr("Show the keys"), actions.show_keys),
        Hint(words.tr("Full screen"), "F", words.tr("Fill the screen, or leave it"), actions.toggle_full_screen),
        Hint(words.tr("Stop all"), "Esc", words.tr("Stop the session of all"), actions.back),
    )
