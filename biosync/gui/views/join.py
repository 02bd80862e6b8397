"""Join: the straps in range, for one more client, while the session goes on."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from biosync.gui.outside import Examine, Scan
from biosync.gui.theme import SPACE, Look
from biosync.gui.widgets.straps_page import MOST_WIDTH, StrapsPage


class JoinView(QWidget):
    """``straps_agreed`` carries those who join and have said yes (a tuple of Wearer), ``virtual_wanted`` asks for a
    virtual client, ``back`` for the session."""

    straps_agreed = Signal(object)
    virtual_wanted = Signal()
    back = Signal()

    def __init__(self, look: Look, scan: Scan, examine: Examine) -> None:
        super().__init__()
        self.setObjectName("page")
        self._straps = StrapsPage(look, scan, examine, joining=True)
        self._straps.setMaximumWidth(MOST_WIDTH)
        self._straps.begin.connect(lambda wearers, _: self.straps_agreed.emit(wearers))
        self._straps.virtual.connect(self.virtual_wanted)
        self._straps.back.connect(self.back)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 3 * SPACE)
        row.addStretch(1)
        row.addWidget(self._straps, 100)
        row.addStretch(1)

    @property
    def straps(self) -> StrapsPage:
        """The page on which a strap is chosen."""
        return self._straps

    def open(self, taken: Collection[str]) -> None:
        """Begin anew and look for straps; ``taken`` are the names of those who take part already."""
        self._straps.open(taken)
        self._straps.focus_first()

    def look_again(self) -> None:
        """Look for straps now."""
        self._straps.look_around()

    def leave(self) -> None:
        """Look for straps no more."""
        self._straps.leave()

    def close_work(self) -> None:
        """Look no more, and wait a moment for the radio: the window closes."""
        self._straps.close_scan()
