"""The straps that are known, each with who wears it, and a way to forget it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.theme import SPACE
from biosync.gui.widgets.labels import label
from biosync.store.ledger.kinds import Strap


class KnownStraps(QWidget):
    """``forgotten`` carries the strap that is to be forgotten."""

    forgotten = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE)

    @property
    def buttons(self) -> list[QPushButton]:
        """What forgets a strap, one a row."""
        return [button for row in self._rows for button in row.findChildren(QPushButton)]

    def show_straps(self, straps: Sequence[Strap]) -> None:
        """List these."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.setParent(None)
            row.deleteLater()
        self._rows = [self._row(strap) for strap in straps]
        for row in self._rows:
            self._column.addWidget(row)

    def _row(self, strap: Strap) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        who = label(words.tr("{strap}, worn by {name}").format(strap=strap.name, name=strap.person))
        who.setTextFormat(Qt.TextFormat.PlainText)
        which = label(strap.serial or strap.address, "quiet")
        which.setTextFormat(Qt.TextFormat.PlainText)
        forget = QPushButton(words.tr("Forget"))
        forget.setProperty("role", "quiet")
        forget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        forget.setAutoDefault(True)
        forget.setAccessibleName(words.tr("Forget {strap} of {name}").format(strap=strap.name, name=strap.person))
        tooltip = words.tr("Before this strap is used again, its wearer is asked. Sessions stay. ({key})")
        forget.setToolTip(tooltip.format(key=words.tr("Space")))
        forget.clicked.connect(partial(self._forget, strap))
        row.addWidget(who)
        row.addWidget(which)
        row.addStretch(1)
        row.addWidget(forget)
        return made

    def _forget(self, strap: Strap, _: bool = False) -> None:
        self.forgotten.emit(strap)
