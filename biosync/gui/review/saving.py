"""Writes a session's report or export to a file: asks where, does it in a worker, tells what came of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from biosync.gui import words
from biosync.gui.errands import Errands
from biosync.gui.outside import Ledger
from biosync.gui.review import questions
from biosync.gui.review.save_card import SaveCard
from biosync.gui.theme import Look

if TYPE_CHECKING:
    from biosync.store.review.listed import Listed


class Writing(QObject):
    """``written`` carries what was written, in words."""

    written = Signal(str)

    def __init__(self, look: Look, door: Ledger, work: Errands, parent: QWidget) -> None:
        super().__init__(parent)
        self.card = SaveCard(look, parent)
        self._door, self._work = door, work
        self.card.wanted.connect(self._save)

    @property
    def asking(self) -> bool:
        """True while the card waits for an answer."""
        return not self.card.isHidden()

    def ask(self, one: Listed, person: str | None, kind: questions.FileKind) -> None:
        """Ask where to write the session; ``person`` is who looks."""
        self.card.ask(one.session.id, one.session.people, one.kept, person, kind)

    def place(self) -> None:
        """Keep the card in the middle."""
        if self.asking:
            self.card.place()

    def close_it(self) -> bool:
        """Take the card away; tell if it was there."""
        if not self.asking:
            return False
        self.card.close_it()
        return True

    def _save(self, wanted: questions.Saving) -> None:
        def told(saved: questions.Saved) -> None:
            if saved.there:
                self.card.refuse(words.tr("There is such a file already: choose another name, or overwrite it."),
                                 there=True)
                return
            self.card.close_it()
            said = words.tr("Written to {path}.").format(path=wanted.path)
            self.written.emit(" ".join([said, *map(words.as_sentence, saved.told)]))

        self._work.ask(partial(questions.save, self._door, wanted), told, self.card.refuse)
