"""One client's card: what stays (a pixmap) and what changes with each beat."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QRegion

from biosync.gui import words
from biosync.gui.state import Figure, Figures
from biosync.gui.theme import BODY, LARGE, RADIUS, SMALL, SPACE, Look, font, person_shape
from biosync.gui.widgets.card_face import TRACE_S, CardFace, state_token
from biosync.gui.widgets.card_head import NAME_AT, head_of, why_no_curve
from biosync.gui.widgets.card_layout import CardLayout
from biosync.gui.widgets.shapes import draw_shape
from biosync.gui.widgets.trace import Axes, HeartLines, draw_heart, draw_series, slid_to

HISTORY_S, HISTORY_STEP_S = 300.0, 5.0
"""So much of the coherence a card's history holds, and so much at a time it slides on: a value comes so often."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def still(look: Look, layout: CardLayout, face: CardFace, ratio: float) -> QPixmap:
    """Return the part of a card that stays: its ground, shape, name, labels and middle line."""
    person = face.person
    pixmap = QPixmap(round(layout.width * ratio), round(layout.height * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(look.color("surface"))
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    high = look.tokens.name == "high contrast"
    painter.setPen(QPen(look.color("hairline"), 1) if high else Qt.PenStyle.NoPen)
    painter.setBrush(look.color("raised"))
    painter.drawRoundedRect(QRectF(0.5, 0.5, layout.width - 1, layout.height - 1), RADIUS, RADIUS)
    head, shown = layout.head, head_of(layout, face)
    color = look.person_color(person.number)
    draw_shape(painter, person_shape(person.number), QPointF(head.left() + 7, head.center().y()), 5.5, color)
    name = QRectF(head.left() + NAME_AT, head.top(), shown.name_width, head.height())
    _text(painter, name, person.name, BODY, look.color("text"), strong=True)
    if shown.numbered:
        number = head.adjusted(NAME_AT + shown.name_width + 6, 0, 0, 0)
        _text(painter, number, f"{person.number + 1}", SMALL, look.color("lost"))
    quiet = look.color("quiet")
    titles = [(layout.rmssd, "RMSSD"), (layout.coherence, words.tr("coherence"))]
    if layout.compact:
        titles.append((layout.rate, words.tr("bpm")))
    for box, title in titles:
        _text(painter, QRectF(box.left(), box.top(), box.width(), 18), title, SMALL, quiet)
    _paint_middle(painter, look, layout)
    if layout.history_title.height():
        _text(painter, layout.history_title, words.tr("coherence, 5 min"), SMALL, quiet)
    if layout.scale.height():
        _text(painter, layout.scale, words.tr("heart rate, 60 s"), SMALL, quiet)
    painter.end()
    return pixmap


def paint_ground(painter: QPainter, look: Look, layout: CardLayout) -> None:
    """Paint what of ``still`` lies under the curve: to fill it takes half the time of copying it."""
    painter.fillRect(layout.trace, look.color("raised"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_middle(painter, look, layout)


def curve_end(layout: CardLayout, now: float, share: float) -> float:
    """Return the time (s) at which a card's curve ends at ``now``; ``share`` (0 to 1): cards take turns in sliding."""
    return slid_to(now, TRACE_S, _trace_box(layout).width(), share)


def history_end(now: float, share: float) -> float:
    """Return the time (s) at which a card's history ends at ``now``; ``share`` (0 to 1): cards take turns, here too."""
    return (ceil(now / HISTORY_STEP_S - share) + share) * HISTORY_STEP_S


def sliding(layout: CardLayout, face: CardFace, lines: HeartLines) -> QRect:
    """Return the part of a card that another end of its curve changes."""
    if not lines.are_of(face.person):
        return layout.trace
    top, bottom = lines.reach
    box = QRectF(layout.trace.left(), top, layout.trace.width(), bottom - top)
    return box.toAlignedRect().intersected(layout.trace)


def paint(
    painter: QPainter, look: Look, layout: CardLayout, face: CardFace, asked: QRegion, lines: HeartLines,
    ends_s: tuple[float, float],
) -> None:
    """Paint what changes on a card, as far as ``asked`` (in the card's coordinates) touches it; ``lines`` are those of
    this card, made before, and its curve and its history end at ``ends_s``."""
    if asked.intersects(layout.trace):
        _paint_trace(painter, look, layout, face, ends_s[0], lines)
    if layout.history.height() and asked.intersects(layout.history):
        _paint_history(painter, look, layout, face, ends_s[1])
    above = QRectF(0, 0, layout.width, layout.trace.top() - 1).toAlignedRect()
    if asked.intersects(above):
        _paint_state(painter, look, layout, face)
        _paint_figures(painter, look, layout, face.shown)
        if layout.scale.height() and len(face.person.beat_t) and "heart_rate" not in face.person.hidden:
            scale = words.tr("{low} to {high} bpm").format(
                low=words.number(face.range_bpm[0]), high=words.number(face.range_bpm[1]))
            _text(painter, layout.scale, scale, SMALL, look.color("quiet"), _RIGHT)


def _paint_state(painter: QPainter, look: Look, layout: CardLayout, face: CardFace) -> None:
    token = state_token(face)
    head = layout.head
    if token != "quiet":
        painter.fillRect(QRectF(0, head.top() - 4, 3, head.height() + 8), look.color(token))
    shown = head_of(layout, face)
    state = head.adjusted(shown.state_at, 0, 0, 0)
    _text(painter, state, shown.said, SMALL, look.color(token), _RIGHT)
    if face.bond is not None and shown.bond:
        _text(painter, state, shown.bond, SMALL, look.color("accent" if face.bond.together else "quiet"))


def _paint_figures(painter: QPainter, look: Look, layout: CardLayout, shown: Figures) -> None:
    ms = words.tr("ms")
    small = [(layout.rmssd, shown.rmssd, ms), (layout.coherence, shown.coherence, "")]
    if layout.compact:
        small.append((layout.rate, shown.heart_rate, ""))
    else:
        _paint_rate(painter, look, layout.rate, shown.heart_rate)
    for box, figure, unit in small:
        _paint_small(painter, look, box.adjusted(0, 17, 0, 0), figure, unit)


def _paint_rate(painter: QPainter, look: Look, box: QRectF, figure: Figure) -> None:
    live = figure.state == "live"
    value = words.whole(figure)
    if figure.state == "private":
        _text(painter, box, value, BODY, look.color("lost"))
        return
    _text(painter, box, value, LARGE, look.color("text" if live else "lost"))
    right = _width(painter, value, LARGE) + 8
    _text(painter, box.adjusted(right, LARGE * 0.28, 0, 0), words.tr("bpm"), SMALL, look.color("quiet"))


def _paint_small(painter: QPainter, look: Look, box: QRectF, figure: Figure, unit: str) -> None:
    value = words.whole(figure)
    text = f"{value} {unit}".strip() if figure.value is not None else value
    token = "text" if figure.state == "live" else "quiet" if figure.early else "lost"
    _text(painter, box, text, BODY, look.color(token), strong=figure.state == "live")


def _paint_trace(
    painter: QPainter, look: Look, layout: CardLayout, face: CardFace, end_s: float, lines: HeartLines
) -> None:
    box = layout.trace
    axes = Axes(_trace_box(layout), end_s, TRACE_S, *face.range_bpm)
    live = face.shown.heart_rate.state in ("live", "warming")
    color = look.person_color(face.person.number) if live else look.color("lost")
    if face.shown.signal == "hr_only":
        painter.fillRect(box, look.color("raised"))  # or the curve's line would run through the words
        painter.setFont(font(SMALL))
        painter.setPen(look.color("quiet"))
        said = why_no_curve(face, box.width(), box.height())
        painter.drawText(QRectF(box), Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter, said)
        return
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    end = draw_heart(painter, axes, face.person, color, look.color("warn"), lines)
    if end is not None and face.shown.signal == "lost":
        pen = QPen(look.color("lost"), 1.0)
        pen.setDashPattern([1, 3])
        painter.setPen(pen)
        painter.drawLine(end, QPointF(axes.rect.right(), end.y()))
    painter.restore()


def _trace_box(layout: CardLayout) -> QRectF:
    return QRectF(layout.trace).adjusted(0, 7, -1, -2)


def _paint_history(painter: QPainter, look: Look, layout: CardLayout, face: CardFace, end_s: float) -> None:
    box = QRectF(layout.history).adjusted(0, 0, -1, -2)
    person = face.person
    if "coherence" in person.hidden:
        return
    draw_series(painter, Axes(box, end_s, HISTORY_S, 0, 100), person.coherence_t, person.coherence, look.color("quiet"))


def _paint_middle(painter: QPainter, look: Look, layout: CardLayout) -> None:
    painter.setPen(QPen(look.color("hairline"), 0))
    middle = layout.trace.center().y() + 0.5
    painter.drawLine(QLineF(layout.trace.left(), middle, layout.trace.right(), middle))


def _text(
    painter: QPainter,
    box: QRectF,
    text: str,
    size: float,
    color: QColor,
    align: Qt.AlignmentFlag = _LEFT,
    *,
    strong: bool = False,
) -> None:
    if box.width() < 2 * SPACE:
        return
    painter.setFont(font(size, strong=strong))
    painter.setPen(color)
    fitted = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) + 1)
    painter.drawText(box, align, fitted)


def _width(painter: QPainter, text: str, size: float, *, strong: bool = False) -> int:
    painter.setFont(font(size, strong=strong))
    return painter.fontMetrics().horizontalAdvance(text)
