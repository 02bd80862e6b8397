"""The plots of one person's session: every beat with its gaps, the spectrum, the coherence, and the times in step."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from biosync.charts.charts import Charts, Course, Spectrum
from biosync.events import LABELS, Marker
from biosync.gui import words
from biosync.gui.charts.ranges import marks as ticks
from biosync.gui.charts.ranges import time_marks
from biosync.gui.plots.axes import FOOT_ROOM, TICK_ROOM, Axes, Scale, around, draw_grid, inner
from biosync.gui.theme import Tokens, font
from biosync.metrics.spectrum import HF, LF
from biosync.snapshot import Episode
from biosync.types import BoolArray, FloatArray

LEAST_RR_MS = 200.0
_MOST_TIMES = 8
SHOWN_TO_HZ = 0.45
_NORMAL = LABELS.index("normal")


def draw_tachogram(p: QPainter, rect: QRectF, charts: Charts, tokens: Tokens, color: QColor, size: float, *,
                   rr_range: tuple[float, float] | None = None, end_t: float | None = None) -> None:
    """Draw every interval (ms) over the session (min): gaps left open, odd beats marked, markers as lines."""
    beats = charts.beats
    axes = Axes(inner(rect), (charts.begin_t, end_t or charts.end_t or 1.0), rr_range or rr_range_of(charts))
    marks = ticks(*axes.y)
    draw_grid(p, axes, tokens, minutes(*axes.x), Scale(marks, [words.number(one) for one in marks],
                                                       words.tr("RR interval, ms")), size)
    _draw_markers(p, axes, charts.markers, tokens, size)
    if not len(beats):
        _say(p, axes, words.tr("no beats to show"), tokens, size)
        return
    p.save()
    p.setClipRect(axes.rect.adjusted(-2, -2, 2, 2))
    for first, end in _runs(beats.gap):
        p.setPen(QPen(color, 0.9))
        p.drawPolyline(axes.polygon(beats.t_s[first:end], beats.rr_ms[first:end]))
    odd = np.flatnonzero(beats.label != _NORMAL)
    p.setPen(QPen(QColor(tokens.warn), 1.0))
    p.setBrush(QColor(tokens.surface))
    for k in odd:
        y = min(max(float(beats.rr_ms[k]), axes.y[0]), axes.y[1])
        p.drawEllipse(axes.at(float(beats.t_s[k]), y), 2.0, 2.0)
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.restore()


def rr_range_of(*several: Charts) -> tuple[float, float]:
    """Return the range (ms) that holds every normal interval of all these charts, with a little room. Odd ones are
    marked at its edge: one of them is not to flatten all others."""
    rr_ms = np.concatenate([one.beats.rr_ms for one in several])
    normal = np.concatenate([one.beats.label for one in several]) == _NORMAL
    return around(rr_ms[normal] if normal.any() else rr_ms, LEAST_RR_MS, 0.0)


def draw_spectrum(p: QPainter, rect: QRectF, spectrum: Spectrum | None, tokens: Tokens, color: QColor, size: float,
                  why: str = "") -> None:
    """Draw the power of the rhythm over its frequency, the bands named, the peak of the coherence shaded."""
    area = inner(rect)
    if spectrum is None:
        draw_grid(p, Axes(area, (0.0, SHOWN_TO_HZ), (0.0, 1.0)), tokens, _hertz(), Scale((), ()), size)
        _say(p, Axes(area, (0.0, 1.0), (0.0, 1.0)), why or words.tr("can't tell"), tokens, size)
        return
    shown = (spectrum.f_hz >= spectrum.known_from_hz) & (spectrum.f_hz <= SHOWN_TO_HZ)
    f, power = spectrum.f_hz[shown], spectrum.ms2_hz[shown]
    axes = Axes(area, (0.0, SHOWN_TO_HZ), (0.0, max(float(power.max()) * 1.12, 1.0)))
    if spectrum.peak_hz is not None:
        low, high = spectrum.peak_hz
        shade = QColor(color)
        shade.setAlphaF(0.16)
        p.fillRect(QRectF(QPointF(axes.along(low), area.top()), QPointF(axes.along(high), area.bottom())), shade)
    marks = ticks(*axes.y, 3)
    draw_grid(p, axes, tokens, _hertz(), Scale(marks, [_short(one) for one in marks], words.tr("ms²/Hz")), size)
    _draw_bands(p, axes, tokens)
    p.setPen(QPen(color, 1.1))
    p.drawPolyline(axes.polygon(f, power))


def draw_coherence(p: QPainter, rect: QRectF, course: Course, end_t: float, tokens: Tokens, color: QColor, size: float,
                   why: str = "") -> None:
    """Draw the coherence score (0 to 100) over the session; where it was not known the line is open."""
    axes = Axes(inner(rect), (0.0, end_t or 1.0), (0.0, 100.0))
    marks = (0.0, 50.0, 100.0)
    scores = Scale(marks, ("0", "50", "100"), words.tr("coherence, 0 to 100"))
    draw_grid(p, axes, tokens, minutes(*axes.x), scores, size)
    if not np.isfinite(course.value).any():
        _say(p, axes, why or words.tr("can't tell"), tokens, size)
        return
    draw_open_line(p, axes, course.t_s, course.value, QPen(color, 1.1))


def draw_open_line(p: QPainter, axes: Axes, x: FloatArray, y: FloatArray, pen: QPen) -> None:
    """Draw a line through what is known, open where it is not; a value alone is a dot."""
    p.setPen(pen)
    known = np.isfinite(y)
    for first, end in _runs(np.diff(known.astype(int), prepend=0) != 0):
        if known[first] and end - first > 1:
            p.drawPolyline(axes.polygon(x[first:end], y[first:end]))
        elif known[first]:
            p.drawEllipse(axes.at(float(x[first]), float(y[first])), 1.0, 1.0)


def draw_in_step(
    p: QPainter, rect: QRectF, episodes: Sequence[Episode], end_t: float, tokens: Tokens, size: float, *,
    times: bool = True,
) -> None:
    """Draw the times in step as pieces of one band over the session, with the ``times`` under it or not."""
    area = rect.adjusted(TICK_ROOM, 0, -4.0, -FOOT_ROOM)
    axes = Axes(area, (0.0, end_t or 1.0), (0.0, 1.0))
    p.fillRect(area, QColor(tokens.wave))
    for one in episodes:
        left, right = axes.along(one.begin_t), axes.along(one.end_t if one.end_t is not None else end_t)
        box = QRectF(QPointF(left, area.top()), QPointF(max(right, left + 1), area.bottom()))
        p.fillRect(box, QColor(tokens.accent))
    if times:
        draw_grid(p, axes, tokens, minutes(0.0, end_t or 1.0), Scale((), ()), size)


def say_private(p: QPainter, rect: QRectF, tokens: Tokens, size: float) -> None:
    """Say that this is kept private, in place of a plot."""
    _say(p, Axes(inner(rect), (0.0, 1.0), (0.0, 1.0)), words.tr("private"), tokens, size)


def minutes(begin_s: float, end_s: float) -> Scale:
    """Return the labels of a time axis, m:ss."""
    marks = time_marks(begin_s, end_s, _MOST_TIMES)
    return Scale(marks, [words.duration(one) for one in marks], words.tr("min:s"))


def _draw_markers(p: QPainter, axes: Axes, markers: Sequence[Marker], tokens: Tokens, size: float) -> None:
    p.setFont(font(size, tabular=False))
    for number, marker in enumerate(markers, start=1):
        x = axes.along(marker.when)
        p.setPen(QPen(QColor(tokens.quiet), 0.8, Qt.PenStyle.DashLine))
        p.drawLine(QPointF(x, axes.rect.top() - 2), QPointF(x, axes.rect.bottom()))
        p.setPen(QColor(tokens.quiet))
        p.drawText(QRectF(x - 12, axes.rect.top() - 16, 24, 14), Qt.AlignmentFlag.AlignCenter, str(number))


def _draw_bands(p: QPainter, axes: Axes, tokens: Tokens) -> None:
    for name, (low, high) in (("LF", LF), ("HF", HF)):
        p.setPen(QPen(QColor(tokens.hairline), 0.6))
        edge = axes.along(low)
        p.drawLine(QLineF(edge, axes.rect.top(), edge, axes.rect.bottom()))
        p.setPen(QColor(tokens.quiet))
        box = QRectF(edge + 4, axes.rect.top() - 2, axes.along(high) - edge - 4, 12)
        p.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)


def _hertz() -> Scale:
    marks = [0.0, 0.1, 0.2, 0.3, 0.4]
    return Scale(marks, [words.number(one, 1) for one in marks], "Hz")


def _short(value: float) -> str:
    return words.tr("{n}k").format(n=words.number(value / 1000)) if value >= 10_000 else words.number(value)


def _runs(breaks: BoolArray) -> list[tuple[int, int]]:
    """Return [first, end) of each unbroken run; ``breaks`` (n,) is True where one begins."""
    begins = np.flatnonzero(breaks)
    edges = sorted({0, len(breaks)}.union(int(one) for one in begins))
    return list(pairwise(edges))


def _say(p: QPainter, axes: Axes, text: str, tokens: Tokens, size: float) -> None:
    p.setFont(font(size, tabular=False))
    p.setPen(QColor(tokens.quiet))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    p.drawText(axes.rect.adjusted(8, 0, -8, 0), int(flags), text)
