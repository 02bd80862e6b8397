"""Words that don't fit: labels and controls whose place is too small for their text, in whatever size and language, and
words painted by hand into a place that cuts them.

Also run by itself at another scale: ``QT_SCALE_FACTOR=2 python -m tests.gui.fitting 900x600 en,de [GROUP...]``.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionComboBox,
    QWidget,
)

from biosync.gui.widgets.labels import ElidedLabel
from biosync.preferences import Language
from tests.gui.made_charts import MARKERS

_LEAST_PX = 1.5
"""So much may be missing: sizes are whole numbers, texts are not."""


_WRITTEN = (*(one.text for one in MARKERS), "the door bell")
"""What the made-up people of the pictures wrote themselves."""


def wrong_with_sizes(whole: QWidget) -> Iterator[str]:
    """Say which texts are cut, which controls lie outside, and which bars scroll sideways."""
    QApplication.processEvents()
    yield from cut_when_painted(whole)
    for one in whole.findChildren(QWidget):
        if not one.isVisibleTo(whole) or one.window() is not whole.window():
            continue
        if isinstance(one, QScrollBar) and one.orientation() is Qt.Orientation.Horizontal and one.maximum() > 0:
            yield f"{type(one.parent().parent()).__name__} scrolls sideways"
        text = _text(one)
        if not text:
            continue
        missing = _missing(one)
        if missing:
            yield f"{text[:70]!r} is cut: {missing}"
        elif _outside(one, whole):
            yield f"{text[:70]!r} lies outside: {_place(one, whole).getRect()} of {whole.width()}x{whole.height()}"


def _text(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def _missing(widget: QWidget) -> str:
    """Return how much of its text ``widget`` has no room for, empty where it has."""
    if isinstance(widget, ElidedLabel):  # it says so by an ellipsis, and has the whole in its tooltip
        return "ends in an ellipsis" if _is_elided(widget.text()) else ""
    if isinstance(widget, QLabel) and widget.wordWrap():
        needs = widget.heightForWidth(widget.width())
        return f"{needs} px high in {widget.height()}" if needs > widget.height() + _LEAST_PX else ""
    if isinstance(widget, QComboBox):
        option = QStyleOptionComboBox()
        widget.initStyleOption(option)
        room = widget.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, widget).width()
        needs = widget.fontMetrics().horizontalAdvance(widget.currentText())
        return f"{needs} px wide in {room}" if needs > room + _LEAST_PX else ""
    hint, size = widget.sizeHint(), widget.size()
    if hint.width() > size.width() + _LEAST_PX:
        return f"{hint.width()} px wide in {size.width()}"
    return f"{hint.height()} px high in {size.height()}" if hint.height() > size.height() + _LEAST_PX else ""


def _is_elided(text: str) -> bool:
    """Tell if ``text`` is cut: only what people wrote themselves, as a marker, may end early, after a whole word."""
    shown, ellipsis, beyond = text.rstrip().rpartition("…")
    if not ellipsis or beyond:
        return False
    own = re.split(r"[:;,·] ", shown)[-1]
    return not own.endswith(" ") or not any(written.startswith(own.strip()) for written in _WRITTEN)


def _place(widget: QWidget, whole: QWidget) -> QRect:
    return QRect(widget.mapTo(whole, QPoint(0, 0)), widget.size())


def _outside(widget: QWidget, whole: QWidget) -> bool:
    """Tell if a part of ``widget`` lies outside of ``whole``; what scrolls may, above and below."""
    place, room = _place(widget, whole), whole.rect()
    scrolls = any(area.isAncestorOf(widget) for area in whole.findChildren(QScrollArea))
    across = place.left() < -1 or place.right() > room.right() + 1
    return across or (not scrolls and (place.top() < -1 or place.bottom() > room.bottom() + 1))


def cut_when_painted(whole: QWidget) -> list[str]:
    """Paint ``whole`` and say which of the words that it paints by hand reach over the place they are given."""
    wrong: dict[str, None] = {}
    draw = QPainter.drawText

    def look_and_draw(painter: QPainter, *args: object) -> object:
        told = _cut(painter, args)
        if told:
            wrong[told] = None
        return draw(painter, *args)  # type: ignore[call-overload]

    QPainter.drawText = look_and_draw  # type: ignore[method-assign]
    try:
        whole.grab()
    finally:
        QPainter.drawText = draw  # type: ignore[method-assign]
    return list(wrong)


def _cut(painter: QPainter, args: Sequence[object]) -> str:
    """Return how much of what ``drawText`` draws with these arguments is cut, empty where nothing is."""
    text = next((one for one in args if isinstance(one, str)), "")
    if _is_elided(text):
        return f"{text[:70]!r} is cut when painted: it ends in an ellipsis"
    needs = painter.fontMetrics().horizontalAdvance(text)
    if isinstance(args[0], QRect | QRectF):
        return _cut_by_its_box(painter, QRectF(args[0]), args, text, needs)
    if isinstance(args[0], QPoint | QPointF):
        device = painter.device()
        ratio = device.devicePixelRatio() if isinstance(device, QPixmap) else 1.0
        left, wide = painter.transform().map(QPointF(args[0])).x() / ratio, device.width() / ratio
        if text.strip() and (left < -_LEAST_PX or left + needs > wide + _LEAST_PX):
            return f"{text[:70]!r} is painted over the edge: {left:.0f} to {left + needs:.0f} of {wide:.0f}"
    return ""


def _cut_by_its_box(painter: QPainter, box: QRectF, args: Sequence[object], text: str, needs: int) -> str:
    flags = next((int(getattr(one, "value", one)) for one in args[1:] if not isinstance(one, str)), 0)
    if not text or flags & Qt.TextFlag.TextDontClip.value:
        return ""
    if needs > box.width() + _LEAST_PX and not flags & Qt.TextFlag.TextWordWrap.value:
        return f"{text[:70]!r} is cut when painted: {needs} px wide in {box.width():.0f}"
    high = painter.fontMetrics().tightBoundingRect(text).height()
    return f"{text[:70]!r} is cut when painted: {high} px high in {box.height():.0f}" if (
        high > box.height() + _LEAST_PX) else ""


def all_wrong(
    sizes: Sequence[tuple[int, int]], language: Language, groups: Sequence[str] = ()
) -> tuple[list[str], int]:
    """Return what is wrong in every view and state, as ``docs.screenshots`` shows them, and how many were looked at."""
    from biosync.gui.theme import Look
    from docs.screenshots import shots, shown_at, speaking

    told, seen, look = [], 0, Look()
    with speaking(language):
        for name, widget in shots(look, groups):
            for size in sizes:
                shown_at(widget, look, size)
                told += [f"{name} at {size[0]}x{size[1]} ({language}): {wrong}" for wrong in wrong_with_sizes(widget)]
            widget.hide()
            seen += 1
    return told, seen


def main(sizes: str, languages: str, *groups: str) -> int:
    """Print what is wrong, and how many views and states were looked at."""
    from biosync.gui.app import make_application

    application = make_application()
    at = [tuple(map(int, size.split("x"))) for size in sizes.split(",")]
    count = 0
    for language in languages.split(","):
        wrong, seen = all_wrong(at, language, groups)  # type: ignore[arg-type]
        count += seen
        print("".join(f"{one}\n" for one in wrong), end="")
    print(f"{count} looked at, at {application.devicePixelRatio():.0f} pixels each")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
