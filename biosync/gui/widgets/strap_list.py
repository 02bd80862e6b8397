"""The straps in range, strongest first; one is used only after its wearer was named and said yes."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, Protocol

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.bridge import Errand
from biosync.gui.theme import SPACE, Look
from biosync.gui.widgets.labels import label, set_role

SCAN_S = 5.0
_AGAIN_MS = 1000
_LONGEST_NAME = 40


class FoundStrap(Protocol):
    """A strap that was heard. ``rssi_dbm`` is the strength of its signal, None where the system does not tell."""

    @property
    def name(self) -> str:
        """The strap's own name, or empty."""

    @property
    def address(self) -> str:
        """Its address, or on macOS its UUID."""

    @property
    def rssi_dbm(self) -> int | None:
        """The strength of its signal in dBm."""


Scan = Callable[[float], Coroutine[Any, Any, Sequence[FoundStrap]]]
"""Listens for so many seconds and returns the straps heard; raises with one sentence for the person."""


class StrapList(QWidget):
    """Lists straps, asks who wears the chosen one, and has the wearer say yes. ``chosen`` carries name and address."""

    chosen = Signal(str, str)
    back = Signal()

    def __init__(self, look: Look, scan: Scan) -> None:
        super().__init__()
        self._look = look
        self._scan = scan
        self._errand: Errand | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.look_around)
        self._said = label(role="quiet")
        self._list = QListWidget()
        self._name = QLineEdit()
        self._yes = QPushButton(words.tr("This is my strap, use it"))
        self._back = QPushButton(words.tr("Back  Esc"))
        self._set_up()
        self._lay_out()

    @property
    def said(self) -> str:
        """What is said in or over the list."""
        return self._said.text()

    @property
    def rows(self) -> list[str]:
        """The rows of the list."""
        return [self._list.item(row).text() for row in range(self._list.count())]

    def look_around(self) -> None:
        """Scan for straps; every few seconds anew until ``close_scan``."""
        if self._errand is not None and self._errand.alive:
            return
        if not self._list.count():
            self._say(words.tr("Looking for straps… Wear yours, and wet its electrodes."))
        if self._errand is not None:
            self._errand.deleteLater()
        self._errand = Errand(lambda: self._scan(SCAN_S), self)
        self._errand.answered.connect(self._show)
        self._errand.problem.connect(self._fail)
        self._errand.finished.connect(self._again.start)
        self._errand.start()

    def close_scan(self) -> None:
        """Stop scanning."""
        self._again.stop()
        if self._errand is not None:
            self._errand.close(0.4)
            self._errand.deleteLater()
            self._errand = None

    def pick(self, row: int) -> None:
        """Choose the strap in ``row`` and ask who wears it."""
        self._list.setCurrentRow(row)
        self._name.setFocus()

    def _show(self, answer: object) -> None:
        straps: Sequence[FoundStrap] = answer  # type: ignore[assignment]  # signals carry plain objects
        chosen = self._address()
        self._list.clear()
        for strap in sorted(straps, key=lambda strap: -(strap.rssi_dbm if strap.rssi_dbm is not None else -999)):
            item = QListWidgetItem(f"{strap.name or strap.address}   ·   {words.strap_strength(strap.rssi_dbm)}")
            item.setData(Qt.ItemDataRole.UserRole, strap.address)
            heard = "" if strap.rssi_dbm is None else f", {strap.rssi_dbm} dBm"
            item.setToolTip(f"{strap.address}{heard}")
            self._list.addItem(item)
            if strap.address == chosen:
                self._list.setCurrentItem(item)
        self._say(
            words.tr("Straps in range, strongest first. Choose yours.")
            if straps
            else words.tr("No strap heard yet. Wet its electrodes, wear it, and close other apps that may hold it.")
        )
        self._offer()

    def _fail(self, sentence: str) -> None:
        self._list.clear()
        self._say(sentence, "warn")
        self._offer()
        self._again.start()

    def _say(self, text: str, role: str = "quiet") -> None:
        self._said.setText(text)
        set_role(self._said, role)

    def _address(self) -> str:
        item = self._list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def _offer(self) -> None:
        for widget in (self._list, self._name, self._yes):
            widget.setVisible(self._list.count() > 0)
        self._yes.setEnabled(bool(self._address() and self._name.text().strip()))

    def _agree(self) -> None:
        address, name = self._address(), self._name.text().strip()
        if address and name:
            self.close_scan()
            self.chosen.emit(name, address)

    def _set_up(self) -> None:
        self._said.setWordWrap(True)
        self._list.setAccessibleName(words.tr("Straps in range"))
        self._list.currentRowChanged.connect(lambda _: self._offer())
        self._list.itemActivated.connect(lambda _: self._name.setFocus())
        self._name.setPlaceholderText(words.tr("Who wears it?"))
        self._name.setAccessibleName(words.tr("Who wears it?"))
        self._name.setToolTip(words.tr("The name under which this heart is shown"))
        self._name.setMaxLength(_LONGEST_NAME)
        self._name.textChanged.connect(lambda _: self._offer())
        self._name.returnPressed.connect(self._agree)
        self._yes.setProperty("role", "main")
        self._yes.setToolTip(words.tr("I wear this strap, and my heart rate may be shown here (Enter)"))
        self._yes.clicked.connect(lambda _: self._agree())
        self._offer()
        self._back.setToolTip(words.tr("Back to the welcome (Esc)"))
        self._back.clicked.connect(lambda _: self.back.emit())
        for button in (self._yes, self._back):
            button.setAutoDefault(True)
            button.setAccessibleName(button.text())

    def _lay_out(self) -> None:
        self.setFixedWidth(75 * SPACE)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._name, 1)
        row.addWidget(self._yes)
        foot = QHBoxLayout()
        foot.addWidget(self._back)
        foot.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * SPACE)
        column.addStretch(2)
        column.addWidget(label(words.tr("Connect a strap"), "title"))
        column.addWidget(self._said)
        column.addWidget(self._list)
        column.addLayout(row)
        column.addLayout(foot)
        column.addStretch(3)
