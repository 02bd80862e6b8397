"""A person over weeks: each figure against their own median, and where the heart swings most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.review import trend_words
from biosync.gui.review.canvas import Canvas, Paint
from biosync.gui.review.leaf import Control, Leaf
from biosync.gui.theme import SMALL, SPACE, Look, Tokens
from biosync.gui.widgets.labels import label
from devices.straps import in_a_line

if TYPE_CHECKING:
    from biosync.store.review.trends import Course, Trends

_HIGH, _WORDS_WIDE = 17 * SPACE, 32 * SPACE
_NINE_OF_TEN = 1.645


class _Row(QWidget):
    """A figure: its name and what can be said of it on the left, its plot on the right."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._name, self._said = label(role="name"), label(role="body")
        self._more = label(role="quiet")
        self.canvas = Canvas(look, _HIGH)
        self.canvas.setMaximumHeight(2 * _HIGH)
        said = QVBoxLayout()
        said.setSpacing(SPACE // 2)
        for text in (self._name, self._said, self._more):
            text.setWordWrap(True)
            text.setFixedWidth(_WORDS_WIDE)
            said.addWidget(text)
        said.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3 * SPACE)
        row.addLayout(said)
        row.addWidget(self.canvas, 1)
        row.addStretch(0)  # words without a plot stay on the left

    @property
    def text(self) -> str:
        """All that is said."""
        return "  ".join(filter(None, (self._name.text(), self._said.text(), self._more.text())))

    def show_row(self, name: str, said: str, more: str, paint: Paint | None) -> None:
        """Show a figure; without anything to paint the words stand alone."""
        for widget, text in ((self._name, name), (self._said, said), (self._more, more)):
            widget.setText(text)
            widget.setVisible(bool(text))
        self.canvas.setVisible(paint is not None)
        if paint is not None:
            self.canvas.show_plot(paint, name, f"{said} {more}".strip())
        self.show()


class TrendLeaf(Leaf):
    """One person, never beside another; a made-up heart of the same name is somebody else."""

    def __init__(self, look: Look, controls: Sequence[Control], back: Callable[[], None]) -> None:
        super().__init__("", controls, back)
        self._look = look
        self._all: tuple[Trends, ...] = ()
        self._place = 0
        self._rows = [_Row(look) for _ in range(4)]
        body = QWidget()
        body.setObjectName("page")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, SPACE, SPACE, SPACE)
        column.setSpacing(2 * SPACE)
        for row in self._rows:
            column.addWidget(row, 1)
        self._foot = label(role="quiet")
        self._foot.setWordWrap(True)
        column.addWidget(self._foot)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(body)
        self._scroll.setAccessibleName(words.tr("Trends"))
        self.column.addWidget(self._scroll, 1)

    @property
    def lines(self) -> list[str]:
        """What is said of each figure."""
        return [row.text for row in self._rows if not row.isHidden()]

    def take_focus(self) -> None:
        """Let the arrow keys scroll."""
        self._scroll.setFocus()

    def begin(self, person: str) -> None:
        """Say that this person's sessions are being read."""
        self.show_title(in_a_line(person))
        self.offer("V", False)
        for row in self._rows:
            row.hide()
        self._foot.hide()
        self.tell(words.tr("Reading … it takes a moment the first time."))

    def show_trends(self, found: Sequence[Trends]) -> None:
        """Show the first of these; V changes to the other."""
        self._all, self._place = tuple(found), 0
        if not found:
            self.tell(words.tr("No session of {name} has been kept.").format(name=self.title))
            return
        self._show(self._all[0])

    def turn(self) -> None:
        """Change between the person and the made-up heart of that name."""
        if len(self._all) > 1:
            self._place = 1 - self._place
            self._show(self._all[self._place])

    def _show(self, of: Trends) -> None:
        self.tell("")
        count = words.tr("1 session") if of.sessions == 1 else words.tr("{count} sessions").format(count=of.sessions)
        self.show_title(in_a_line(of.person), count, words.tr("SIMULATED") if of.made_up else "")
        self.offer("V", len(self._all) > 1, words.tr("The real one") if of.made_up else words.tr("The virtual one"))
        begin = datetime.fromisoformat(of.first or "1970-01-01T00:00:00Z")
        last = max([0.0, *of.rmssd_ms.day, *of.coherence_score.day, *of.resonance.day])
        self._figure(0, words.tr("RMSSD"), of.rmssd_ms, begin, last, words.tr("{n} ms"), words.tr("ms"), 10.0)
        self._figure(1, words.tr("Coherence"), of.coherence_score, begin, last, "{n}", words.tr("0 to 100"), 20.0,
                     (0.0, 100.0))
        if of.recovery_s.value:
            self._figure(2, words.tr("Half-way back, alone"), of.recovery_s, begin, last, words.tr("{n} s"),
                         words.tr("s"), 10.0, about=trend_words.counted(marked=of.recovery_marked))
        else:
            self._rows[2].hide()
        self._resonance(of, begin, last)
        self._foot.setText(words.tr(
            "Against their own median, never against other people; of the latest 60 sessions. More is not always "
            "better: hour, posture, sleep and breath change these figures, too."))
        self._foot.show()

    def _figure(self, place: int, name: str, course: Course, begin: datetime, last: float, pattern: str, unit: str,
                least: float, y_range: tuple[float, float] | None = None, about: str = "") -> None:
        def paint(p: QPainter, rect: QRectF, tokens: Tokens) -> None:
            from biosync.gui.plots.trend import draw_trend

            draw_trend(p, rect, begin, course.day, course.value, tokens, self._look.color("accent"), SMALL, unit=unit,
                       least=least, median=course.median, last_day=last, y_range=y_range)

        said = trend_words.direction(course, pattern)
        more = " ".join(filter(None, (trend_words.latest(course, pattern), about)))
        self._rows[place].show_row(name, said, more, paint if course.value else None)

    def _resonance(self, of: Trends, begin: datetime, last: float) -> None:
        found = of.resonance

        def paint(p: QPainter, rect: QRectF, tokens: Tokens) -> None:
            from biosync.gui.plots.trend import draw_trend

            draw_trend(p, rect, begin, found.day, found.bpm, tokens, self._look.color("accent"), SMALL,
                       unit=words.tr("breaths a minute; bars hold it nine times of ten"), least=2.0,
                       spreads=[_NINE_OF_TEN * one for one in found.sd_bpm], last_day=last)

        name = words.tr("Largest swing near")
        self._rows[3].show_row(name, trend_words.resonance(found), "", paint if found.bpm else None)
