"""What may lie over the pages: a problem, the keys, the notes, and the card that asks for the passphrase."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from biosync.gui.dressing import Dressing
from biosync.gui.keys import keys
from biosync.gui.page import PageName
from biosync.gui.theme import Look
from biosync.gui.widgets.card import Card
from biosync.gui.widgets.cards import KeysCard, NotesCard, Notice
from biosync.gui.widgets.passphrase_card import PassphraseCard


class Overlays:
    """The cards over ``parent``, each in its middle; ``show_page`` leads on to a page."""

    def __init__(
        self, look: Look, parent: QWidget, show_page: Callable[[PageName], None], dressing: Dressing
    ) -> None:
        self._look, self._parent, self._show_page, self._dressing = look, parent, show_page, dressing
        self._make()

    def word_anew(self) -> None:
        """Make the cards again, for the language is another one; what lay over the pages is gone."""
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._make()

    def _make(self) -> None:
        look, parent = self._look, self._parent
        self.keys = KeysCard(look, [(key.name, key.does) for key in keys()], parent)
        self.keys.page_wanted.connect(self._show_page)
        self.notes = NotesCard(look, parent)
        self.passphrase = PassphraseCard(look, parent)
        self.notice = Notice(look, parent)
        self._cards: tuple[Card, ...] = (self.notice, self.keys, self.notes, self.passphrase)
        for card in self._cards:
            self._dressing.dress(card)

    @property
    def top(self) -> Card | None:
        """The card that Esc takes away next, None where none is seen."""
        return next((card for card in self._cards if not card.isHidden()), None)

    def place(self) -> None:
        """Keep what is seen in the middle of a parent that was resized."""
        for card in self._cards:
            if not card.isHidden():
                card.place()

    def toggle_keys(self) -> None:
        """Show or hide the list of keys."""
        if self.keys.isHidden():
            self.keys.lie_over()
        else:
            self.keys.hide()

    def toggle_notes(self, said: Sequence[str]) -> None:
        """Show or hide what was ``said``."""
        if self.notes.isHidden():
            self.notes.show_notes(said)
        else:
            self.notes.hide()

    def show_problem(self, sentence: str) -> None:
        """Show one sentence about what went wrong."""
        self.keys.hide()
        self.notice.show_sentence(sentence)
