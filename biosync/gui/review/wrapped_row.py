"""A row that goes on in a second line where it is too narrow."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class WrappedRow(QLayout):
    """Lays its widgets out from left to right, line after line, as words are, with ``gap`` between them and
    ``line_gap`` between the lines; every line begins ``outdent`` to the left."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 0, line_gap: int = 0, outdent: int = 0) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._line_gap, self._outdent = gap, line_gap, outdent
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return the one at this place."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take the one at this place out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Return that it takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Return that it is higher where it is narrower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return how high it is at this width."""
        return self._lay_out(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put all in their places."""
        super().setGeometry(rect)
        self._lay_out(rect, place=True)

    def sizeHint(self) -> QSize:
        """Return the size of a single line."""
        sizes = [item.sizeHint() for item in self._items if not item.isEmpty()]
        wide = sum(one.width() for one in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(wide, max((one.height() for one in sizes), default=0))

    def minimumSize(self) -> QSize:
        """Return the size of its widest."""
        sizes = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(max((one.width() for one in sizes), default=0), max((one.height() for one in sizes), default=0))

    def _lay_out(self, rect: QRect, *, place: bool) -> int:
        begin, y, high = rect.left() - self._outdent, rect.top(), 0
        x = begin
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x > begin and x + size.width() > rect.right() + 1:
                x, y, high = begin, y + high + self._line_gap, 0
            if place:
                item.setGeometry(QRect(x, y, size.width(), size.height()))
            x, high = x + size.width() + self._gap, max(high, size.height())
        return y + high - rect.top()
