"""One chart: a title, a plot without a frame, axes with their units, and words painted over it where there is room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from biosync.gui.charts.overlay import Label, Overlay
from biosync.gui.charts.ranges import Range
from biosync.gui.theme import SMALL, SPACE, Look, font
from biosync.gui.widgets.labels import ElidedLabel

LEFT_WIDTH, RIGHT_WIDTH, BOTTOM_HEIGHT = 6 * SPACE, 2 * SPACE, 3 * SPACE
_ZOOM, _MOVE = 1.5, 0.25
_HEAD_GAP = 2 * SPACE


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark of an axis: where, and what stands there."""

    value: float
    text: str


class Plot(QWidget):
    """The base of all charts; with ``stacked`` its figures stand under its title. ``shorter`` is a title in fewer
    words, for a narrow chart.

    ``moved`` carries the range of x (from, to) that a person has zoomed or moved to.
    """

    moved = Signal(float, float)
    _axes_stay = False
    """Whether the axes mean something without data."""

    def __init__(
        self, look: Look, title: str, meaning: str, *, zoomable: bool = False, stacked: bool = False, shorter: str = ""
    ) -> None:
        super().__init__()
        self.look, self._title, self._stacked = look, title, stacked
        self._zoomable = zoomable
        self._limits: Range | None = None  # until there is something to zoom
        self._square: Range | None = None
        self._marks: list[tuple[Marked, ...] | None] = [None, None]
        self._heading, self._said = ElidedLabel("quiet"), ElidedLabel("quiet")
        self._heading.set_whole(title, *([shorter] if shorter else []))
        self.setToolTip(meaning)
        self.setAccessibleName(title)
        self._build()
        self.overlay = Overlay(look, self._view.viewport(), self._place)
        self.overlay.within(self._area)
        self._lay_out()

    # --- what a chart draws with ---

    def curve(self) -> Any:
        """Return a new line of the plot, to be given data."""
        item = pg.PlotCurveItem(antialias=True, skipFiniteCheck=True)
        item.setSegmentedLineMode("on")  # single lines keep to Qt's fast path, at every pixel ratio
        self._box.addItem(item, ignoreBounds=True)
        return item

    def dots(self) -> Any:
        """Return new points of the plot, to be given data."""
        item = pg.ScatterPlotItem(antialias=True)
        self._box.addItem(item, ignoreBounds=True)
        return item

    def pen(self, color: QColor, width: float = 1.6, *, dashed: bool = False) -> Any:
        """Return a pen of ``width`` device independent pixels."""
        return pg.mkPen(color, width=width, style=Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine)

    def set_x(self, low: float, high: float, marks: Sequence[Marked]) -> None:
        """Show x from ``low`` to ``high`` with these marks under it."""
        if self.x_range != (low, high):
            self._box.setXRange(low, high, padding=0)
        self._mark(0, marks)

    def set_y(self, low: float, high: float, marks: Sequence[Marked]) -> None:
        """Show y from ``low`` to ``high``, with a hairline at each of these marks."""
        if self.y_range != (low, high):
            self._box.setYRange(low, high, padding=0)
        self._mark(1, marks)

    def limit(self, low: float, high: float) -> None:
        """Let nobody zoom or move beyond ``low`` to ``high``."""
        if self._limits != (low, high):
            self._limits = (low, high)
            self._box.setLimits(xMin=low, xMax=high)

    def say(self, figures: str, *shorter: str, live: bool = True) -> None:
        """Show ``figures`` beside the title, or ``shorter`` words that fit, and tell them to a screen reader, or what
        stands in their place."""
        self._said.set_whole(figures if live else "", *(shorter if live else ()))
        self.setAccessibleDescription((figures if live else "") or self.message)
        self._fit_head()

    def show_message(self, text: str) -> None:
        """Show ``text`` in the place of the data, or (empty) the data."""
        self.overlay.show_message(text)
        for axis in (self._bottom, self._left) if not self._axes_stay else ():
            axis.setOpacity(0.0 if text else 1.0)
        self._grid.setVisible(self._axes_stay or not text)
        if text:
            self.setAccessibleDescription(text)

    def show_labels(self, labels: Sequence[Label]) -> None:
        """Write ``labels`` at their places in the plot."""
        self.overlay.show_labels(labels)

    @property
    def x_range(self) -> Range:
        """What is seen of x."""
        low, high = self._box.viewRange()[0]
        return float(low), float(high)

    @property
    def y_range(self) -> Range:
        """What is seen of y."""
        low, high = self._box.viewRange()[1]
        return float(low), float(high)

    @property
    def message(self) -> str:
        """What stands in the place of the data, empty where data are shown."""
        return self.overlay.message

    @property
    def figures(self) -> str:
        """What stands beside the title."""
        return self._said.accessibleName()

    def set_square(self, low: float, high: float, marks: Sequence[Marked]) -> None:
        """Show ``low`` to ``high`` on both axes, a step of y as long as one of x."""
        if self._square != (low, high):
            self._square = (low, high)
            self._box.setAspectLocked(True)
            self._box.setRange(xRange=(low, high), yRange=(low, high), padding=0)
        self._mark(0, [*marks[:-1], *(replace(one, text=f"{one.text} ms") for one in marks[-1:])])
        self._mark(1, marks)

    def dress(self) -> None:
        """Take the colours of the theme; a chart adds its own."""
        quiet = self.look.color("quiet")
        for axis in (self._bottom, self._left):
            axis.setTextPen(quiet)
            axis.setPen(pg.mkPen(None))
        self._view.setBackground(self.look.color("surface"))
        self._grid.setPen(pg.mkPen(self.look.color("hairline"), width=0))
        self.overlay.update()

    # --- Qt's events ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom and move by keyboard, where that can be done at all."""
        if not self._zoomable or not self._moved_by(event.key()):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit title and figures anew."""
        super().resizeEvent(event)
        self._fit_head()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page where there is nothing to zoom."""
        if self._zoomable:
            event.accept()
        else:
            event.ignore()

    # --- within ---

    def _build(self) -> None:
        self._view: Any = pg.GraphicsView(self, background=None)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout: Any = pg.GraphicsLayout()
        layout.setContentsMargins(0, SPACE, RIGHT_WIDTH, 0)
        layout.setSpacing(0)
        self._view.setCentralItem(layout)
        self._box: Any = pg.ViewBox(enableMenu=False, defaultPadding=0)
        self._box.setMouseEnabled(x=self._zoomable, y=False)
        self._bottom, self._left = pg.AxisItem("bottom"), pg.AxisItem("left")
        layout.addItem(self._left, 0, 0)
        layout.addItem(self._box, 0, 1)
        layout.addItem(self._bottom, 1, 1)
        for axis in (self._bottom, self._left):
            axis.linkToView(self._box)
            axis.setTicks([[]])
            axis.setStyle(tickFont=font(SMALL), tickLength=0, tickTextOffset=SPACE // 2, hideOverlappingLabels=False)
        self._left.setWidth(LEFT_WIDTH)
        self._bottom.setHeight(BOTTOM_HEIGHT)
        self._grid: Any = pg.PlotCurveItem(antialias=False, skipFiniteCheck=True)
        self._grid.setZValue(-10)
        self._box.addItem(self._grid, ignoreBounds=True)
        if self._zoomable:
            self._view.setMouseTracking(True)
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._box.sigRangeChangedManually.connect(lambda *_: self.moved.emit(*self.x_range))
        else:
            self._view.setInteractive(False)
            self._view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._box.sigRangeChanged.connect(lambda *_: self._changed())

    def _lay_out(self) -> None:
        head = QVBoxLayout() if self._stacked else QHBoxLayout()
        head.setSpacing(0 if self._stacked else _HEAD_GAP)
        head.addWidget(self._heading)
        if not self._stacked:
            head.addStretch(1)
        head.addWidget(self._said)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._view, 1)

    def _fit_head(self) -> None:
        """Share the line between title and figures: the least of both is shortened that lets both stand whole."""
        if self._stacked:
            return
        titles, figures = self._heading.widths, self._said.widths
        pairs = sorted(product(range(len(titles)), range(len(figures))), key=sum)
        room = self.width() - _HEAD_GAP
        title, said = next((pair for pair in pairs if titles[pair[0]] + figures[pair[1]] <= room), pairs[-1])
        self._heading.setMaximumWidth(titles[title])
        self._said.setMaximumWidth(figures[said])

    def _mark(self, axis: int, marks: Sequence[Marked]) -> None:
        if self._marks[axis] == tuple(marks):
            return
        self._marks[axis] = tuple(marks)
        (self._bottom, self._left)[axis].setTicks([[(one.value, one.text) for one in marks]])
        self._draw_grid()

    def _changed(self) -> None:
        self._draw_grid()
        self.overlay.update()

    def _draw_grid(self) -> None:
        low, high = self.x_range
        y = np.repeat([one.value for one in self._marks[1] or ()], 2)
        self._grid.setData(np.tile([low, high], len(y) // 2), y, connect="pairs")

    def _place(self, x: float, y: float) -> QPointF:
        """Return where the point (x, y) of the data lies on the viewport."""
        found = self._view.mapFromScene(self._box.mapViewToScene(QPointF(x, y)))
        return QPointF(found)

    def _area(self) -> QRectF:
        """Return where the data are on the viewport."""
        return QRectF(self._view.mapFromScene(self._box.sceneBoundingRect()).boundingRect())

    def _moved_by(self, key: int) -> bool:
        if self._limits is None:
            return False
        (low, high), (least, most) = self.x_range, self._limits
        span, middle = high - low, (low + high) / 2
        to: Callable[[float, float], Range] = lambda a, b: (max(least, a), min(most, b))  # noqa: E731
        new = {
            Qt.Key.Key_Left: to(low - _MOVE * span, high - _MOVE * span),
            Qt.Key.Key_Right: to(low + _MOVE * span, high + _MOVE * span),
            Qt.Key.Key_Plus: to(middle - span / 2 / _ZOOM, middle + span / 2 / _ZOOM),
            Qt.Key.Key_Equal: to(middle - span / 2 / _ZOOM, middle + span / 2 / _ZOOM),
            Qt.Key.Key_Minus: to(middle - span / 2 * _ZOOM, middle + span / 2 * _ZOOM),
            Qt.Key.Key_0: self._limits,
        }.get(Qt.Key(key))
        if new is None:
            return False
        self._box.setXRange(*new, padding=0)
        self.moved.emit(*self.x_range)
        return True
