"""Virtual people together: a story each, begun with one click."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.preferring import Preferring
from biosync.gui.scenarios import Story, stories
from biosync.gui.theme import SPACE, Look
from biosync.gui.widgets.labels import label
from biosync.gui.widgets.practice_field import PracticeField


class StoriesPage(QWidget):
    """``begin`` carries the scenario that was chosen; ``back`` asks to leave the page."""

    begin = Signal(str)
    back = Signal()

    def __init__(self, look: Look, preferring: Preferring) -> None:
        super().__init__()
        self._practice = PracticeField(look, preferring)
        self._practice.show_people((), several=True)
        self._buttons = [self._button(story) for story in stories()]
        self._lay_out()

    def take_focus(self) -> None:
        """Have the focus on the first story."""
        self._buttons[0].setFocus()

    def _button(self, story: Story) -> QPushButton:
        button = QPushButton(story.title)
        button.setProperty("role", "second")
        button.setAccessibleName(story.title)
        button.setAccessibleDescription(story.means)
        button.setToolTip(words.tr("{what} ({key})").format(what=words.as_sentence(story.means), key=words.tr("Enter")))
        button.setAutoDefault(True)
        button.clicked.connect(lambda _: self.begin.emit(story.scenario))
        return button

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        for row, (button, story) in enumerate(zip(self._buttons, stories(), strict=True)):
            grid.addWidget(button, row, 0)
            means = label(words.as_sentence(story.means), "quiet")
            means.setWordWrap(True)
            grid.addWidget(means, row, 1)
        grid.setColumnStretch(1, 1)
        foot = QHBoxLayout()
        back = QPushButton(words.tr("Back  Esc"))
        back.setAccessibleName(words.tr("Back"))
        back.setToolTip(words.tr("Back (Esc)"))
        back.clicked.connect(lambda _: self.back.emit())
        foot.addWidget(back)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE, 0, SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(label(words.tr("Virtual people together"), "title"))
        column.addWidget(label(words.tr(
            "Made-up hearts that belong together in a known way. Every view says that they are SIMULATED."), "quiet"))
        column.addWidget(self._practice)
        column.addSpacing(SPACE)
        column.addLayout(grid)
        column.addSpacing(2 * SPACE)
        column.addLayout(foot)
        column.addStretch(1)
