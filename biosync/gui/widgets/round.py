"""The shared cue with the people round it: each breathes at their own measured breath, bands join who is in step."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from biosync.gui import words
from biosync.gui.theme import BODY, LARGE, SMALL, SPACE, Look, font, person_shape
from biosync.gui.widgets.band_paint import paint_band
from biosync.gui.widgets.ring import ring_region
from biosync.gui.widgets.round_layout import RoundLayout, round_layout
from biosync.gui.widgets.shapes import draw_shape, mix
from biosync.gui.widgets.soft_disc import soft_brush
from biosync.gui.widgets.written import width_at
from biosync.snapshot import PairView

_SMALLEST, _EDGE = 0.62, 0.26
_QUIET = 0.82
"""A person whose breath is not known rests at this share of the seat."""
_LEAST_BREATH, _MOST_BREATH = 0.7, 1.0
_SMALL = 0.55
"""The shared cue's size for open eyes, as a share of the usual one."""
_STEP = 0.3
"""A person is painted again from so many device pixels of change on."""


_SIDES = {
    -1: Qt.AlignmentFlag.AlignRight, 0: Qt.AlignmentFlag.AlignHCenter, 1: Qt.AlignmentFlag.AlignLeft
}
_FEW = 3
"""Of more people than these only the bands in step are painted, and thinner ones."""
_LEAST_HALF = 60.0


@dataclass(frozen=True, slots=True)
class Sitter:
    """One person as the ring shows them; ``state`` is said under the name, empty while all is well."""

    name: str
    number: int
    state: str = ""
    live: bool = True
    left: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class RoundFace:
    """What the ring shows besides its motion."""

    word: str = ""
    pace: str = ""
    strength: float = 1.0
    sitters: tuple[Sitter, ...] = ()
    pairs: tuple[PairView, ...] = ()


