"""Makes the charts when the first one is opened: what draws them is loaded in the background, one is made a turn."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from biosync.gui.bridge import Errand
from biosync.gui.theme import Look

if TYPE_CHECKING:
    from biosync.gui.charts.panel import ChartPanel

_PANEL = "biosync.gui.charts.panel"
_BETWEEN_MS = 15


class ChartLoader(QObject):
    """``made`` carries the ChartPanel, once; ``failed`` one sentence where it can't be made."""

    made = Signal(object)
    failed = Signal(str)

    def __init__(self, look: Look, *, zoomable: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look, self._zoomable = look, zoomable
        self._errand: Errand | None = None
        self._plots: dict[str, Any] = {}
        self._next = QTimer(self)
        self._next.setInterval(_BETWEEN_MS)
        self._next.timeout.connect(self._make_next)

    def load(self) -> None:
        """Make the panel, unless that was done or is under way."""
        if self._errand is None:
            self._errand = Errand(_load, self)
            self._errand.answered.connect(self._next.start)
            self._errand.problem.connect(self.failed)
            self._errand.start()

    def close(self) -> None:
        """Make nothing more: the window closes."""
        self._next.stop()
        if self._errand is not None:
            self._errand.close()

    def _make_next(self) -> None:
        from biosync.gui.charts.panel import PLOTS, ChartPanel, Plots

        waiting = [name for name in PLOTS if name not in self._plots]
        if waiting:
            self._plots[waiting[0]] = PLOTS[waiting[0]](self._look, zoomable=self._zoomable)
            return
        self._next.stop()
        panel: ChartPanel = ChartPanel(self._look, plots=Plots(**self._plots))
        self.made.emit(panel)


async def _load() -> object:
    return importlib.import_module(_PANEL)
