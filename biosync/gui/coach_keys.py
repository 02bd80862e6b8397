"""What a coach does on the board by key: goes from card to card, marks in words, notes, shows the clients' screen."""

from __future__ import annotations

from biosync.gui import words
from biosync.gui.client_screen import ClientScreens
from biosync.gui.pages import Pages
from biosync.gui.session_actions import SessionActions
from biosync.gui.session_life import SessionLife
from biosync.gui.stage import Stage
from biosync.gui.views.coach import CoachView


class CoachKeys:
    """A part of the window, which brings what is named here."""

    _life: SessionLife
    _stage: Stage
    _actions: SessionActions
    _pages: Pages
    _client_screens: ClientScreens

    def put_marker(self, text: str, at_t: float) -> None:
        """Put a marker with these words at ``at_t`` (s)."""
        self._actions.put_marker(text, at_t)

    def keep_note(self, person: str, text: str) -> None:
        """Note ``text`` down about ``person``, while the session goes on."""
        if self._stage.bridge is not None:
            self._actions.notes[person] = text
            self._stage.bridge.note(person, text)
        else:
            self._pages.note.say(words.tr("The session was over before this note was kept: write it in Sessions (S)."))

    def note_about(self, person: str) -> str:
        """Return what was noted down about ``person`` in this session."""
        return self._actions.notes.get(person, "")

    def ask_charts(self, person: str) -> None:
        """Have the charts of ``person`` made for the view."""
        if self._stage.bridge is not None:
            self._stage.bridge.ask_charts(person)

    def go_to_card(self, place: int) -> None:
        """On the coach's board: the client above (0) or below (1), or the card that is at hand (2, 3)."""
        if self._life.seen and isinstance(self._life.view, CoachView):
            self._life.view.go_to_card(place)

    def turn_page(self, place: int) -> None:
        """On the coach's board: the page before (0), or the next (1)."""
        if self._life.seen and isinstance(self._life.view, CoachView):
            self._life.view.board.turn(1 if place else -1)

    def write_note(self) -> None:
        """Write a note about the client whose charts are open."""
        if self._life.seen and isinstance(self._life.view, CoachView):
            self._life.view.write_note()

    def show_client_screen(self) -> None:
        """Show the clients' screen, of whoever is chosen, or close it."""
        self._client_screens.toggle(self._actions.selected)
