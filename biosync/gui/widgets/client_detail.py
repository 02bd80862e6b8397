"""One client in full: the figures and charts, beside a narrow list of all and what is noted down about this one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from biosync.charts.charts import Charts
from biosync.gui import words
from biosync.gui.chart_loading import ChartLoader
from biosync.gui.theme import SPACE, Look
from biosync.gui.widgets.card_face import CardFace
from biosync.gui.widgets.client_head import ClientHead
from biosync.gui.widgets.client_list import ClientList
from biosync.gui.widgets.labels import label
from biosync.gui.widgets.note_field import NoteField

if TYPE_CHECKING:
    from biosync.gui.charts.panel import ChartPanel

_LIST_WIDTH = 27 * SPACE


class ClientDetail(QWidget):
    """``picked`` carries the name of another client that was chosen in the list; ``read_note`` gives what was noted
    down about somebody in this session."""

    picked = Signal(str)

    def __init__(self, look: Look, read_note: Callable[[str], str]) -> None:
        super().__init__()
        self._look = look
        self._face: CardFace | None = None
        self._charts: Charts | None = None
        self._running = True
        self._panel: ChartPanel | None = None
        self.list, self.note, self._head = ClientList(look), NoteField(read_note), ClientHead(look)
        self._opening = label(words.tr("opening the charts"), "quiet")
        self._opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._loader = ChartLoader(look, parent=self)
        self._loader.made.connect(self._loaded)
        self._loader.failed.connect(self._opening.setText)
        self.list.picked.connect(self.picked)
        self._lay_out()

    @property
    def panel(self) -> ChartPanel | None:
        """The charts, None before they are loaded."""
        return self._panel

    def open(self, name: str) -> None:
        """Show the charts of ``name`` from now on, as soon as they come."""
        self._loader.load()
        if self._charts is not None and self._charts.person != name:
            self._charts = None
        self.note.show_note(name)

    def show_faces(self, faces: Sequence[CardFace], name: str, *, running: bool) -> None:
        """Show everybody's state beside the figures of ``name``."""
        self._running = running
        self._face = next((face for face in faces if face.person.name == name), None)
        self.list.show_faces(faces, name)
        if self._face is not None:
            self._head.show_face(self._face)

    def take_charts(self, charts: Charts) -> None:
        """Show ``charts``, if they are of the client who is open."""
        if self._face is None or charts.person != self._face.person.name:
            return
        self._charts = charts
        self._show_charts()

    def show_over(self) -> None:
        """Show the charts as those of a session that is over: nothing is live."""
        self._running = False
        self.note.setReadOnly(True)
        self._show_charts()

    def forget(self) -> None:
        """Forget the session that was."""
        self._face = self._charts = None
        self.note.forget()
        self.note.setReadOnly(False)

    def close_work(self) -> None:
        """Load nothing any more: the window closes."""
        self.note.keep()
        self._loader.close()

    def _show_charts(self) -> None:
        if self._panel is None or self._charts is None or self._face is None:
            return
        from biosync.gui.charts.shown import Shown

        live = self._running and self._face.shown.signal == "live"
        self._panel.show_charts(Shown(self._charts, self._face.person.number, live, running=True))

    def _loaded(self, panel: ChartPanel) -> None:
        self._panel = panel
        panel.blank()
        self._right.replaceWidget(self._opening, panel)
        self._opening.hide()
        self._show_charts()

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidget(self.list)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        self.list.setAutoFillBackground(False)
        left, self._right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(SPACE)
        left.addWidget(scroll, 1)
        left.addWidget(self.note)
        side = QWidget()
        side.setFixedWidth(_LIST_WIDTH)
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, SPACE)
        self._right.setSpacing(2 * SPACE)
        self._right.addWidget(self._head)
        self._right.addWidget(self._opening, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3 * SPACE)
        row.addWidget(side)
        row.addLayout(self._right, 1)
