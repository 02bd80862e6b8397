"""One session opened: whose part, its results, and the charts of all of it or of the span that was zoomed to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from biosync.gui import story, words
from biosync.gui.chart_loading import ChartLoader
from biosync.gui.in_step import lasting
from biosync.gui.results import results
from biosync.gui.review.leaf import Control, Leaf
from biosync.gui.review.note_edit import NoteEdit
from biosync.gui.review.results_row import ResultsRow
from biosync.gui.review.row_words import badges
from biosync.gui.theme import SPACE, Look, person_shape
from biosync.gui.widgets.labels import label
from biosync.gui.widgets.shapes import shape_pixmap
from devices.straps import in_a_line

if TYPE_CHECKING:
    from biosync.charts.charts import Charts
    from biosync.gui.charts.panel import ChartPanel
    from biosync.store.review.listed import Listed
    from biosync.store.review.opened import Opened

_WHOLE = 0.98
"""A span of nearly all of a session is all of it."""


class OpenedLeaf(Leaf):
    """``person_wanted`` names whose part is to be seen, and tells if it is they who look; ``span_wanted`` carries the
    span (from, to, s) of which charts are wanted."""

    person_wanted = Signal(str, bool)
    span_wanted = Signal(float, float)

    def __init__(self, look: Look, controls: Sequence[Control], back: Callable[[], None]) -> None:
        super().__init__("", controls, back)
        self._look = look
        self._shown: Opened | None = None
        self._panel: ChartPanel | None = None
        self._waiting: tuple[Charts, float, float] | None = None
        self._loader = ChartLoader(look, zoomable=True, parent=self)
        self._loader.made.connect(self._take_panel)
        self._loader.failed.connect(lambda sentence: self.tell(sentence, "alert"))
        self._people, self._results = QWidget(), ResultsRow()
        self._faces: list[QPushButton] = []
        look.changed.connect(self._draw_shapes)
        self._row = QHBoxLayout(self._people)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(SPACE)
        self._span, self._story = label(role="quiet"), label(role="quiet")
        for text in (self._span, self._story):
            text.setWordWrap(True)
            text.hide()
        self.note = NoteEdit()
        self.note.left.connect(self.take_focus)
        for widget in (self._people, self._results, self.note, self._story, self._span):
            self.column.addWidget(widget)

    @property
    def shown(self) -> Opened | None:
        """What is shown, None while it is read."""
        return self._shown

    @property
    def panel(self) -> ChartPanel | None:
        """The charts, None before the first are shown."""
        return self._panel

    @property
    def texts(self) -> list[str]:
        """The results in words."""
        return self._results.texts

    @property
    def story(self) -> str:
        """How two or more went together."""
        return self._story.text()

    @property
    def span(self) -> str:
        """Which part of the session the charts are of."""
        return self._span.text()

    def take_focus(self) -> None:
        """Let the keys zoom and move in the charts."""
        if self._panel is not None:
            self._panel.tachogram.setFocus()
        else:
            self._back.setFocus()

    def begin(self, one: Listed, person: str, own: bool) -> None:
        """Say that this session is being read; meanwhile the charts are made, where there are none yet."""
        self._shown, self._waiting = None, None
        self.note.show_note(None, person, "")
        self.offer("W", False)
        self._loader.load()
        session = one.session
        when = words.date(datetime.fromisoformat(session.started))
        said = " · ".join(text for text, _ in badges(one))
        detail = words.tr("{when} · {long}").format(when=when, long=lasting(session.duration_s))
        self.show_title(in_a_line(person), detail, said)
        self._show_people(one, person)
        self._results.show_results(())
        for text in (self._span, self._story):
            text.hide()
        if self._panel is not None:
            self._panel.hide()
            self._panel.blank()
        self.offer("I", person in one.kept, words.tr("Only the rhythm") if own else words.tr("I am {name}").format(
            name=in_a_line(person)))
        self.tell(words.tr("Reading …"))

    def show_opened(self, shown: Opened) -> None:
        """Show the part that was read."""
        self._shown = shown
        self.tell(" ".join(filter(None, (_why_unread(shown.charts), self._why_kept(shown)))))
        self._results.show_results(results(shown.analysis, shown.resonance, shown.hidden))
        self.note.show_note(shown, shown.person, shown.note)
        self.offer("W", shown.tells_note)
        told = "\n".join(story.sentences(shown.together, shown.person))
        self._story.setText(told)
        self._story.setVisible(bool(told))
        self._draw(shown.charts, 0.0, shown.session.duration_s)
        self.take_focus()

    def write_note(self) -> None:
        """Let the note about whose part is seen be written, where it may be read."""
        if self._shown is not None and self._shown.tells_note:
            self.note.edit()

    def close_work(self) -> None:
        """Make no charts any more: the window closes."""
        self._loader.close()

    def show_span(self, charts: Charts) -> None:
        """Show what is made of a part of the session beside the whole: its spectrum, its beats after one another, and
        the breath of its cue."""
        shown = self._shown
        if shown is not None:
            part = replace(shown.charts, spectrum=charts.spectrum, cloud=charts.cloud, fold=charts.fold)
            self._draw(part, charts.begin_t, charts.end_t)

    def _draw(self, charts: Charts, begin_t: float, end_t: float) -> None:
        if self._panel is None:
            self._waiting = charts, begin_t, end_t
            return
        from biosync.gui.charts.shown import Shown

        shown = self._shown
        assert shown is not None
        whole = end_t - begin_t >= _WHOLE * shown.session.duration_s
        said = words.tr(
            "Spectrum, beats and breath of {begin} to {end}; the results are of the whole. 0 shows all again.")
        span = said.format(begin=words.duration(begin_t), end=words.duration(end_t))
        self._span.setText("" if whole else " ".join(filter(None, (span, _why_unread(charts)))))
        self._span.setVisible(not whole)
        live = charts.quality != "none"
        self._panel.show()
        self._panel.show_charts(Shown(charts, shown.number, live))

    def _take_panel(self, panel: ChartPanel) -> None:
        self._panel = panel
        panel.zoomed.connect(self.span_wanted)
        panel.blank()
        self.column.addWidget(panel, 1)
        if self._waiting is not None:
            self._draw(*self._waiting)
            self.take_focus()

    def _why_kept(self, shown: Opened) -> str:
        if not shown.hidden:
            return ""
        name = in_a_line(shown.person)
        if shown.own or len(shown.session.people) == 1:
            return words.tr("Under 16 there is no score.")
        said = words.tr("{name} did not agree to show all of their figures. {name} can see them with I.")
        return said.format(name=name)

    def _show_people(self, one: Listed, person: str) -> None:
        while self._row.count():
            item = self._row.takeAt(0)
            if item is not None and (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        people = one.session.people
        self._people.setVisible(len(people) > 1)
        self._faces = [self._person_button(number, name, name == person) for number, name in enumerate(people)]
        for face in self._faces:
            self._row.addWidget(face)
        self._row.addStretch(1)
        self._draw_shapes()

    def _draw_shapes(self) -> None:
        for number, face in enumerate(self._faces):
            color = self._look.person_color(number)
            face.setIcon(shape_pixmap(person_shape(number), color, 2 * SPACE, self.devicePixelRatioF()))

    def _person_button(self, number: int, name: str, chosen: bool) -> QPushButton:
        button = QPushButton(in_a_line(name))
        button.setProperty("role", "yes" if chosen else "quiet")
        button.setAccessibleName(in_a_line(name))
        key = str(number + 1) if number < 8 else words.tr("Tab, then Space")
        button.setToolTip(words.tr("{name}'s part ({key})").format(name=in_a_line(name), key=key))
        button.clicked.connect(lambda _: self.person_wanted.emit(name, False))
        return button


def _why_unread(charts: Charts) -> str:
    """Return why these beats can't be trusted and what to do, whole, for a small chart says it in short."""
    return "" if charts.quality != "none" or "heart_rate" in charts.hidden else words.as_sentence(charts.why)
