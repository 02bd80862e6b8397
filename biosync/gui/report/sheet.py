"""A sheet of paper that is filled from top to bottom: text in three sizes, lines, badges."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from biosync.gui.theme import PAPER, PAPER_BODY, PAPER_LARGE, PAPER_SMALL, SPACE, font

WIDTH, HEIGHT = 794.0, 1123.0
"""A4 in 1/96 inch."""
MARGIN = 7.0 * SPACE
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class Sheet:
    """``y`` is how far it is filled; ``left`` and ``right`` are where its text begins and ends (1/96 inch)."""

    def __init__(self, painter: QPainter) -> None:
        self.painter = painter
        self.left, self.right = MARGIN, WIDTH - MARGIN
        self.y = MARGIN

    @property
    def width(self) -> float:
        """How wide the text is."""
        return self.right - self.left

    def skip(self, steps: float = 1.0) -> None:
        """Leave so many steps of 8 free."""
        self.y += steps * SPACE

    def line(self, text: str, *, size: float = PAPER_BODY, token: str = "text", strong: bool = False,
             left: float | None = None) -> float:
        """Write one line, shortened with … where it is too long; return where it ends."""
        left = self.left if left is None else left
        face, metrics = self._face(size, strong)
        fitted = metrics.elidedText(text, Qt.TextElideMode.ElideRight, self.right - left)
        self._write(QRectF(left, self.y, self.right - left, metrics.height()), fitted, face, token)
        self.y += metrics.height()
        return left + metrics.horizontalAdvance(fitted)

    def right_line(self, text: str, *, size: float = PAPER_SMALL, token: str = "quiet") -> None:
        """Write a line that ends at the right margin, beside what comes next."""
        face, metrics = self._face(size, False)
        box = QRectF(self.left, self.y, self.width, metrics.height())
        self._write(box, text, face, token, Qt.AlignmentFlag.AlignRight)

    def paragraph(self, text: str, *, size: float = PAPER_BODY, token: str = "text") -> None:
        """Write text in as many lines as it takes."""
        face, metrics = self._face(size, False)
        height = metrics.boundingRect(QRectF(0, 0, self.width, HEIGHT), _WRAP, text).height()
        self.painter.setFont(face)
        self.painter.setPen(QColor(getattr(PAPER, token)))
        self.painter.drawText(QRectF(self.left, self.y, self.width, height + 1), _WRAP, text)
        self.y += height

    def height_of(self, text: str, size: float = PAPER_BODY) -> float:
        """Return how high ``paragraph`` would be."""
        return self._face(size, False)[1].boundingRect(QRectF(0, 0, self.width, HEIGHT), _WRAP, text).height()

    def heading(self, text: str) -> None:
        """Write the name of a part, with a hairline above it."""
        self.painter.setPen(QPen(QColor(PAPER.hairline), 0.6))
        self.painter.drawLine(QPointF(self.left, self.y), QPointF(self.right, self.y))
        self.skip(1)
        self.line(text, strong=True)
        self.skip(0.5)

    def title(self, text: str, badges: list[str]) -> None:
        """Write the title, with the badges behind it."""
        top, room = self.y, 112.0 * len(badges)
        self.right -= room
        end = self.line(text, size=PAPER_LARGE)
        self.right += room
        for badge in badges:
            end = self._badge(badge, end + 2 * SPACE, top)

    def cell(self, place: int, columns: int, name: str, value: str, what: str, *, known: bool) -> None:
        """Write a figure into column ``place`` of ``columns``, without moving on."""
        top, width = self.y, self.width / columns
        left = self.left + place * width
        for text, size, token, strong, down in (
            (name, PAPER_SMALL, "quiet", False, 0.0),
            (value, 16.0 if known else PAPER_BODY, "text" if known else "quiet", known, 15.0 if known else 17.0),
            (what, PAPER_SMALL, "quiet", False, 36.0),
        ):
            face, metrics = next(
                (one for one in (self._face(size - less, strong) for less in (0.0, 1.0, 2.0))
                 if one[1].horizontalAdvance(text) <= width - SPACE), self._face(size - 2.0, strong))
            fitted = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - SPACE)
            self._write(QRectF(left, top + down, width - SPACE, metrics.height()), fitted, face, token)

    def _badge(self, text: str, left: float, top: float) -> float:
        face, metrics = self._face(PAPER_SMALL, True)
        width = metrics.horizontalAdvance(text) + 2 * SPACE
        box = QRectF(left, top + 8, width, 18)
        self.painter.setPen(QPen(QColor(PAPER.warn), 1.0))
        self.painter.drawRoundedRect(box, 9, 9)
        self._write(box, text, face, "warn", Qt.AlignmentFlag.AlignCenter)
        return left + width

    def _write(self, box: QRectF, text: str, face: QFont, token: str,
               align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
        self.painter.setFont(face)
        self.painter.setPen(QColor(getattr(PAPER, token)))
        self.painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter, text)

    def _face(self, size: float, strong: bool) -> tuple[QFont, QFontMetricsF]:
        face = font(size, strong=strong, tabular=False)
        return face, QFontMetricsF(face)
