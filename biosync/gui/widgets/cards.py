"""What may lie over a view: the list of keys, the notes, and one sentence about a problem."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.theme import SPACE, Look
from biosync.gui.widgets.card import Card
from biosync.gui.widgets.labels import label, quiet_button
from biosync.gui.widgets.reading_scroll import ReadingScroll

_MOST_NOTES = 8
_AROUND = 13 * SPACE
"""What stands over and under the list of keys, with the window's edge."""
_TEXT_WIDTH = 44 * SPACE


class KeysCard(Card):
    """The keys, and what each does, in as many columns as the window is wide; ``page_wanted`` names a page that helps
    further."""

    page_wanted = Signal(str)

    def __init__(self, look: Look, keys: list[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(look, parent)
        self.setAccessibleName(words.tr("Keys"))
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * SPACE, 2 * SPACE, 4 * SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(label(words.tr("Keys"), "name"))
        self._inner = QWidget()
        self._scroll = ReadingScroll(self._inner, words.tr("Keys"))
        self._grid = QGridLayout(self._inner)
        self._grid.setContentsMargins(0, 0, SPACE, 0)
        self._grid.setHorizontalSpacing(2 * SPACE)
        column.addWidget(self._scroll)
        self._close = _close_button(self)
        self._whole = True
        column.addLayout(self._ways())
        self._rows = [(label(key, "quiet"), QLabel(text)) for key, text in keys]
        for _, text in self._rows:
            text.setWordWrap(True)

    def place(self) -> None:
        """Come to the middle of the parent, laid out for its size."""
        self._whole = self._lay_out_rows(1) or self._lay_out_rows(2)
        super().place()

    def _lay_out_rows(self, beside: int) -> bool:
        """Lay the keys out in so many columns; tell if all of them have room without scrolling."""
        high = -(-len(self._rows) // beside)
        for place, (key, text) in enumerate(self._rows):
            self._grid.addWidget(key, place % high, 2 * (place // high))
            self._grid.addWidget(text, place % high, 2 * (place // high) + 1)
            text.setMinimumWidth(min(_TEXT_WIDTH, (self._over.width() - 40 * SPACE) // beside))
        self._grid.setVerticalSpacing(SPACE if beside == 1 else 2)
        most = self._over.height() - _AROUND
        wide = min(self._inner.sizeHint().width() + SPACE, self._over.width() - 12 * SPACE)
        needs = self._grid.heightForWidth(wide - SPACE)
        self._scroll.setFixedSize(wide, min(needs, most))
        return needs <= most

    def lie_over(self, first: QWidget | None = None) -> None:
        """Show it, over all else, from its beginning."""
        super().lie_over(first)
        self._scroll.verticalScrollBar().setValue(0)
        (self._close if self._whole else self._scroll).setFocus()

    def _ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        for name, text, key, tooltip in (
            ("help", words.tr("I need a person"), "H", words.tr("People who answer at once, by country; how to stop")),
            ("settings", words.tr("Settings"), ",", words.tr("Sound, motion, theme, language, people, privacy")),
        ):
            row.addWidget(quiet_button(text, key, tooltip, partial(self._go, name)))
        row.addWidget(self._close)
        return row

    def _go(self, name: str) -> None:
        self.hide()
        self.page_wanted.emit(name)


class NotesCard(Card):
    """All that biosync has said beside the session, the last first."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setMinimumWidth(64 * SPACE)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * SPACE, 3 * SPACE, 4 * SPACE, 3 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(label(words.tr("Notes"), "name"))
        column.addWidget(self._text)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(_close_button(self))
        column.addLayout(row)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def show_notes(self, said: Sequence[str]) -> None:
        """Show what was ``said``, or that nothing was."""
        newest = list(reversed(said))[:_MOST_NOTES]
        self._text.setText("\n\n".join(newest) or words.tr("Nothing to say so far."))
        self.setAccessibleName(self._text.text())
        self.lie_over()


class Notice(Card):
    """One sentence about what went wrong and what to do, until it is closed."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._text = label(role="body")
        self._text.setWordWrap(True)
        self._text.setMinimumWidth(50 * SPACE)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        close = QPushButton(words.tr("Close  Esc"))
        close.clicked.connect(self.close_it)
        close.setAccessibleName(words.tr("Close"))
        close.setToolTip(words.tr("Close this message (Esc)"))
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * SPACE, 3 * SPACE, 4 * SPACE, 3 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(self._text)
        column.addLayout(row)

    @property
    def text(self) -> str:
        """The sentence."""
        return self._text.text()

    def show_sentence(self, text: str) -> None:
        """Show ``text`` in the middle of the window."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.lie_over()


def _close_button(card: Card) -> QPushButton:
    return quiet_button(words.tr("Close"), "Esc", words.tr("Put this sheet away"), card.close_it)
