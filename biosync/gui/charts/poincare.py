"""Poincaré plot: each interval against the one before it, with the ellipse of SD1 and SD2."""

from __future__ import annotations

import numpy as np

from biosync.charts.charts import OF_THE_BEATS, Cloud
from biosync.gui import words
from biosync.gui.charts.plot import Marked, Plot
from biosync.gui.charts.ranges import Range, marks, settled
from biosync.gui.charts.shown import Shown
from biosync.gui.theme import Look
from biosync.gui.widgets.shapes import mix
from biosync.types import FloatArray

_LEAST_MS = 200.0


class PoincarePlot(Plot):
    """Both axes in ms, on one scale."""

    def __init__(self, look: Look, *, zoomable: bool = False) -> None:
        super().__init__(
            look, words.tr("beat after beat, ms"),
            words.tr("Poincaré plot. SD1, the cloud's width, is the change from beat to beat (RMSSD by another name); "
                     "SD2, its length, is the slower change."),
            stacked=True,
        )
        self._range: Range | None = None
        self._shown: Shown | None = None
        self._dots, self._ellipse, self._axes = self.dots(), self.curve(), self.curve()
        self.dress()

    def show_data(self, shown: Shown) -> None:
        """Draw the cloud of ``shown``."""
        self._shown, found = shown, shown.charts.cloud
        self.show_message(shown.why_empty(*OF_THE_BEATS, empty=found is None))
        if found is None:
            for item in (self._dots, self._ellipse, self._axes):
                item.setData([], [])
            self.say("")
            return
        both = np.concatenate([found.before_ms, found.after_ms])
        self._range = settled(self._range, float(both.min()), float(both.max()), _LEAST_MS, 3)
        low, high = self._range
        self.set_square(low, high, [Marked(one, words.number(one)) for one in marks(low, high, 3)])
        self._dots.setData(found.before_ms, found.after_ms)
        self._ellipse.setData(*ellipse(found))
        self._axes.setData(*half_axes(found), connect="pairs")
        self.say(_figures(found), live=shown.live)
        self._color()

    def dress(self) -> None:
        """Take the colours of the theme."""
        super().dress()
        self._color()

    def _color(self) -> None:
        if self._shown is None:
            return
        own = self._shown.line(self.look)
        self._dots.setSize(4)
        self._dots.setPen(None)
        self._dots.setBrush(mix(self.look.color("surface"), own, 0.7))
        strong = self.look.color("text" if self._shown.live else "lost")
        self._ellipse.setPen(self.pen(strong, 1.2))
        self._axes.setPen(self.pen(strong, 1.2))


def ellipse(cloud: Cloud) -> tuple[FloatArray, FloatArray]:
    """Return the points (k,), (k,) of the ellipse around the mean with the half axes SD2 (along x = y) and SD1."""
    if cloud.sd1_ms is None or cloud.sd2_ms is None:
        return np.empty(0), np.empty(0)
    turn = np.linspace(0, 2 * np.pi, 73)
    along, across = cloud.sd2_ms * np.cos(turn), cloud.sd1_ms * np.sin(turn)
    return cloud.mean_ms + (along - across) / np.sqrt(2), cloud.mean_ms + (along + across) / np.sqrt(2)


def half_axes(cloud: Cloud) -> tuple[FloatArray, FloatArray]:
    """Return the two half axes of the ellipse as pairs of points (4,), (4,)."""
    if cloud.sd1_ms is None or cloud.sd2_ms is None:
        return np.empty(0), np.empty(0)
    along, across, middle = cloud.sd2_ms / np.sqrt(2), cloud.sd1_ms / np.sqrt(2), cloud.mean_ms
    return np.array([middle, middle + along, middle, middle - across]), np.array(
        [middle, middle + along, middle, middle + across])


def _figures(found: Cloud) -> str:
    parts = []
    if found.sd1_ms is not None:
        parts.append(words.tr("SD1 {value} ms").format(value=words.number(found.sd1_ms)))
    if found.sd2_ms is not None:
        parts.append(words.tr("SD2 {value} ms").format(value=words.number(found.sd2_ms)))
    return " · ".join(parts)
