"""All charts of one person on one page, drawn one after the other so that no frame waits for all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.charts.breath import BreathPlot
from biosync.gui.charts.coherence import CoherencePlot
from biosync.gui.charts.cue_phase import CuePhasePlot
from biosync.gui.charts.in_step import LANE_HEIGHT, InStepPlot
from biosync.gui.charts.plot import BOTTOM_HEIGHT, Plot
from biosync.gui.charts.poincare import PoincarePlot
from biosync.gui.charts.shown import Shown
from biosync.gui.charts.spectrum import SpectrumPlot
from biosync.gui.charts.tachogram import Tachogram
from biosync.gui.charts.time_plot import TimePlot
from biosync.gui.theme import SPACE, Look

_BETWEEN_MS = 12
"""Between two charts the window has time for a frame of its own."""
_ZOOM_RESTS_MS = 250


class Drawn(Protocol):
    """A chart of the page."""

    def show_data(self, shown: Shown) -> None:
        """Draw what is shown."""

    def dress(self) -> None:
        """Take the colours of the theme."""

    def setUpdatesEnabled(self, enabled: bool, /) -> None:
        """Paint again from now on, or not."""


@dataclass(frozen=True, slots=True)
class Plots:
    """All charts, each by itself."""

    tachogram: Tachogram
    spectrum: SpectrumPlot
    poincare: PoincarePlot
    cue_phase: CuePhasePlot
    coherence: CoherencePlot
    breath: BreathPlot
    in_step: InStepPlot


PLOTS: dict[str, Callable[..., Plot]] = {
    "tachogram": Tachogram, "spectrum": SpectrumPlot, "poincare": PoincarePlot, "cue_phase": CuePhasePlot,
    "coherence": CoherencePlot, "breath": BreathPlot, "in_step": InStepPlot,
}
"""What makes each of them: a window makes one a turn, since all at once would hold it up."""


class ChartPanel(QScrollArea):
    """``zoomed`` carries the span (from, to, s) that a person has zoomed the tachogram to; whoever has the whole of
    what was heard shows the charts of that span then. Only a ``zoomable`` panel can be. ``plots``, where they were made
    before, one a turn."""

    zoomed = Signal(float, float)

    def __init__(self, look: Look, *, zoomable: bool = False, plots: Plots | None = None) -> None:
        super().__init__()
        plots = plots or Plots(**{name: make(look, zoomable=zoomable) for name, make in PLOTS.items()})  # type: ignore[arg-type]
        self.tachogram, self.in_step = plots.tachogram, plots.in_step
        self.spectrum, self.poincare, self.cue_phase = plots.spectrum, plots.poincare, plots.cue_phase
        self.coherence, self.breath = plots.coherence, plots.breath
        self._order: tuple[Drawn, ...] = (
            self.tachogram, self.coherence, self.breath, self.in_step, self.cue_phase, self.spectrum, self.poincare)
        self._waiting: list[Drawn] = []
        self._undressed: list[Drawn] = []
        self._shown: Shown | None = None
        self._next, self._zoom_rests = QTimer(self), QTimer(self)
        self._next.setInterval(_BETWEEN_MS)
        self._next.timeout.connect(self._draw_next)
        self._zoom_rests.setSingleShot(True)
        self._zoom_rests.setInterval(_ZOOM_RESTS_MS)
        self._zoom_rests.timeout.connect(lambda: self.zoomed.emit(*self.tachogram.x_range))
        look.changed.connect(self._dress_anew)
        self.tachogram.moved.connect(lambda *_: self._zoom_rests.start())
        self._lay_out()

    @property
    def time_plots(self) -> tuple[TimePlot, ...]:
        """The charts over the session's time."""
        return (self.tachogram, self.coherence, self.breath, self.in_step)

    @property
    def shown(self) -> Shown | None:
        """What is shown, or about to be."""
        return self._shown

    @property
    def drawn(self) -> bool:
        """True once all of it is drawn."""
        return self._shown is not None and not self._waiting

    def show_charts(self, shown: Shown) -> None:
        """Show ``shown``, one chart after the other within a tenth of a second."""
        self._shown = shown
        self.in_step.setVisible(bool(shown.charts.in_step))
        self.in_step.setFixedHeight(BOTTOM_HEIGHT + 3 * SPACE + LANE_HEIGHT * max(1, len(shown.charts.in_step)))
        self._waiting = list(self._order)
        if not self._next.isActive():
            self._next.start()  # not now: where the panel has just come, it is being laid out in this turn

    def blank(self) -> None:
        """Paint no chart until it is drawn anew: all at once would take a tenth of a second."""
        for chart in self._order:
            chart.setUpdatesEnabled(False)

    def show_now(self, shown: Shown) -> None:
        """Show ``shown`` at once, for a picture or a report."""
        self.show_charts(shown)
        while self._waiting or self._undressed:
            self._draw_next()

    def _dress_anew(self) -> None:
        """Take the colours of another theme, chart by chart: to paint all of them at once would hold up the window."""
        self._undressed = list(self._order)
        for chart in self._undressed:
            chart.setUpdatesEnabled(False)
        self._next.start()

    def _draw_next(self) -> None:
        if self._undressed:
            chart = self._undressed.pop(0)
            chart.dress()
            chart.setUpdatesEnabled(True)
            return
        if not self._waiting or self._shown is None:
            self._next.stop()
            return
        chart = self._waiting.pop(0)
        chart.show_data(self._shown)
        chart.setUpdatesEnabled(True)

    def _lay_out(self) -> None:
        page = QWidget()
        page.setObjectName("page")
        middle, last = QHBoxLayout(), QHBoxLayout()
        for row, charts, height in (
            (middle, (self.cue_phase, self.spectrum, self.poincare), 24), (last, (self.coherence, self.breath), 18),
        ):
            row.setSpacing(2 * SPACE)
            for chart in charts:
                chart.setMinimumHeight(height * SPACE)
                row.addWidget(chart, 1)
        self.tachogram.setMinimumHeight(19 * SPACE)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, SPACE, SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(self.tachogram, 3)
        column.addLayout(middle, 4)
        column.addLayout(last, 3)
        column.addWidget(self.in_step)
        self.setAccessibleName(words.tr("Charts"))
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
