"""Curves over time: where each beat lies on the screen, and which beats a line may join."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import cast

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from biosync.events import LABELS
from biosync.gui.theme import LINE
from biosync.gui.widgets.shapes import draw_shape
from biosync.snapshot import PersonView
from biosync.types import BoolArray, FloatArray

NORMAL = LABELS.index("normal")
_LONGEST_JOIN_S = 3.0
_STEP_BPM = 5.0
_SMALLEST_SPAN_BPM = 20.0
_MARGIN_BPM = 1.0
_SLACK = 1.6
_MEAN_S = 10.0
"""So long is averaged where HRV is kept private: as long as for the figure of the heart rate."""
_SLIDE_PX = 0.5
_ODD_PX, _ODD_RADIUS = 2, 3.0
"""How far below the top an artefact's mark is, and how large."""
_ROUND_PX = 4.0
"""So far round a line or a mark its smooth edge can be seen, at the most."""


@dataclass(frozen=True, slots=True)
class Axes:
    """A rectangle in device independent pixels that shows ``seconds`` until ``end_s`` and ``low`` to ``high``."""

    rect: QRectF
    end_s: float
    seconds: float
    low: float
    high: float

    def x(self, t: FloatArray) -> FloatArray:
        """Return where the times ``t`` (n,) in s lie, (n,)."""
        x: FloatArray = np.asarray(self.rect.right() - (self.end_s - t) / self.seconds * self.rect.width(), np.float64)
        return x

    def y(self, value: FloatArray) -> FloatArray:
        """Return where the values (n,) lie, (n,)."""
        share = (value - self.low) / (self.high - self.low)
        y: FloatArray = np.asarray(self.rect.bottom() - share * self.rect.height(), np.float64)
        return y


def settle_range(before: tuple[float, float] | None, values: FloatArray) -> tuple[float, float]:
    """Return the range to show ``values`` (n,) in bpm: whole fives, at least 20 apart; the range ``before`` stays
    while it holds them and is not far too wide, so that the curve does not swim."""
    if len(values) == 0:
        return before or (60.0, 80.0)
    least, most = float(values.min()) - _MARGIN_BPM, float(values.max()) + _MARGIN_BPM
    around = max(0.0, _SMALLEST_SPAN_BPM - (most - least)) / 2
    low = min(floor(least / _STEP_BPM), round((least - around) / _STEP_BPM)) * _STEP_BPM
    high = max(low + _SMALLEST_SPAN_BPM, ceil(most / _STEP_BPM) * _STEP_BPM)
    if before and before[0] <= low and high <= before[1] and before[1] - before[0] <= _SLACK * (high - low):
        return before
    return low, high


def joined(person: PersonView) -> BoolArray:
    """Return (n,) True where a line may join a beat to the one before: both as measured and nothing lost between."""
    normal = person.labels == NORMAL
    out = np.zeros(len(person.beat_t), dtype=bool)
    near = np.diff(person.beat_t) <= _LONGEST_JOIN_S
    out[1:] = normal[1:] & normal[:-1] & (person.gap[1:] == 0) & near
    return out


def shown_rates(person: PersonView) -> FloatArray:
    """Return the heart rate (n,) in bpm to draw at each beat: that of the beat itself.

    Where HRV is kept private it is the mean of the last 10 s, as the figure is, so that no line tells how beats differ;
    NaN where so long was not heard yet.
    """
    if "rmssd" not in person.hidden or not len(person.beat_t):
        return person.heart_rate
    normal = person.labels == NORMAL
    seconds = np.append(0.0, np.cumsum(np.where(normal, 60 / person.heart_rate, 0.0)))
    count = np.append(0, np.cumsum(normal))
    first = np.searchsorted(person.beat_t, person.beat_t - _MEAN_S, side="right")
    beats, lasted = count[1:] - count[first], seconds[1:] - seconds[first]
    whole = (person.beat_t - person.beat_t[0] >= _MEAN_S) & (lasted >= _MEAN_S / 2)
    return np.asarray(np.where(whole, 60 * beats / np.maximum(lasted, _MEAN_S / 2), np.nan), dtype=np.float64)


def normal_rates(person: PersonView, since: float) -> FloatArray:
    """Return the heart rates (bpm) that are drawn of the normal beats from ``since`` (s) on; none where they are kept
    private."""
    if "heart_rate" in person.hidden:
        return np.empty(0)
    shown = shown_rates(person)
    rates: FloatArray = shown[(person.labels == NORMAL) & (person.beat_t >= since) & np.isfinite(shown)]
    return rates


def numbers(values: FloatArray) -> list[float]:
    """Return ``values`` (n,) as plain numbers, which Qt takes faster than NumPy's."""
    return cast("list[float]", values.tolist())


