"""The list of sessions: a line each, with the course of the heart rate as a sparkline, painted by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from biosync.gui import words
from biosync.gui.review.row_words import RowWords, row_words
from biosync.gui.theme import BODY, RADIUS, SMALL, SPACE, Look, font
from biosync.gui.widgets.labels import whole_words

if TYPE_CHECKING:
    from biosync.store.review.listed import Listed

ROW_HIGH = 9 * SPACE
SPARK_WIDE, RANGE_WIDE = 36 * SPACE, 15 * SPACE
LEAST_BPM = 10.0
"""A course within fewer beats a minute is drawn as flat as it is."""
Index = QModelIndex | QPersistentModelIndex


class SessionModel(QAbstractListModel):
    """The sessions with their words."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Listed] = ()
        self._said: dict[int, RowWords] = {}

    def show(self, sessions: Sequence[Listed]) -> None:
        """Hold these sessions."""
        self.beginResetModel()
        self._rows, self._said = sessions, {}
        self.endResetModel()

    def session(self, row: int) -> Listed:
        """Return the session in this line."""
        return self._rows[row]

    def words(self, row: int) -> RowWords:
        """Return the words of this line, made when they are first seen: there may be thousands."""
        if row not in self._said:
            self._said[row] = row_words(self._rows[row])
        return self._said[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what Qt asks for: the words, or the row itself."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.words(index.row()).aloud
        return None


class SessionList(QListView):
    """``wanted`` tells that the session in hand is to be opened. Letters keep the meaning they have on the page."""

    wanted = Signal()
    turned = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._model = SessionModel()
        self.setModel(self._model)
        self.setItemDelegate(_Painter(look, self))
        self.setUniformItemSizes(True)
        self.setObjectName("sessions")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName(words.tr("Sessions"))
        self.doubleClicked.connect(lambda _: self.wanted.emit())
        self.selectionModel().currentChanged.connect(lambda *_: self.turned.emit())
        look.changed.connect(self.viewport().update)

    @property
    def current(self) -> Listed | None:
        """The session in hand."""
        index = self.currentIndex()
        return self._model.session(index.row()) if index.isValid() else None

    @property
    def lines(self) -> list[str]:
        """What the list says, line by line."""
        return [str(self._model.index(row).data()) for row in range(self._model.rowCount())]

    def line(self, row: int) -> tuple[Listed, RowWords]:
        """Return the session in a line, and its words."""
        return self._model.session(row), self._model.words(row)

    def show_sessions(self, sessions: Sequence[Listed]) -> None:
        """Show ``sessions``; the one in hand stays so, where it is still there."""
        before = self.current
        row = self.currentIndex().row()
        self._model.show(sessions)
        ids = [one.session.id for one in sessions]
        if before is not None and before.session.id in ids:
            row = ids.index(before.session.id)
        self.setCurrentIndex(self._model.index(max(0, min(row, len(ids) - 1))))

    def choose(self, id: str) -> None:
        """Take the session of this id in hand."""
        for row in range(self._model.rowCount()):
            if self._model.session(row).session.id == id:
                self.setCurrentIndex(self._model.index(row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, open with Enter, or leave the key to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit()
        elif event.text().strip() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Painter(QStyledItemDelegate):
    """Paints a line: people, badges and detail on the left, the sparkline on the right."""

    def __init__(self, look: Look, parent: SessionList) -> None:
        super().__init__(parent)
        self._look, self._list = look, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return how high a line is."""
        return QSize(40 * SPACE, ROW_HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        one, said = self._list.line(index.row())
        state, box = option.state, QRectF(option.rect).adjusted(1, 2, -1, -2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, box, state)
        inner = box.adjusted(2 * SPACE, 0, -2 * SPACE, 0)
        wide = min(SPARK_WIDE + RANGE_WIDE, inner.width() * 0.45)
        self._spark(painter, QRectF(inner.right() - wide, inner.top(), wide, inner.height()), one, said)
        self._words(painter, inner.adjusted(0, 0, -wide - 3 * SPACE, 0), said)
        painter.restore()

    def _ground(self, painter: QPainter, box: QRectF, state: QStyle.StateFlag) -> None:
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.color("pressed" if chosen else "raised"))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        if chosen and self._list.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._look.color("accent"), 1.5))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _words(self, painter: QPainter, box: QRectF, said: RowWords) -> None:
        face = font(BODY, strong=True)
        metrics = QFontMetricsF(face)
        room = box.width() - sum(self._badge_width(text) + SPACE for text, _ in said.badges)
        title = metrics.elidedText(said.title, Qt.TextElideMode.ElideRight, max(room, 6.0 * SPACE))
        painter.setFont(face)
        painter.setPen(self._look.color("text"))
        line = QRectF(box.left(), box.top() + SPACE, box.width(), 3 * SPACE)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        left = box.left() + metrics.horizontalAdvance(title) + SPACE
        for text, role in said.badges:
            left = self._badge(painter, QPointF(left, line.center().y()), text, role)
        small = font(SMALL)
        painter.setFont(small)
        painter.setPen(self._look.color("quiet"))
        detail = whole_words(QFontMetricsF(small), said.detail, box.width())
        under = line.translated(0, 3 * SPACE - 2)
        painter.drawText(under, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, detail)

    def _badge_width(self, text: str) -> float:
        return QFontMetricsF(font(SMALL, strong=True)).horizontalAdvance(text) + 2 * SPACE

    def _badge(self, painter: QPainter, at: QPointF, text: str, role: str) -> float:
        box = QRectF(at.x(), at.y() - 10, self._badge_width(text), 20)
        if role == "badge":
            tokens = self._look.tokens
            painter.setPen(self._look.color("warn" if tokens.badge == tokens.surface else "badge"))
            painter.setBrush(self._look.color("badge"))
            painter.drawRoundedRect(box, 9, 9)
        painter.setFont(font(SMALL, strong=role == "badge"))
        painter.setPen(self._look.color("warn"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return box.right() + SPACE

    def _spark(self, painter: QPainter, box: QRectF, one: Listed, said: RowWords) -> None:
        painter.setFont(font(SMALL))
        painter.setPen(self._look.color("quiet"))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, said.course)
        area = box.adjusted(0, 2 * SPACE, -RANGE_WIDE, -2 * SPACE)
        draw_spark(painter, area, one.course or (), self._look.color("accent"))


def draw_spark(painter: QPainter, area: QRectF, course: Sequence[float | None], color: QColor) -> None:
    """Draw a course between its lowest and its highest; what is not known is left open."""
    known = [value for value in course if value is not None]
    if not known:
        return
    span = max(max(known) - min(known), LEAST_BPM)
    base = (max(known) + min(known) - span) / 2
    step = area.width() / max(1, len(course) - 1)
    painter.setPen(QPen(color, 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    line: list[QPointF] = []
    for place, value in enumerate([*course, None]):
        if value is not None:
            line.append(QPointF(area.left() + place * step, area.bottom() - (value - base) / span * area.height()))
            continue
        if len(line) > 1:
            painter.drawPolyline(QPolygonF(line))
        elif len(line) == 1:
            painter.drawEllipse(line[0], 1.0, 1.0)
        line = []
