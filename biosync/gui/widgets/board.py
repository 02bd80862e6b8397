"""The coach's board: every card in one widget, painted only where something has changed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from biosync.gui import words
from biosync.gui.order import NONE, NeedOrder, need
from biosync.gui.state import figures, rising
from biosync.gui.theme import RADIUS, Look
from biosync.gui.view import Moment
from biosync.gui.widgets.card_layout import MOST, CardLayout, card_layout, grid
from biosync.gui.widgets.card_paint import TRACE_S, CardFace, paint, state_words, still
from biosync.gui.widgets.trace import normal_rates, settle_range
from biosync.snapshot import PersonView

_READING_S = 5.0
"""While the pointer has moved over the board within so long, somebody reads, and no card moves."""


class Board(QWidget):
    """Up to 16 cards, those who need the coach first. ``picked`` carries the name on a card that was clicked."""

    picked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._now = self._seconds = 0.0
        self._running = True
        self._read_at = float("-inf")
        self._needs = NeedOrder()
        self._faces: dict[str, CardFace] = {}
        self._shown: list[str] = []
        self._places: list[QRect] = []
        self._layout: CardLayout = card_layout(300, 240)
        self._stills: dict[tuple[str, int, float, str], QPixmap] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(words.tr("Clients, those who need you first"))
        look.changed.connect(self._rebuild)

    @property
    def order(self) -> list[str]:
        """The names in the order of their cards."""
        return list(self._shown)

    def advance(self, moment: Moment) -> None:
        """Show ``moment``: slide the curves, and paint the cards anew whose figures have changed."""
        self._seconds = moment.seconds
        self._running = moment.running
        if moment.running:
            self._now = moment.now
        people = moment.snapshot.people if moment.snapshot else ()
        before = self._faces
        self._faces = {
            person.name: self._face(person, before.get(person.name), selected=person.name == moment.selected)
            for person in people
        }
        self._arrange(people)
        for name, place in zip(self._shown, self._places, strict=False):
            old, new = before.get(name), self._faces[name]
            if old is None or old.key != new.key:
                self.update(place)
            elif moment.running:
                self.update(self._layout.trace.translated(place.topLeft()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the card under the pointer."""
        for name, place in zip(self._shown, self._places, strict=False):
            if place.contains(event.position().toPoint()):
                self.picked.emit(name)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Remember that somebody reads."""
        self._read_at = self._seconds

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the cards out anew."""
        self._rebuild()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards that ``event`` touches."""
        region = event.region()
        painter = QPainter(self)
        self._paint_ground(painter, event.rect())
        for name, place in zip(self._shown, self._places, strict=False):
            asked = region.intersected(place)
            if not asked.isEmpty():
                painter.save()
                painter.translate(place.topLeft())
                painter.drawPixmap(QPoint(0, 0), self._still(self._faces[name].person))
                asked.translate(-place.topLeft())
                paint(painter, self._look, self._layout, self._faces[name], self._now, asked)
                self._paint_choice(painter, self._faces[name])
                painter.restore()
        painter.end()

    def _paint_ground(self, painter: QPainter, rect: QRect) -> None:
        if any(place.contains(rect) for place in self._places):
            return
        painter.fillRect(rect, self._look.color("surface"))

    def _paint_choice(self, painter: QPainter, face: CardFace) -> None:
        if face.selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._look.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            card = QRectF(1, 1, self._layout.width - 2, self._layout.height - 2)
            painter.drawRoundedRect(card, RADIUS, RADIUS)

    def _face(self, person: PersonView, before: CardFace | None, *, selected: bool) -> CardFace:
        shown = figures(person, self._now, running=self._running)
        if before is not None and before.person is person:
            return CardFace(person, shown, before.rising, before.range_bpm, selected)
        rates = normal_rates(person, self._now - TRACE_S)
        span = settle_range(before.range_bpm if before else None, rates)
        return CardFace(person, shown, rising(person), span, selected)

    def _arrange(self, people: tuple[PersonView, ...]) -> None:
        faces = list(self._faces.values())
        needs = [need(face.shown.signal, face.rising) for face in faces]
        reading = self._seconds - self._read_at < _READING_S
        order = self._needs.update(self._seconds, needs, hold=reading)
        shown = [people[index].name for index in order][:MOST]
        if shown != self._shown:
            resized = len(shown) != len(self._shown)
            self._shown = shown
            self._tell(needs)
            if resized:
                self._rebuild()
            self.update()

    def _tell(self, needs: list[int]) -> None:
        faces = list(self._faces.values())
        told = [f"{f.person.name}: {state_words(f)}" for f, n in zip(faces, needs, strict=True) if n > NONE]
        self.setAccessibleDescription("; ".join(told) or words.tr("nobody needs you now"))

    def _rebuild(self) -> None:
        self._places = grid(len(self._shown), self.width(), self.height())
        if self._places:
            self._layout = card_layout(self._places[0].width(), self._places[0].height())
        self._stills.clear()
        self.update()

    def _still(self, person: PersonView) -> QPixmap:
        ratio = self.devicePixelRatioF()
        key = (person.name, person.number, ratio, self._look.tokens.name)
        if key not in self._stills:
            self._stills[key] = still(self._look, self._layout, person, ratio)
        return self._stills[key]
