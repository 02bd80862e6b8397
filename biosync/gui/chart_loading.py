"""Loads what charts are drawn with, in the background, when the first chart is opened."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from biosync.gui.bridge import Errand
from biosync.gui.theme import Look

if TYPE_CHECKING:
    from biosync.gui.charts.panel import ChartPanel

_PANEL = "biosync.gui.charts.panel"


class ChartLoader(QObject):
    """``ready`` tells that panels can be made."""

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._errand: Errand | None = None
        self._loaded = False

    @property
    def loaded(self) -> bool:
        """True once panels can be made at once."""
        return self._loaded

    def load(self) -> None:
        """Load it, unless that was done or is under way."""
        if self._loaded or self._errand is not None:
            return
        self._errand = Errand(_load, self)
        self._errand.answered.connect(self._done)
        self._errand.start()

    def make(self, look: Look, *, zoomable: bool = False) -> ChartPanel:
        """Return a new panel; only once it is loaded."""
        from biosync.gui.charts.panel import ChartPanel

        return ChartPanel(look, zoomable=zoomable)

    def close(self) -> None:
        """Load no more: the window closes."""
        if self._errand is not None:
            self._errand.close()

    def _done(self, _: object) -> None:
        self._loaded = True
        self.ready.emit()


async def _load() -> object:
    return importlib.import_module(_PANEL)
