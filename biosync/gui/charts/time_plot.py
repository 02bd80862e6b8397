"""A chart over the session's time, with the markers on it."""

from __future__ import annotations

from biosync.gui import words
from biosync.gui.charts.plot import Marked, Plot
from biosync.gui.charts.ranges import session_end, sliding, time_marks

_WIDE_PX = 90
_EDGE = 0.05
"""A mark nearer to the right edge than this share would be cut off with its unit."""


class TimePlot(Plot):
    """x is seconds since the session's start."""

    _axes_stay = True

    def show_time(self, begin_t: float, end_t: float, *, sliding: bool) -> None:
        """Show the time from ``begin_t`` to ``end_t`` (s), moving on a step at a time while the session goes on."""
        self._show(*_slid(begin_t, end_t) if sliding else (begin_t, max(end_t, begin_t + 1.0)))

    def show_session(self, end_t: float, *, running: bool) -> None:
        """Show the whole session so far, with some room while it goes on."""
        self._show(0.0, session_end(end_t) if running else max(end_t, 1.0))

    def zoom_to(self, begin_t: float, end_t: float) -> None:
        """Show this part only."""
        self._box.setXRange(begin_t, end_t, padding=0)
        self.mark_time()

    def mark_time(self) -> None:
        """Mark what is seen at whole times, as many as there is room for."""
        low, high = self.x_range
        most = max(2, round(self.width() / _WIDE_PX))
        times = [t for t in time_marks(low, high, most) if t <= high - _EDGE * (high - low)]
        unit = words.tr("min:s") if high < 3600 else words.tr("h:min:s")
        texts = [words.duration(t) for t in times]
        if texts:
            texts[-1] = f"{texts[-1]} {unit}"
        self._mark(0, [Marked(t, text) for t, text in zip(times, texts, strict=True)])

    def _show(self, low: float, high: float) -> None:
        if self._limits == (low, high):
            self.mark_time()
            return  # a person may have zoomed into it
        self.limit(low, high)
        self._box.setXRange(low, high, padding=0)
        self.mark_time()

    def _changed(self) -> None:
        super()._changed()
        self.mark_time()


def _slid(begin_t: float, end_t: float) -> tuple[float, float]:
    return sliding(end_t, max(60.0, round((end_t - begin_t) / 60) * 60.0))
