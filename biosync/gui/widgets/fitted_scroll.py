"""A list of rows that scrolls where there is no room for it, and is no higher than its rows where there is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from biosync.gui.theme import SPACE


class FittedScroll(QScrollArea):
    """``rows`` is the layout that the rows go into."""

    def __init__(self) -> None:
        super().__init__()
        self._holder = QWidget()
        self._holder.setObjectName("page")
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(SPACE)
        column.addLayout(self.rows)
        column.addStretch()
        self.setWidget(self._holder)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the height whenever the rows ask for another one."""
        taken = super().eventFilter(watched, event)
        if watched is self._holder and event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self.setMaximumHeight(self._holder.sizeHint().height())
        return taken
