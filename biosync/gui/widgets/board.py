"""The coach's board: every card in one widget, painted only where something has changed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QRegion, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from biosync.gui import words
from biosync.gui.belonging import Bond, bonds
from biosync.gui.client_order import ClientOrder
from biosync.gui.order import NONE
from biosync.gui.theme import RADIUS, Look
from biosync.gui.view import Moment
from biosync.gui.widgets.card_face import CardFace, face_of, spoken, state_words
from biosync.gui.widgets.card_head import head_of
from biosync.gui.widgets.card_layout import MOST, CardLayout, card_layout, columns, grid
from biosync.gui.widgets.card_paint import curve_end, history_end, paint, paint_ground, sliding, still
from biosync.gui.widgets.card_place import CardPlace
from biosync.gui.widgets.trace import HeartLines
from biosync.snapshot import Snapshot

_LINK_HEIGHT = 3


class Board(QWidget):
    """Up to 16 cards a page, those who need the coach first, and who belongs together side by side. ``picked`` carries
    the name on a card that was clicked, or opened by keyboard."""

    picked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._now = self._seconds = 0.0
        self._running = True
        self._page = 0
        self._order = ClientOrder()
        self._faces: dict[str, CardFace] = {}
        self._bonds: dict[str, Bond] = {}
        self._all: list[str] = []
        self._shown: list[str] = []
        self._rects: list[QRect] = []
        self._still_area = self._gaps = QRegion()
        self._places: dict[str, CardPlace] = {}
        self._layout: CardLayout = card_layout(300, 240)
        self._lines: dict[str, HeartLines] = {}
        self._ends: dict[str, tuple[float, float]] = {}
        self._snapshot: Snapshot | None = None
        self._stills: dict[tuple[str, int, float, str, int, bool], QPixmap] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(words.tr("Clients, those who need you first"))
        self.setAccessibleDescription(words.tr("nobody needs you now"))
        look.changed.connect(self._rebuild)

    @property
    def order(self) -> list[str]:
        """The names in the order of their cards on this page."""
        return list(self._shown)

    @property
    def everybody(self) -> list[str]:
        """All names in the order of their cards, over all pages."""
        return list(self._all)

    @property
    def page(self) -> int:
        """The page that is seen, counted from 0."""
        return self._page

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-len(self._all) // MOST))

    @property
    def needed_elsewhere(self) -> int:
        """How many on other pages need the coach."""
        return sum(need > NONE for name, need in self._order.needs.items() if name not in self._shown)

    def face(self, name: str) -> CardFace | None:
        """Return what the card of ``name`` shows, None for nobody."""
        return self._faces.get(name)

    def turn(self, by: int) -> None:
        """Show another page, ``by`` pages on."""
        self._page = min(max(0, self._page + by), self.pages - 1)
        self._show_page()

    def focus_first(self) -> None:
        """Let the first card have the focus."""
        if self._shown:
            self._places[self._shown[0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def focus(self, name: str) -> None:
        """Let the card of ``name`` have the focus, on whatever page it is."""
        if name in self._all:
            self._page = self._all.index(name) // MOST
            self._show_page()
            self._places[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def advance(self, moment: Moment) -> None:
        """Show ``moment``: slide the curves, and paint the cards anew whose figures have changed."""
        self._seconds, self._running = moment.seconds, moment.running
        if moment.running:
            self._now = moment.now
        people = moment.snapshot.people if moment.snapshot else ()
        before = self._faces
        if moment.snapshot is not self._snapshot:
            self._snapshot, self._bonds = moment.snapshot, bonds(moment.snapshot)
        self._faces = {
            person.name: face_of(
                person, before.get(person.name), self._now, running=moment.running, bond=self._bonds.get(person.name),
                selected=person.name == moment.selected or self._has_focus(person.name),
            )
            for person in people
        }
        self._arrange()
        self._repaint(before)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the card under the pointer."""
        for name, place in zip(self._shown, self._rects, strict=False):
            if place.contains(event.position().toPoint()):
                self.picked.emit(name)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Remember that somebody reads."""
        self._order.read(self._seconds)

    def event(self, event: QEvent) -> bool:
        """Tell all that a card says where the pointer rests on it: there may be no room for it on the card."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.told_at(event.pos()), self)
            return True
        return super().event(event)

    def told_at(self, place: QPoint) -> str:
        """Return who is at ``place``, in which state, and why; nothing beside the cards."""
        for name, rect in zip(self._shown, self._rects, strict=False):
            if rect.contains(place):
                face = self._faces[name]
                why = words.why_signal(face.shown.signal, face.person) if face.shown.signal != "held" else ""
                bond = face.bond.said if face.bond is not None else ""
                return "\n".join(line for line in (f"{name}: {state_words(face)}", why, bond) if line)
        return ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the cards out anew."""
        self._rebuild()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards that ``event`` touches."""
        region = event.region()
        painter = QPainter(self)
        if region.intersects(self._still_area):
            painter.setClipRegion(self._gaps)
            painter.fillRect(event.rect(), self._look.color("surface"))
            self._paint_links(painter)
            painter.setClipping(False)
        for name, place in zip(self._shown, self._rects, strict=False):
            asked = region.intersected(place)
            if not asked.isEmpty():
                painter.save()
                painter.setClipRect(asked.boundingRect())  # one rectangle at a time keeps to Qt's fast path
                painter.translate(place.topLeft())
                asked.translate(-place.topLeft())
                if self._layout.trace.contains(asked.boundingRect()):
                    paint_ground(painter, self._look, self._layout)
                else:
                    painter.drawPixmap(QPoint(0, 0), self._still(self._faces[name]))
                paint(painter, self._look, self._layout, self._faces[name], asked, self._lines[name],
                      self._ends.get(name, (self._now, self._now)))
                self._paint_choice(painter, self._faces[name])
                painter.restore()
        painter.end()

    def _paint_choice(self, painter: QPainter, face: CardFace) -> None:
        if face.selected:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._look.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            card = QRectF(1, 1, self._layout.width - 2, self._layout.height - 2)
            painter.drawRoundedRect(card, RADIUS, RADIUS)

    def _paint_links(self, painter: QPainter) -> None:
        """Join the cards of those who belong together and stand side by side, by a line in the gap between them."""
        for (name, left), (other, right) in pairwise(zip(self._shown, self._rects, strict=False)):
            bond = self._bonds.get(name)
            if bond is not None and other in bond.people and left.top() == right.top():
                y = left.top() + round(self._layout.head.center().y()) - _LINK_HEIGHT // 2
                color = self._look.color("accent" if bond.together else "lost")
                painter.fillRect(QRect(left.right() + 1, y, right.left() - left.right() - 1, _LINK_HEIGHT), color)

    def _repaint(self, before: dict[str, CardFace]) -> None:
        for number, (name, place) in enumerate(zip(self._shown, self._rects, strict=False)):
            old, new, share = before.get(name), self._faces[name], number / MOST
            ended_s = self._ends.get(name, (-1.0, -1.0))
            ends_s = self._ends[name] = curve_end(self._layout, self._now, share), history_end(self._now, share)
            if old is None or old.key != new.key:
                self.update(place)
                if old is not None and old.bond != new.bond:
                    self.update()  # the lines between the cards, too
            else:
                if ends_s[0] != ended_s[0] or new.person is not old.person:
                    self.update(sliding(self._layout, new, self._lines[name]).translated(place.topLeft()))
                if ends_s[1] != ended_s[1]:
                    self.update(self._layout.history.translated(place.topLeft()))
            self._places[name].say(state_words(new), partial(spoken, new), self._seconds)

    def _has_focus(self, name: str) -> bool:
        return name in self._places and self._places[name].hasFocus()

    def _arrange(self) -> None:
        found = self._order.update(self._seconds, list(self._faces.values()))
        if found != self._all or any(name not in self._faces for name in self._shown):
            self._all = found
            self._page = min(self._page, self.pages - 1)
            told = [f"{name}: {state_words(self._faces[name])}" for name in found if self._order.needs[name] > NONE]
            self.setAccessibleDescription("; ".join(told) or words.tr("nobody needs you now"))
            self._show_page()

    def _show_page(self) -> None:
        shown = self._all[self._page * MOST : (self._page + 1) * MOST]
        if shown == self._shown:
            return
        resized = len(shown) != len(self._shown)
        self._shown = shown
        for name in [name for name in self._places if name not in shown]:
            self._places.pop(name).deleteLater()
            self._lines.pop(name)
            self._ends.pop(name, None)
        for name in shown:
            if name not in self._places:
                self._places[name], self._lines[name] = self._place(name), HeartLines()
        if resized:
            self._rebuild()
        self._move_places()
        self.update()

    def _place(self, name: str) -> CardPlace:
        place = CardPlace(name, self)
        place.opened.connect(self.picked)
        place.stepped.connect(self._step)
        place.focused.connect(self._focus_moved)
        place.show()
        return place

    def _step(self, across: int, down: int) -> None:
        """Move the focus so many columns and rows; from the first and the last card on, to the other pages."""
        here = next((k for k, name in enumerate(self._shown) if self._has_focus(name)), 0)
        wanted = here + across + down * columns(self._rects)
        if 0 <= wanted < len(self._shown):
            self._places[self._shown[wanted]].setFocus(Qt.FocusReason.OtherFocusReason)
        elif 0 <= self._page + (1 if wanted > here else -1) < self.pages:
            self.turn(1 if wanted > here else -1)
            self.focus_first()

    def _focus_moved(self) -> None:
        for name, place in zip(self._shown, self._rects, strict=False):
            if name in self._faces and self._faces[name].selected != self._has_focus(name):
                self._faces[name] = replace(self._faces[name], selected=self._has_focus(name))
                self.update(place)

    def _rebuild(self) -> None:
        self._rects = grid(len(self._shown), self.width(), self.height())
        if self._rects:
            self._layout = card_layout(self._rects[0].width(), self._rects[0].height())
        self._still_area = self._gaps = QRegion(self.rect())
        for rect in self._rects:
            self._still_area -= QRegion(self._layout.trace.translated(rect.topLeft()))
            self._gaps -= QRegion(rect.adjusted(1, 1, -1, -1))  # at a broken pixel ratio both share a row of pixels
        self._stills.clear()
        self._move_places()
        self.update()

    def _move_places(self) -> None:
        before: CardPlace | None = None
        for name, rect in zip(self._shown, self._rects, strict=False):
            self._places[name].setGeometry(rect)
            if before is not None:
                QWidget.setTabOrder(before, self._places[name])
            before = self._places[name]

    def _still(self, face: CardFace) -> QPixmap:
        ratio, head = self.devicePixelRatioF(), head_of(self._layout, face)
        key = (face.person.name, face.person.number, ratio, self._look.tokens.name, head.name_width, head.numbered)
        if key not in self._stills:
            self._stills[key] = still(self._look, self._layout, face, ratio)
        return self._stills[key]
