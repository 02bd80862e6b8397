"""What was noted about one person in a session that is over: to be read, and to be written anew in its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.theme import SPACE
from biosync.gui.widgets.labels import label
from biosync.gui.widgets.note_field import MOST_LETTERS
from devices.straps import in_a_line, isolated, visible

_ELSEWHERE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""The focus that goes so comes back: another window, a menu."""


class NoteEdit(QWidget):
    """``written`` carries what the note is about, and its text, where that is news; ``left`` tells that the field was
    closed by key, so that the focus is free."""

    written = Signal(object, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._about: object = None
        self._stored = self._wanted = ""
        self._editing = False
        self._text, self._field = label(role="quiet"), _Field()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._hint = label(words.tr("Ctrl Enter keeps it, Esc leaves the note as it was"), "quiet")
        self._field.done.connect(self._keep_by_key)
        self._field.elsewhere.connect(self.finish)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        for widget in (self._text, self._field, self._hint):
            column.addWidget(widget)
        self._show()

    @property
    def text(self) -> str:
        """The note as it is told, empty while there is none."""
        return self._text.text()

    def show_note(self, about: object, person: str, text: str) -> None:
        """Show ``text``, the note about ``person``; what was being written about another one is kept."""
        self.finish()
        self._about, self._stored, self._wanted = about, text, text
        self._field.name(words.tr("Note about {name}").format(name=in_a_line(person)))
        self._show()

    def edit(self) -> None:
        """Let the note be written in its place."""
        self._write(self._wanted)

    def drop(self) -> bool:
        """Leave the note as it was; tell if it was being written."""
        if not self._editing:
            return False
        self._close()
        self.left.emit()
        return True

    def finish(self) -> None:
        """Hand on what was written, if it is news, and show it."""
        if not self._editing:
            return
        text = self._field.toPlainText().strip()[:MOST_LETTERS]
        news = text != self._wanted
        self._wanted = text
        self._close()
        if news:
            self.written.emit(self._about, text)

    def stored(self, about: object, text: str) -> None:
        """Take note that ``text`` is kept."""
        if about is self._about:
            self._stored = text

    def refused(self, about: object, text: str) -> None:
        """Let ``text``, which could not be kept, be written on."""
        if about is self._about:
            self._wanted = self._stored
            self._write(text)

    def _write(self, text: str) -> None:
        self._editing = True
        self._field.setPlainText(text)
        self._field.moveCursor(QTextCursor.MoveOperation.End)
        self._show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _keep_by_key(self) -> None:
        self.finish()
        self.left.emit()

    def _close(self) -> None:
        self._editing = False
        self._show()

    def _show(self) -> None:
        lines = "\n".join(isolated(visible(line)) for line in self._wanted.splitlines())
        told = words.tr("Note: {text}").format(text=lines) if lines else ""
        self._text.setText(told)
        self._text.setVisible(bool(told) and not self._editing)
        for widget in (self._field, self._hint):
            widget.setVisible(self._editing)
        self.setVisible(bool(told) or self._editing)


class _Field(QPlainTextEdit):
    """``done`` tells that it was kept by key, ``elsewhere`` that the focus went to something else in the window."""

    done = Signal()
    elsewhere = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(11 * SPACE)

    def name(self, name: str) -> None:
        """Be called so."""
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.setToolTip(words.tr("Kept with this session; exported with this person's data only (W)"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Write; nothing that is typed here is a key of the page but Esc, which takes it back."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.done.emit()
        else:
            super().keyPressEvent(event)
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that one went elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in _ELSEWHERE:
            self.elsewhere.emit()
