"""The results of a session in one quiet row: a name, a value, and what it is in the tooltip."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from biosync.gui.results import Result
from biosync.gui.review.wrapped_row import WrappedRow
from biosync.gui.theme import SPACE
from biosync.gui.widgets.labels import ElidedLabel, label


class ResultsRow(QWidget):
    """As many results as there are, beside each other."""

    def __init__(self) -> None:
        super().__init__()
        self._row = WrappedRow(gap=3 * SPACE, line_gap=SPACE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._row)
        self._texts: list[str] = []

    @property
    def texts(self) -> list[str]:
        """What stands in it: name and value of each."""
        return self._texts

    def show_results(self, results: Sequence[Result]) -> None:
        """Show these results in place of those before."""
        self._row.clear()
        self._texts = [f"{one.name} {one.text}" for one in results]
        for one in results:
            self._row.add(_cell(one))
        self.setVisible(bool(results))
        self.setAccessibleName(", ".join(self._texts))


def _cell(one: Result) -> QWidget:
    cell = QWidget()
    cell.setToolTip(one.what)
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    name = ElidedLabel("quiet")
    name.set_whole(one.name)
    column.addWidget(name)
    column.addWidget(label(one.text, "name" if one.value is not None else "quiet"))
    return cell
