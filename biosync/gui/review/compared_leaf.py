"""Two sessions beside each other on the same scales; never a score between people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from biosync.charts.charts import OF_THE_BEATS
from biosync.gui import words
from biosync.gui.in_step import lasting
from biosync.gui.results import Result, results
from biosync.gui.review.canvas import Canvas
from biosync.gui.review.leaf import Control, Leaf
from biosync.gui.theme import SMALL, SPACE, Look, Tokens
from biosync.gui.widgets.labels import label
from devices.straps import in_a_line

if TYPE_CHECKING:
    from biosync.store.review.opened import Opened

_HIGH = 19 * SPACE
_FIRST_LINE = 7
"""The first line of figures in the grid: under names, times, qualities, beats and coherence, with two gaps."""
_LEVEL = 0.05
"""Within this share two figures of one person are called about the same."""

_COHERENCE = ("coherence_score",)
_WITH_SPREAD = ("resonance_bpm",)
"""What stands there with its spread: that says how much a difference means."""


class ComparedLeaf(Leaf):
    """Left the one that was chosen first, right the other."""

    def __init__(self, look: Look, controls: Sequence[Control], back: Callable[[], None]) -> None:
        super().__init__(words.tr("Two sessions"), controls, back)
        self._look = look
        self._sides = [(label(role="name"), label(role="quiet"), label(role="quiet")) for _ in range(2)]
        self._beats = [Canvas(look, _HIGH), Canvas(look, _HIGH)]
        self._coherence = [Canvas(look, _HIGH), Canvas(look, _HIGH)]
        self._grid = QGridLayout()
        self._cells: list[QWidget] = []
        self._body = QWidget()
        self._texts: list[tuple[str, ...]] = []
        self._shown: tuple[Opened, Opened] | None = None
        self._build()

    @property
    def shown(self) -> tuple[Opened, Opened] | None:
        """What is shown, None while it is read."""
        return self._shown

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """The table: name, left, right, and (of one person) how they differ."""
        return self._texts

    def take_focus(self) -> None:
        """Let the arrow keys scroll."""
        self._scroll.setFocus()

    def begin(self) -> None:
        """Say that both are being read."""
        self._shown = None
        self._body.hide()
        self.tell(words.tr("Reading …"))

    def show_two(self, first: Opened, second: Opened) -> None:
        """Show both."""
        from biosync.gui.plots.charts import rr_range_of

        self._shown = first, second
        self.tell(_caution(first, second))
        rr_range = rr_range_of(first.charts, second.charts)
        end_t = max(first.session.duration_s, second.session.duration_s)
        for place, one in enumerate((first, second)):
            self._head(place, one)
            name = words.tr("{name}: every beat").format(name=in_a_line(one.person))
            hidden = bool(one.hidden & OF_THE_BEATS)
            self._beats[place].show_plot(partial(_paint_beats, one, self._look, rr_range, end_t, hidden), name,
                                         _told(one, hidden, coherence=False))
            name = words.tr("{name}: coherence").format(name=in_a_line(one.person))
            hidden = "coherence" in one.hidden
            self._coherence[place].show_plot(partial(_paint_coherence, one, self._look, end_t, hidden), name,
                                             _told(one, hidden, coherence=True))
        self._fill(first, second)
        self._body.show()

    def _head(self, place: int, one: Opened) -> None:
        name, detail, quality = self._sides[place]
        badge = words.tr("SIMULATED") if one.made_up else words.tr("REPLAY") if one.recorded else ""
        name.setText(" · ".join(filter(None, (in_a_line(one.person), badge))))
        when = words.date(datetime.fromisoformat(one.session.started))
        long = lasting(one.session.duration_s)
        detail.setText(words.tr("{when} · {long}").format(when=when, long=long))
        why = words.tr("private") if "heart_rate" in one.hidden else words.as_sentence(one.heard.why)
        quality.setText(why)

    def _fill(self, first: Opened, second: Opened) -> None:
        for old in self._cells:
            old.hide()
            old.deleteLater()
        self._cells.clear()
        same = (first.person, first.made_up) == (second.person, second.made_up)
        left = {one.key: one for one in results(first.analysis, first.resonance, first.hidden)}
        right = {one.key: one for one in results(second.analysis, second.resonance, second.hidden)}
        keys = list(dict.fromkeys([*left, *right]))
        self._texts = [_row(left.get(key), right.get(key), same=same) for key in keys]
        for line, texts in enumerate(self._texts):
            for column, text in enumerate(texts):
                cell = label(text, "quiet" if column in (0, 3) else "body")
                self._grid.addWidget(cell, _FIRST_LINE + line, column)
                self._cells.append(cell)
        self._body.setAccessibleDescription("; ".join(", ".join(filter(None, one)) for one in self._texts))

    def _build(self) -> None:
        self._grid.setHorizontalSpacing(4 * SPACE)
        self._grid.setVerticalSpacing(SPACE // 2)
        for place, (name, detail, quality) in enumerate(self._sides):
            quality.setWordWrap(True)
            for row, widget in zip(
                (0, 1, 2, 3, 5), (name, detail, quality, self._beats[place], self._coherence[place]), strict=True
            ):
                self._grid.addWidget(widget, row, 2 * place, 1, 2)
        for gap in (4, _FIRST_LINE - 1):
            self._grid.setRowMinimumHeight(gap, SPACE // 2)
        for place in range(4):  # as wide as each other, so that a figure stands under the session that it is of
            self._grid.setColumnStretch(place, 1)
            self._grid.setColumnMinimumWidth(place, SPACE)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, SPACE, SPACE)
        column.addLayout(self._grid)
        column.addStretch(1)
        self._body.setObjectName("page")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._body)
        self._scroll.setAccessibleName(words.tr("Two sessions"))
        self.column.addWidget(self._scroll, 1)


def _row(left: Result | None, right: Result | None, *, same: bool) -> tuple[str, ...]:
    one = left or right
    assert one is not None
    private = words.tr("private")
    texts = (one.name, left.text if left else private, right.text if right else private)
    return (*texts, _change(left, right) if same else "")


def _change(left: Result | None, right: Result | None) -> str:
    """Return how the second differs from the first, of the same person; nothing where one is not known."""
    if left is None or right is None or left.value is None or right.value is None or left.key in _WITH_SPREAD:
        return ""
    if abs(right.value - left.value) <= _LEVEL * abs(left.value):
        return words.tr("about the same")
    return words.tr("higher on the right") if right.value > left.value else words.tr("lower on the right")


def _told(one: Opened, hidden: bool, *, coherence: bool) -> str:
    """Return for those who hear the screen the figures of what a plot shows."""
    if hidden:
        return words.tr("private")
    found = results(one.analysis, one.resonance, one.hidden)
    return "; ".join(f"{each.name}: {each.text}" for each in found if (each.key in _COHERENCE) is coherence)


def _caution(first: Opened, second: Opened) -> str:
    if first.person != second.person or first.made_up != second.made_up:
        return words.tr("Two people: hearts differ, so these figures say nothing about who does better.")
    return words.tr("Two sessions alone are no trend: hour, posture and breath change these figures, too.")


def _paint_beats(one: Opened, look: Look, rr_range: tuple[float, float], end_t: float, hidden: bool, p: QPainter,
                 rect: QRectF, tokens: Tokens) -> None:
    from biosync.gui.plots.charts import draw_tachogram, say_private

    if hidden:
        say_private(p, rect, tokens, SMALL)
        return
    draw_tachogram(p, rect, one.charts, tokens, look.person_color(one.number), SMALL, rr_range=rr_range, end_t=end_t)


def _paint_coherence(one: Opened, look: Look, end_t: float, hidden: bool, p: QPainter, rect: QRectF,
                     tokens: Tokens) -> None:
    from biosync.gui.plots.charts import draw_coherence, say_private

    if hidden:
        say_private(p, rect, tokens, SMALL)
        return
    draw_coherence(p, rect, one.charts.coherence, end_t, tokens, look.person_color(one.number), SMALL)
