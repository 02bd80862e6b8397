"""Tachogram: every interval as it came, artefacts marked, gaps left open, what a correction made told apart."""

from __future__ import annotations

import numpy as np

from biosync.charts.charts import OF_THE_BEATS, Charts
from biosync.events import LABELS
from biosync.gui import words
from biosync.gui.charts.plot import Marked
from biosync.gui.charts.ranges import Range, marks, settled
from biosync.gui.charts.shown import Shown
from biosync.gui.charts.time_plot import TimePlot
from biosync.gui.theme import Look
from biosync.heart.intervals import Intervals
from biosync.types import BoolArray

_NORMAL = LABELS.index("normal")
_MANY = 1000
"""From so many intervals on the line is a thin one."""
_LEAST_MS = 200.0
_EDGE = 0.05
"""An artefact that lies beyond the range is marked so near to its edge (a share of it)."""


class Tachogram(TimePlot):
    """RR intervals in ms over the span of the charts."""

    def __init__(self, look: Look, *, zoomable: bool = False) -> None:
        super().__init__(
            look, words.tr("beat to beat (RR), ms"),
            words.tr("Tachogram: each interval between two heart beats. A diamond marks a beat that does not count "
                     "(early, missed or added); where beats were lost the line is open."),
            zoomable=zoomable,
        )
        self._range: Range | None = None
        self._shown: Shown | None = None
        self._line, self._made, self._odd = self.curve(), self.dots(), self.dots()
        self.dress()

    def show_data(self, shown: Shown) -> None:
        """Draw the beats of ``shown``."""
        self._shown = shown
        charts, beats = shown.charts, shown.charts.beats
        self.show_time(charts.begin_t, charts.end_t, sliding=shown.running)
        self.show_message(shown.why_empty(*OF_THE_BEATS, empty=not len(beats)))
        x = charts.intervals
        sound = x.rr_ms[x.normal]
        if len(sound):
            self._range = settled(self._range, float(sound.min()), float(sound.max()), _LEAST_MS)
        low, high = self._range or (600.0, 1000.0)
        self.set_y(low, high, [Marked(one, words.number(one)) for one in marks(low, high)])
        self._line.setData(x.t_s, x.rr_ms, connect=joins(x))
        odd, edge = beats.label != _NORMAL, _EDGE * (high - low)
        self._odd.setData(beats.t_s[odd], np.clip(beats.rr_ms[odd], low + edge, high - edge))
        self._made.setData(x.t_s[~x.normal], x.rr_ms[~x.normal])
        self.overlay.show_markers(charts.markers)
        self.say("" if charts.hidden & OF_THE_BEATS else _figures(charts), live=len(beats) > 0)
        self._color()

    def dress(self) -> None:
        """Take the colours of the theme."""
        super().dress()
        self._color()

    def _color(self) -> None:
        if self._shown is None:
            return
        # A long line that is wider than a pixel takes Qt half a second to paint, a thin one a few milliseconds.
        many = len(self._shown.charts.intervals) > _MANY
        self._line.setPen(self.pen(self._shown.line(self.look), 1.0) if many else self.pen(self._shown.line(self.look)))
        self._odd.setSymbol("d")
        self._odd.setSize(9)
        self._odd.setPen(None)
        self._odd.setBrush(self.look.color("warn"))
        self._made.setSize(4)
        self._made.setPen(self.pen(self.look.color("quiet"), 1.0))
        self._made.setBrush(None)


def joins(x: Intervals) -> BoolArray:
    """Return (n,) True where a line goes on from an interval to the next: both as measured, nothing lost between."""
    out = np.zeros(len(x), dtype=np.bool_)
    out[:-1] = x.normal[:-1] & x.normal[1:] & x.follows[1:]
    return out


def _figures(charts: Charts) -> str:
    beats = charts.beats
    odd, lost = int(np.count_nonzero(beats.label != _NORMAL)), int(np.count_nonzero(beats.gap[1:]))
    said = words.tr("1 beat") if len(beats) == 1 else words.tr("{beats} beats").format(beats=len(beats))
    if odd:
        said += " · " + words.tr("{odd} do not count").format(odd=odd)
    if lost:
        said += " · " + (words.tr("1 gap") if lost == 1 else words.tr("{lost} gaps").format(lost=lost))
    return said
