"""The calm card that asks for the ledger's passphrase."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.theme import SPACE, Look
from biosync.gui.widgets.card import Card
from biosync.gui.widgets.labels import label
from biosync.gui.widgets.line_field import LineField


class PassphraseCard(Card):
    """``given`` carries a passphrase; ``declined`` asks to go on without keeping; ``closed`` to do neither."""

    given = Signal(str)
    declined = Signal()
    closed = Signal()

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._text = label(role="body")
        self._field = LineField(words.tr("Passphrase"), words.tr("The ledger's passphrase; Enter opens it"))
        self._open = QPushButton(words.tr("Open  Enter"))
        self._without = QPushButton(words.tr("Go on without keeping"))
        self._back = QPushButton(words.tr("Back  Esc"))
        self._set_up()
        self._lay_out()

    @property
    def text(self) -> str:
        """What the card says."""
        return self._text.text()

    def ask(self, sentence: str = "") -> None:
        """Ask; ``sentence`` says why the last answer did not do."""
        self._text.setText(sentence or words.tr(
            "Your sessions are locked with a passphrase. With it, this one is kept, and your straps are known."))
        self.setAccessibleName(self._text.text())
        self._wait(False)
        self._field.clear()
        self.lie_over(self._field)

    def wait(self) -> None:
        """Say that the passphrase is being tried."""
        self._text.setText(words.tr("Opening…"))
        self._wait(True)

    def close_it(self) -> None:
        """Go away, with nothing answered."""
        self.hide()
        self._field.clear()
        self.closed.emit()

    def _wait(self, waiting: bool) -> None:
        for widget in (self._field, self._without, self._back):
            widget.setEnabled(not waiting)
        self._offer()

    def _offer(self) -> None:
        self._open.setEnabled(self._field.isEnabled() and bool(self._field.text()))

    def _give(self) -> None:
        if self._open.isEnabled():
            self.given.emit(self._field.text())

    def _set_up(self) -> None:
        self._text.setWordWrap(True)
        self._text.setMinimumWidth(56 * SPACE)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.textChanged.connect(lambda _: self._offer())
        self._field.returnPressed.connect(self._give)
        self._open.setProperty("role", "main")
        self._open.setToolTip(words.tr("Open the ledger (Enter)"))
        self._open.clicked.connect(lambda _: self._give())
        self._without.setToolTip(words.tr("Nothing of this run is kept, and no strap is known (Tab, then Space)"))
        self._without.clicked.connect(lambda _: self.declined.emit())
        self._back.setToolTip(words.tr("Back (Esc)"))
        self._back.clicked.connect(lambda _: self.close_it())
        for button in (self._open, self._without, self._back):
            button.setAccessibleName(button.text())
            button.setAutoDefault(True)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._back)
        row.addStretch()
        row.addWidget(self._without)
        row.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * SPACE, 3 * SPACE, 4 * SPACE, 3 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(self._text)
        column.addWidget(self._field)
        column.addLayout(row)
