"""The soft disc that breathes, in the arc of coherence."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from biosync.gui import words
from biosync.gui.theme import BODY, LARGE, SMALL, SPACE, Look, font
from biosync.gui.widgets.cue_face import CueFace
from biosync.gui.widgets.ring import ring_region
from biosync.gui.widgets.shapes import mix
from biosync.gui.widgets.soft_disc import soft_brush
from biosync.gui.widgets.written import fitted_px, width_at

_ROOM = 0.92
"""The arc's diameter as a share of the view's height."""
_SMALL_ROOM = 0.45
"""The same for open eyes."""
_BELOW = 9.0 * SPACE
"""The height of the words below a small disc."""
_LARGEST = 0.82
"""The largest disc's radius as a share of the arc's."""
_SMALLEST = 0.56
"""The smallest disc's radius as a share of the largest's."""
_EDGE = 0.26
"""The soft edge's width as a share of the largest disc's radius."""
_WORDS = 0.62
"""Half the width of the words' place as a share of the same; longer words have more, up to the arc."""


class DiscCue(QWidget):
    """Paints a level of 0 to 1 as the disc's size; only the ring that has changed is painted again.

    The radius is set by ``move`` alone and never read from a clock while painting: what is on the screen and what
    the next ring is reckoned from are the same, so that no residue is left.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._face = CueFace()
        self._level = 0.0
        self._opacity = 1.0
        self._small = False
        self._center = QPointF()
        self._arc = self._largest = self._radius = 1.0
        self._arc_region = QRegion()
        self._text_rect = QRect()
        self._label_rect = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(words.tr("Breath cue"))
        look.changed.connect(self.update)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size in which the words fit the disc."""
        return QSize(320, 200)

    def show_face(self, face: CueFace) -> None:
        """Show these words and this coherence from now on."""
        before, self._face = self._face, face
        if face == before:
            return
        if abs(face.strength - before.strength) > 0.002:
            self.update(ring_region(self._center, 0.0, self._largest))
        if (face.word, face.pace) != (before.word, before.pace):
            self.update(self._text_rect)
            self._place_words()
            self.update(self._text_rect)
            self.setAccessibleDescription(", ".join(filter(None, (face.word, face.pace))))
        if (face.coherence, face.note, face.numbers) != (before.coherence, before.note, before.numbers):
            self.update(self._arc_region)
            self.update(self._label_rect)

    def make_small(self, small: bool) -> None:
        """Be small, for open eyes, or fill the view."""
        if small != self._small:
            self._small = small
            self._place()
            self.update()

    def move_to(self, level: float, word_opacity: float = 1.0) -> None:
        """Move the disc to ``level`` (0 to 1) and its word to ``word_opacity`` (0 to 1)."""
        self._level = level
        radius = self._radius_at(level)
        if abs(radius - self._radius) * self.devicePixelRatioF() >= 0.1:
            low, high = sorted((radius, self._radius))
            self.update(ring_region(self._center, low - self._edge - 1, high + 1))
            self._radius = radius
        if abs(word_opacity - self._opacity) > 0.01 or (word_opacity == 1.0) != (self._opacity == 1.0):
            self._opacity = word_opacity
            self.update(self._text_rect)

    @property
    def _edge(self) -> float:
        return self._largest * _EDGE

    def _radius_at(self, level: float) -> float:
        return self._largest * (_SMALLEST + (1 - _SMALLEST) * level)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out the disc, the arc and the words."""
        self._place()

    def _place(self) -> None:
        width, height = self.width(), self.height()
        self._center = QPointF(width / 2, height / 2 - (_BELOW / 2 if self._small else 0))
        self._arc = max(40.0, min(width, height) / 2 * (_SMALL_ROOM if self._small else _ROOM) - SPACE / 2)
        self._largest = self._arc * _LARGEST
        self._radius = self._radius_at(self._level)
        self._arc_region = ring_region(self._center, self._arc - 4, self._arc + 4)
        self._place_words()
        left = round(self._center.x() + (self._arc + 2 * SPACE if self._small else self._arc * 0.94))
        self._label_rect = QRect(left, round(self._center.y() - self._arc * 0.92), 260, 72)

    def _place_words(self) -> None:
        """Give the words the room that they need: what is painted outside of it would be cut, or stay behind."""
        self._text_rect = self._words_below() if self._small else self._words_within()

    def _words_within(self) -> QRect:
        word, pace = self._sizes()
        widest = max(width_at(self._face.word, word), width_at(self._face.pace, pace))
        half, high = max(self._largest * _WORDS, widest / 2 + 1), max(self._largest * _WORDS, 2.2 * (word + pace))
        return QRectF(self._center.x() - half, self._center.y() - high * 0.5, 2 * half, high).toAlignedRect()

    def _sizes(self) -> tuple[float, float]:
        """Return the sizes of the word and of the pace: smaller ones where they would reach over the arc."""
        scale = 0.8 if self._small else self._largest / 220
        word, pace = min(72.0, max(22.0, 34 * scale)), min(30.0, max(float(SMALL), BODY * scale))
        room = 4 * _BELOW if self._small else 2 * (self._arc - SPACE)
        return fitted_px(self._face.word, word, room), fitted_px(self._face.pace, pace, room)

    def _words_below(self) -> QRect:
        top = self._center.y() + self._arc + SPACE
        return QRectF(self._center.x() - 2 * _BELOW, top, 4 * _BELOW, _BELOW).toAlignedRect()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what ``event`` asks for."""
        region = event.region()
        painter = QPainter(self)
        brush = self._brush()
        for rect in region:  # type: ignore[attr-defined]  # PySide's stub forgets that regions are iterable
            painter.fillRect(rect.adjusted(-1, -1, 1, 1), brush)
        if region.intersects(self._arc_region):
            self._paint_arc(painter)
        if region.intersects(self._text_rect):
            self._paint_words(painter)
        if region.intersects(self._label_rect):
            self._paint_label(painter)
        painter.end()

    def _brush(self) -> QBrush:
        surface, disc = self._look.color("surface"), self._look.color("disc")
        core = mix(surface, disc, self._face.strength)
        return soft_brush(self._center, self._radius, self._edge, core, surface)

    def _paint_arc(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        coherence = self._face.coherence
        circle = QRectF(
            self._center.x() - self._arc, self._center.y() - self._arc, 2 * self._arc, 2 * self._arc
        )
        painter.setPen(self._track_pen())
        painter.drawEllipse(circle)
        if coherence.value is not None:
            color = self._look.color("quiet" if coherence.early else "accent")
            width = 1.5 if coherence.early else 3.0
            painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawArc(circle, 90 * 16, -round(min(100.0, max(0.0, coherence.value)) * 3.6 * 16))

    def _track_pen(self) -> QPen:
        state = self._face.coherence.state
        if state not in ("held", "lost"):
            return QPen(self._look.color("hairline"), 1.5)
        pen = QPen(self._look.color("warn" if state == "held" else "lost"), 1.5)
        pen.setDashPattern([6, 6] if state == "held" else [1, 6])
        return pen

    def _paint_words(self, painter: QPainter) -> None:
        if not self._face.word:
            return
        strength = 0.0 if self._small else self._face.strength  # below the disc they stand on the plain surface
        core = mix(self._look.color("surface"), self._look.color("disc"), strength)
        text = mix(self._look.color("text"), self._look.color("on_disc"), strength)
        word, pace = self._sizes()
        box = QRectF(self._text_rect)
        if self._face.pace:
            box.translate(0, -0.3 * word)
        _text(painter, box, self._face.word, word, mix(core, text, self._opacity))
        _text(painter, box.translated(0, word / 2 + pace + 2), self._face.pace, pace, mix(core, text, 0.88))

    def _paint_label(self, painter: QPainter) -> None:
        face, figure = self._face, self._face.coherence
        if figure.state in ("waiting", "private"):
            return
        box = QRectF(self._label_rect)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        quiet, live = self._look.color("quiet"), self._look.color("text")
        title = words.tr("coherence, early") if figure.early else words.tr("coherence")
        _text(painter, box, title, SMALL, quiet, left)
        color = {"live": live, "held": self._look.color("warn")}.get(figure.state, quiet)
        if figure.state in ("live", "warming") and figure.value is not None and face.numbers:
            _text(painter, box.adjusted(0, 16, 0, 0), words.whole(figure), LARGE - 4, color, left)
            box.translate(0, 34)
        note_color = self._look.color("alert") if figure.state == "lost" else color
        _text(painter, box.adjusted(0, 20, 0, 0), face.note, SMALL, note_color, left)


def _text(
    painter: QPainter,
    box: QRectF,
    text: str,
    size: float,
    color: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignCenter,
) -> None:
    painter.setFont(font(size))
    painter.setPen(color)
    painter.drawText(box, align, text)
