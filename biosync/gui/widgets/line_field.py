"""A field for one line of text that a person writes."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit


class LineField(QLineEdit):
    """``asks`` stands in it while it is empty, and is its accessible name; ``tooltip`` says what it is for."""

    def __init__(self, asks: str, tooltip: str) -> None:
        super().__init__()
        self.setPlaceholderText(asks)
        self.setAccessibleName(asks)
        self.setToolTip(tooltip)