class Round(QWidget):
    """Paints the disc's level and the people's breaths; only what has changed is painted again.

    Sizes are set by ``move_to`` and ``breathe`` alone and never read from a clock while painting, so that no residue
    is left. Ground, bands and names are kept as one picture.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._face = RoundFace()
        self._layout: RoundLayout = round_layout(640, 400, 0)
        self._level, self._radius, self._opacity = 0.0, 1.0, 1.0
        self._sizes: list[float] = []
        self._small = False
        self._ground: QPixmap | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(words.tr("The shared breath cue, and who breathes with it"))
        look.changed.connect(self._rebuild)

    @property
    def sizes(self) -> tuple[float, ...]:
        """The people's radii as they were last painted, in device independent pixels."""
        return tuple(self._sizes)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size in which the words fit the disc."""
        return QSize(320, 200)

    def show_face(self, face: RoundFace) -> None:
        """Show these words, people and bands from now on."""
        before, words_before, self._face = self._face, self._text_rect, face
        if len(face.sitters) != len(before.sitters):
            self._lay_out()
        elif (face.sitters, face.pairs) != (before.sitters, before.pairs):
            self._rebuild()
        if abs(face.strength - before.strength) > 0.002:
            self.update(ring_region(self._layout.center, 0.0, self._layout.disc))
        if (face.word, face.pace) != (before.word, before.pace):
            self.update(self._text_rect.united(words_before))
        if (face.word, face.pace, face.sitters) != (before.word, before.pace, before.sitters):
            self.setAccessibleDescription(_spoken(face))

    def make_small(self, small: bool) -> None:
        """Let the shared cue be small, for open eyes, or as large as there is room for."""
        if small != self._small:
            self._small = small
            self._lay_out()

    def move_to(self, level: float, word_opacity: float = 1.0) -> None:
        """Move the disc to ``level`` (0 to 1) and its word to ``word_opacity`` (0 to 1)."""
        self._level = level
        radius = self._radius_at(level)
        if abs(radius - self._radius) * self.devicePixelRatioF() >= 0.1:
            low, high = sorted((radius, self._radius))
            self.update(ring_region(self._layout.center, low - self._edge - 1, high + 1))
            self._radius = radius
        if abs(word_opacity - self._opacity) > 0.01 or (word_opacity == 1.0) != (self._opacity == 1.0):
            self._opacity = word_opacity
            self.update(self._text_rect)

    def breathe(self, levels: tuple[float | None, ...]) -> None:
        """Move each person to their breath's level (0 to 1), or (None) to rest."""
        for place, level in enumerate(levels[: len(self._sizes)]):
            share = _QUIET if level is None else _LEAST_BREATH + (_MOST_BREATH - _LEAST_BREATH) * level
            size = self._layout.seat * share
            if abs(size - self._sizes[place]) * self.devicePixelRatioF() >= _STEP:
                self._sizes[place] = size
                self.update(self._layout.seat_rect(place).toAlignedRect())

    @property
    def _edge(self) -> float:
        return self._layout.disc * _EDGE

    @property
    def _text_rect(self) -> QRect:
        center, (word, pace) = self._layout.center, self._letters()
        widest = max(width_at(self._face.word, word), width_at(self._face.pace, pace))
        half = max(_LEAST_HALF, self._layout.disc * _SMALLEST, widest / 2 + 1)
        high = max(_LEAST_HALF, self._layout.disc * _SMALLEST) * 0.6
        return QRectF(center.x() - half, center.y() - high, 2 * half, 2 * high).toAlignedRect()

    def _letters(self) -> tuple[float, float]:
        """Return the sizes of the word and of the pace."""
        scale = self._layout.disc / 180
        return min(60.0, max(16.0, LARGE * scale)), min(28.0, max(SMALL - 1.0, BODY * scale))

    def _radius_at(self, level: float) -> float:
        return self._layout.disc * (_SMALLEST + (1 - _SMALLEST) * level)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay all out anew."""
        self._lay_out()

    def _lay_out(self) -> None:
        whole = round_layout(self.width(), self.height(), len(self._face.sitters))
        self._layout = replace(whole, disc=whole.disc * _SMALL) if self._small else whole
        self._radius = self._radius_at(self._level)
        self._sizes = [self._layout.seat * _QUIET] * len(self._face.sitters)
        self._rebuild()

    def _rebuild(self) -> None:
        self._ground = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what ``event`` asks for."""
        region = event.region()
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        if self._ground is None or self._ground.devicePixelRatio() != ratio:
            self._ground = self._paint_ground(ratio)
        painter.setClipRegion(region)
        painter.drawPixmap(0, 0, self._ground)
        disc = ring_region(self._layout.center, 0.0, self._layout.disc).intersected(region)
        brush = soft_brush(self._layout.center, self._radius, self._edge, self._core, self._look.color("surface"))
        for rect in disc:  # type: ignore[attr-defined]  # PySide's stub forgets that regions are iterable
            painter.fillRect(rect, brush)
        if region.intersects(self._text_rect):
            self._paint_words(painter)
        for place, sitter in enumerate(self._face.sitters):
            if region.intersects(self._layout.seat_rect(place).toAlignedRect()):
                self._paint_sitter(painter, place, sitter)
        painter.end()

    @property
    def _core(self) -> QColor:
        return mix(self._look.color("surface"), self._look.color("disc"), self._face.strength)

    def _paint_ground(self, ratio: float) -> QPixmap:
        ground = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
        ground.setDevicePixelRatio(ratio)
        ground.fill(self._look.color("surface"))
        painter = QPainter(ground)
        places = {sitter.name: place for place, sitter in enumerate(self._face.sitters)}
        share = 1.0 if len(places) <= _FEW else 0.6
        for pair in self._face.pairs:
            seen = len(places) <= _FEW or pair.now.in_step != "apart"
            if seen and all(name in places for name in pair.people):
                first, second = (places[name] for name in pair.people)
                colors = (self._color(self._face.sitters[first]), self._color(self._face.sitters[second]))
                paint_band(painter, self._look, self._layout.band(first, second), colors, pair, share)
        for place, sitter in enumerate(self._face.sitters):
            self._paint_name(painter, self._layout.name_rect(place), sitter, self._layout.beside(place))
        painter.end()
        return ground

    def _color(self, sitter: Sitter) -> QColor:
        return self._look.person_color(sitter.number) if sitter.live else self._look.color("lost")

    def _paint_name(self, painter: QPainter, box: QRectF, sitter: Sitter, beside: int) -> None:
        middle = _SIDES[beside] | Qt.AlignmentFlag.AlignTop
        lines = SMALL + SPACE if sitter.state else 0
        box = box.translated(0, (box.height() - lines - SMALL - SPACE / 2) / 2)
        painter.setFont(font(SMALL + 2, strong=True))
        painter.setPen(self._look.color("accent" if sitter.chosen else "text" if sitter.live else "quiet"))
        name = painter.fontMetrics().elidedText(sitter.name, Qt.TextElideMode.ElideRight, round(box.width()))
        painter.drawText(box, middle, name)
        painter.setFont(font(SMALL))
        painter.setPen(self._look.color("quiet" if sitter.live or sitter.left else "warn"))
        painter.drawText(box.translated(0, SMALL + SPACE), middle, sitter.state)

    def _paint_sitter(self, painter: QPainter, place: int, sitter: Sitter) -> None:
        at, size = self._layout.seat_at(place), self._sizes[place]
        shape, color = person_shape(sitter.number), self._color(sitter)
        if sitter.live:
            draw_shape(painter, shape, at, size, color)
            return
        # A heart that is not heard now: the outline is there, the body of the shape is not.
        draw_shape(painter, shape, at, size, color)
        draw_shape(painter, shape, at, size - 3.0, self._look.color("surface"))

    def _paint_words(self, painter: QPainter) -> None:
        text = mix(self._look.color("text"), self._look.color("on_disc"), self._face.strength)
        word, pace = self._letters()
        box = QRectF(self._text_rect)
        if self._face.pace:
            box.translate(0, -0.3 * word)
        self._write(painter, box, self._face.word, word, mix(self._core, text, self._opacity))
        self._write(painter, box.translated(0, word / 2 + pace + 2), self._face.pace, pace, mix(self._core, text, 0.88))

    def _write(self, painter: QPainter, box: QRectF, text: str, size: float, color: QColor) -> None:
        painter.setFont(font(size))
        painter.setPen(QPen(color))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _spoken(face: RoundFace) -> str:
    """Return for those who hear the screen what the disc says, and who breathes with it."""
    cue = ", ".join(part for part in (face.word, face.pace) if part)
    people = (f"{one.name}: {one.state}" if one.state else one.name for one in face.sitters)
    return "; ".join(part for part in (cue, *people) if part)
