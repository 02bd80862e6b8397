"""A quiet line under every view for what biosync has to say beside the session: each sentence stays to be read."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from biosync.gui import words
from biosync.gui.theme import SPACE
from biosync.gui.widgets.labels import label

_LEAST_S = 20.0
_A_WORD_S = 0.6
"""Slow reading: a hundred words a minute."""


def reading_s(text: str) -> float:
    """Return for how many seconds ``text`` stays."""
    return max(_LEAST_S, 10.0 + _A_WORD_S * len(text.split()))


class NoteLine(QFrame):
    """Shows one sentence after the other; ``wanted`` asks for the list of them all."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("note")
        self._waiting: deque[str] = deque()
        self._said: list[str] = []
        self._text = label(role="quiet")
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._all, self._close = _button(), _button()
        self._all.clicked.connect(lambda _: self.wanted.emit())
        self._close.clicked.connect(lambda _: self._next())
        self.word()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._next)
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * SPACE, SPACE // 2, 3 * SPACE, SPACE // 2)
        row.addWidget(self._text, 1)
        row.addWidget(self._all)
        row.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown, "" for none."""
        return "" if self.isHidden() else self._text.text()

    @property
    def said(self) -> list[str]:
        """All that was said so far."""
        return list(self._said)

    def say(self, sentence: str) -> None:
        """Show ``sentence`` as soon as the ones before have been read."""
        text = words.as_sentence(sentence)
        self._said.append(text)
        self._waiting.append(text)
        if self.isHidden():
            self._next()

    def word(self) -> None:
        """Name the controls in the user's language."""
        for button, text, tooltip in (
            (self._all, words.tr("Notes  N"), words.tr("Show all that was said (N)")),
            (self._close, "×", words.tr("Put this line away; N shows it again (Space)")),
        ):
            button.setText(text)
            button.setToolTip(tooltip)
            button.setAccessibleName(tooltip)

    def _next(self) -> None:
        if not self._waiting:
            self._timer.stop()
            self.hide()
            return
        text = self._waiting.popleft()
        self._text.setText(text)
        self.setAccessibleName(text)
        self._timer.start(round(reading_s(text) * 1000))
        self.show()


def _button() -> QPushButton:
    button = QPushButton()
    button.setProperty("role", "quiet")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
