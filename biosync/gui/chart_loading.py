"""Makes the charts when the first one is opened, one a turn, once what draws them is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from biosync.gui.chart_library import chart_library
from biosync.gui.theme import Look

if TYPE_CHECKING:
    from biosync.gui.charts.panel import ChartPanel

_BETWEEN_MS = 15


class ChartLoader(QObject):
    """``made`` carries the ChartPanel, once; ``failed`` one sentence where it can't be made."""

    made = Signal(object)
    failed = Signal(str)

    def __init__(self, look: Look, *, zoomable: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look, self._zoomable = look, zoomable
        self._asked = self._closed = False
        self._plots: dict[str, Any] = {}
        self._next = QTimer(self)
        self._next.setInterval(_BETWEEN_MS)
        self._next.timeout.connect(self._make_next)

    def load(self) -> None:
        """Make the panel, unless that was done or is under way."""
        if self._asked:
            return
        self._asked = True
        library = chart_library()
        if library.loaded:
            self._next.start()
            return
        library.ready.connect(self._start)
        library.failed.connect(self.failed)
        library.load()

    def close(self) -> None:
        """Make nothing more: the window closes."""
        self._closed = True
        self._next.stop()

    def _start(self) -> None:
        if not self._closed:
            self._next.start()

    def _make_next(self) -> None:
        from biosync.gui.charts.panel import PLOTS, ChartPanel, Plots

        waiting = [name for name in PLOTS if name not in self._plots]
        if waiting:
            self._plots[waiting[0]] = PLOTS[waiting[0]](self._look, zoomable=self._zoomable)
            return
        self._next.stop()
        panel: ChartPanel = ChartPanel(self._look, plots=Plots(**self._plots))
        self.made.emit(panel)
