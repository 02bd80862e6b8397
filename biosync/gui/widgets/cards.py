"""What lies over a view for a moment: the list of keys, and one sentence about a problem."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.theme import SPACE, Look, Tokens
from biosync.gui.widgets.labels import label, quiet_button
from biosync.gui.widgets.veil import Veil

_MOST_NOTES = 8
_ROW_HEIGHT = 3 * SPACE
_AROUND = 13 * SPACE
"""What stands over and under the list of keys, with the window's edge."""
_TEXT_WIDTH = 44 * SPACE


class Card(QFrame):
    """A raised sheet over its parent, as large as its words."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._over = parent
        self._veil = Veil(look, parent)
        self.setObjectName("card")
        self._paint()
        look.changed.connect(self._paint)
        self.hide()

    def place(self) -> None:
        """Come to the middle of the parent."""
        parent = self._over
        self.setMaximumWidth(parent.width() - 4 * SPACE)
        self.adjustSize()
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():  # words that wrap may need more lines than one guesses
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))
        self.move((parent.width() - self.width()) // 2, (parent.height() - self.height()) // 2)

    def lie_over(self) -> None:
        """Show it, over all else."""
        self.place()
        self._veil.cover()
        self.show()
        self.raise_()

    def hideEvent(self, event: QHideEvent) -> None:
        """Lift the veil."""
        super().hideEvent(event)
        if self.isHidden():  # and not only out of sight with its window
            self._veil.hide()

    def close_it(self) -> None:
        """Go away."""
        self.hide()

    def _paint(self) -> None:
        tokens: Tokens = self._look.tokens
        self.setStyleSheet(
            f"#card {{ background: {tokens.raised}; border: 1px solid {tokens.hairline}; border-radius: 12px; }}"
        )


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
        self._inner, self._scroll = QWidget(), QScrollArea()
        self._grid = QGridLayout(self._inner)
        self._grid.setContentsMargins(0, 0, SPACE, 0)
        self._grid.setHorizontalSpacing(2 * SPACE)
        self._scroll.setWidget(self._inner)
        self._scroll.setWidgetResizable(True)
        for ground in (self._scroll.viewport(), self._inner):
            ground.setAutoFillBackground(False)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self._scroll)
        column.addLayout(self._ways())
        self._rows = [(label(key, "quiet"), QLabel(text)) for key, text in keys]
        for _, text in self._rows:
            text.setWordWrap(True)

    def place(self) -> None:
        """Come to the middle of the parent, laid out for its size."""
        beside = 1 if len(self._rows) * _ROW_HEIGHT < self._over.height() - _AROUND else 2
        high = -(-len(self._rows) // beside)
        for place, (key, text) in enumerate(self._rows):
            self._grid.addWidget(key, place % high, 2 * (place // high))
            self._grid.addWidget(text, place % high, 2 * (place // high) + 1)
            text.setMinimumWidth(min(_TEXT_WIDTH, (self._over.width() - 40 * SPACE) // beside))
        self._grid.setVerticalSpacing(SPACE if beside == 1 else 2)
        most = self._over.height() - _AROUND
        wide = min(self._inner.sizeHint().width() + SPACE, self._over.width() - 12 * SPACE)
        self._scroll.setFixedSize(wide, min(self._grid.heightForWidth(wide - SPACE), most))
        super().place()

    def _ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        for name, text, key, tooltip in (
            ("help", words.tr("I need a person"), "H", words.tr("People who answer at once, by country; how to stop")),
            ("settings", words.tr("Settings"), ",", words.tr("Sound, motion, theme, language, people, privacy")),
        ):
            row.addWidget(quiet_button(text, key, tooltip, partial(self._go, name)))
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
        column.addWidget(label(words.tr("N or Esc puts them away"), "quiet"))

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

    closed = Signal()

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

    def close_it(self) -> None:
        """Go away."""
        self.hide()
        self.closed.emit()
