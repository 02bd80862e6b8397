"""Coherence over the session."""

from __future__ import annotations

import numpy as np

from biosync.gui import words
from biosync.gui.charts.plot import Marked
from biosync.gui.charts.shown import Shown
from biosync.gui.charts.time_plot import TimePlot
from biosync.gui.no_coherence import why_no_coherence
from biosync.gui.theme import Look
from biosync.types import BoolArray

_MARKS = (Marked(0.0, "0"), Marked(50.0, "50"), Marked(100.0, "100"))


class CoherencePlot(TimePlot):
    """The score, 0 to 100, with the session's markers; open where it was not known."""

    def __init__(self, look: Look, *, zoomable: bool = False) -> None:
        super().__init__(
            look, words.tr("coherence, 0 to 100"),
            words.tr("How much of the heart's rhythm of the last 64 s is one even wave. Steady slow breathing makes it "
                     "high; it says nothing about how somebody feels, and nothing by comparison with others."),
            zoomable=zoomable,
        )
        self._shown: Shown | None = None
        self._line = self.curve()
        self.set_y(0.0, 100.0, _MARKS)
        self.dress()

    def show_data(self, shown: Shown) -> None:
        """Draw the course of ``shown``."""
        self._shown, course = shown, shown.charts.coherence
        known = np.isfinite(course.value)
        self.show_session(shown.charts.end_t, running=shown.running)
        empty = not known.any()
        private = shown.why_empty("coherence", empty=False)
        self.show_message(private or (_why_empty(shown) if empty else ""))
        self._line.setData(course.t_s, np.nan_to_num(course.value), connect=joins_known(known))
        self.overlay.show_markers(shown.charts.markers)
        now = float(course.value[-1]) if len(course.value) and known[-1] else None
        middle = float(np.median(course.value[known])) if not empty else None
        self.say(_figures(now if shown.running else None, middle), live=shown.live or not shown.running)
        self._color()

    def dress(self) -> None:
        """Take the colours of the theme."""
        super().dress()
        self._color()

    def _color(self) -> None:
        if self._shown is not None:
            self._line.setPen(self.pen(self._shown.line(self.look)))


def joins_known(known: BoolArray) -> BoolArray:
    """Return (n,) True where a line goes on to the next value: both are known."""
    out = np.zeros(len(known), dtype=np.bool_)
    out[:-1] = known[:-1] & known[1:]
    return out


def _figures(now: float | None, middle: float | None) -> str:
    parts = []
    if now is not None:
        parts.append(words.tr("now {now}").format(now=words.number(now)))
    if middle is not None:
        parts.append(words.tr("median {middle}").format(middle=words.number(middle)))
    return " · ".join(parts)


def _why_empty(shown: Shown) -> str:
    waits = words.tr("64 s of beats without a gap are needed")
    return waits if shown.running else why_no_coherence(shown.charts)
