"""A row that goes on in a second line where it is too narrow."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class WrappedRow(QWidget):
    """Has its widgets from left to right, line after line, as words are, with ``gap`` between them and ``line_gap``
    between the lines.

    A widget, not a layout: the items of a layout belong to Qt, which deletes them unseen by Python, and a layout that
    is written in Python asks them all the same. That crashed biosync after a change of language.
    """

    def __init__(self, *, gap: int = 0, line_gap: int = 0) -> None:
        super().__init__()
        self._widgets: list[QWidget] = []
        self._gap, self._line_gap = gap, line_gap
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Take one more; it belongs to the row from now on."""
        self._widgets.append(widget)
        hidden = widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide) and widget.isHidden()
        widget.setParent(self)
        widget.setVisible(not hidden)
        self._change()

    def clear(self) -> None:
        """Let go of all."""
        for widget in self._widgets:
            widget.hide()
            widget.deleteLater()
        self._widgets.clear()
        self._change()

    def hasHeightForWidth(self) -> bool:
        """Return that it is higher where it is narrower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high it is at this width."""
        places = self._places(width)
        return max((place.bottom() + 1 for _, place in places), default=0)

    def sizeHint(self) -> QSize:
        """Return the size of a single line."""
        sizes = [_size(widget) for widget in self._shown()]
        wide = sum(one.width() for one in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(wide, max((one.height() for one in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        """Return the size of its widest."""
        sizes = [_size(widget) for widget in self._shown()]
        return QSize(max((one.width() for one in sizes), default=0), max((one.height() for one in sizes), default=0))

    def event(self, event: QEvent) -> bool:
        """One of the widgets may have another size, or be hidden or shown."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._change()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put all in their places."""
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        """What was changed while it was not seen was not told."""
        self._change()

    def _change(self) -> None:
        self.updateGeometry()
        self._place()

    def _place(self) -> None:
        for widget, place in self._places(self.width()):
            widget.setGeometry(place)

    def _shown(self) -> list[QWidget]:
        return [widget for widget in self._widgets if not widget.isHidden()]

    def _places(self, width: int) -> list[tuple[QWidget, QRect]]:
        """Return where each goes in a row of this ``width``."""
        places: list[tuple[QWidget, QRect]] = []
        x = y = high = 0
        for widget in self._shown():
            size = _size(widget)
            if x > 0 and x + size.width() > width:
                x, y, high = 0, y + high + self._line_gap, 0
            places.append((widget, QRect(x, y, size.width(), size.height())))
            x, high = x + size.width() + self._gap, max(high, size.height())
        return places


def _size(widget: QWidget) -> QSize:
    wished = widget.sizeHint().expandedTo(widget.minimumSizeHint())
    return wished.boundedTo(widget.maximumSize()).expandedTo(widget.minimumSize())
