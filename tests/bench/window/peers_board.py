"""The peers' way of a board: a pyqtgraph plot a person, in which every point is replaced at each beat."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QTimer

from tests.bench.window.clients import Clients


class PeersBoard:
    """Sixteen plots in one window; ranges follow the data, as they do where nobody says otherwise."""

    def __init__(self, session: Clients, width: int, height: int) -> None:
        self._session = session
        self._seen: dict[str, float | None] = {}
        self._window: Any = pg.GraphicsLayoutWidget()
        self._window.resize(width, height)
        self._lines = []
        for k in range(16):
            plot = self._window.addPlot(k // 4, k % 4)
            self._lines.append(plot.plot(pen=pg.mkPen("y", width=1.6), antialias=True))
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)

    def show(self) -> None:
        """Begin."""
        self._window.show()
        self._timer.start(33)

    def close(self) -> None:
        """End."""
        self._timer.stop()
        self._window.close()

    def _look(self) -> None:
        shown = self._session.latest
        for line, person in zip(self._lines, shown.people if shown is not None else (), strict=False):
            if self._seen.get(person.name) != person.last_beat_t:
                self._seen[person.name] = person.last_beat_t
                line.setData(person.beat_t - self._session.now(), person.heart_rate)