def slid_to(now: float, seconds: float, width: float, share: float) -> float:
    """Return the time (s) at which a curve of ``seconds`` on ``width`` pixels ends at ``now``: it slides by half a
    pixel at a time, for less is not seen. With ``share`` (0 to 1) of a step, curves take turns."""
    step_s = _SLIDE_PX * seconds / max(1.0, width)
    return (floor(now / step_s - share) + share) * step_s


class HeartLines:
    """The lines of one person's heart: made where there are other beats, or another place for them, and slid along
    with the time in between. ``reach`` is the top and the bottom of all that slides."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = ()
        self._person: PersonView | None = None
        self.lines: list[QLineF] = []
        self.odd: list[float] = []
        self.last: tuple[float, QPointF] | None = None
        self.reach = (0.0, 0.0)
        self.end_s = 0.0

    def are_of(self, person: PersonView) -> bool:
        """Tell if they were made of ``person`` as they are now."""
        return self._person is person

    def make(self, person: PersonView, axes: Axes) -> float:
        """Be the lines of ``person`` in ``axes``; return how far they are to be slid, in device independent pixels."""
        place = (axes.rect.getRect(), axes.seconds, axes.low, axes.high)
        if self._person is not person or self._of != place:
            self._person, self._of, self.end_s = person, place, axes.end_s
            self._make(person, axes)
        return (self.end_s - axes.end_s) / axes.seconds * axes.rect.width()

    def _make(self, person: PersonView, axes: Axes) -> None:
        since = axes.end_s - axes.seconds
        rates = shown_rates(person)
        x, y = axes.x(person.beat_t), axes.y(rates)
        join, known = joined(person), np.isfinite(rates)
        join[1:] &= (person.beat_t[:-1] >= since) & known[1:] & known[:-1]
        self.lines = _segments(x, y, join)
        self.odd = numbers(x[(person.labels != NORMAL) & (person.beat_t >= since + 0.5)])
        last = np.flatnonzero((person.labels == NORMAL) & (person.beat_t >= since) & known)
        self.last = None
        if len(last):
            newest = int(last[-1])
            self.last = float(person.beat_t[newest]), QPointF(float(x[newest]), float(y[newest]))
        self.reach = self._reach(axes, y[join | np.append(join[1:], False)])

    def _reach(self, axes: Axes, y: FloatArray) -> tuple[float, float]:
        ends = [float(y.min()), float(y.max())] if len(y) else []
        ends += [axes.rect.top() + _ODD_PX] if self.odd else []
        ends += [self.last[1].y()] if self.last is not None else []
        return (min(ends) - _ROUND_PX, max(ends) + _ROUND_PX) if ends else (0.0, 0.0)


def draw_heart(
    painter: QPainter, axes: Axes, person: PersonView, color: QColor, artefact: QColor, lines: HeartLines | None = None
) -> QPointF | None:
    """Paint a person's heart rate: gaps stay open, artefacts are left out and marked by a diamond above.

    Returns where the newest normal beat is, None where there is none in sight, or where it is kept private. With
    ``lines`` that were made before, what has slid out on the left is for the painter to clip.
    """
    if "heart_rate" in person.hidden:
        return None
    lines = lines or HeartLines()
    slid = lines.make(person, axes)
    painter.translate(slid, 0)
    _draw(painter, lines.lines, color)
    for mark in lines.odd:
        draw_shape(painter, "diamond", QPointF(mark, axes.rect.top() + _ODD_PX), _ODD_RADIUS, artefact)
    painter.translate(-slid, 0)
    if lines.last is None or lines.last[0] < axes.end_s - axes.seconds:
        return None
    return lines.last[1] + QPointF(slid, 0)


def draw_series(painter: QPainter, axes: Axes, t: FloatArray, value: FloatArray, color: QColor) -> None:
    """Paint ``value`` (n,) over ``t`` (n,) in s; where a value is NaN the line is open."""
    keep = t >= axes.end_s - axes.seconds
    t, value = t[keep], value[keep]
    join = np.zeros(len(t), dtype=bool)
    known = np.isfinite(value)
    join[1:] = known[1:] & known[:-1]
    _draw(painter, _segments(axes.x(t), axes.y(np.nan_to_num(value)), join), color)


def _segments(x: FloatArray, y: FloatArray, join: BoolArray) -> list[QLineF]:
    """Return the lines to each of the points (n,) that is marked in ``join`` from the one before it."""
    index = np.flatnonzero(join)
    starts = zip(numbers(x[index - 1]), numbers(y[index - 1]), strict=True)
    ends = zip(numbers(x[index]), numbers(y[index]), strict=True)
    return [QLineF(x0, y0, x1, y1) for (x0, y0), (x1, y1) in zip(starts, ends, strict=True)]


def _draw(painter: QPainter, lines: list[QLineF], color: QColor) -> None:
    # Single lines keep to Qt's fast path; a polyline wider than a device pixel is stroked, at twice the cost.
    if lines:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color, LINE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLines(lines)
