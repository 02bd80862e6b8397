"""What the others on this screen see of one person: chosen by its owner, the least of all by default."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from biosync.consent import FIGURES, SHARINGS, Sharing
from biosync.gui import words
from biosync.gui.consenting import figure
from biosync.gui.theme import SPACE, Look
from biosync.gui.widgets.labels import set_role
from biosync.gui.widgets.tick import Choice, Tick


class SharingField(QWidget):
    """``changed`` tells that something else was chosen. It begins with ``begin``."""

    changed = Signal()

    def __init__(self, look: Look, *, begin: Sharing = "rhythm") -> None:
        super().__init__()
        self._choice = Choice(look)
        for mode in SHARINGS:
            self._choice.addItem(_entry(mode), mode)
        self._ticks = {name: Tick(look, figure(name)) for name in FIGURES}
        self._coach = QWidget()
        self._set_up()
        self._lay_out()
        self._choice.setCurrentIndex(SHARINGS.index(begin))
        self._coach.setVisible(begin == "coach")

    @property
    def mode(self) -> Sharing:
        """The mode chosen."""
        return SHARINGS[self._choice.currentIndex()]

    @property
    def shown(self) -> tuple[str, ...]:
        """What a coach may see, of FIGURES; nothing in the other modes."""
        if self.mode != "coach":
            return ()
        return tuple(name for name, tick in self._ticks.items() if tick.isChecked())

    def choose(self, mode: Sharing, shown: tuple[str, ...] = ()) -> None:
        """Choose ``mode``, and tick what a coach may see."""
        self._choice.setCurrentIndex(SHARINGS.index(mode))
        for name, tick in self._ticks.items():
            tick.setChecked(name in shown)

    def _chosen(self) -> None:
        self._coach.setVisible(self.mode == "coach")
        self.changed.emit()

    def _set_up(self) -> None:
        title = words.tr("What the others on this screen see of me")
        self._choice.setAccessibleName(title)
        self._choice.setToolTip(f"{title} ({words.tr('up and down')})")
        self._choice.currentIndexChanged.connect(lambda _: self._chosen())
        for name, tick in self._ticks.items():
            tick.setToolTip(words.tr("A coach may see my {figure} ({key})").format(
                figure=figure(name), key=words.tr("Space")))
            tick.toggled.connect(lambda _: self.changed.emit())

    def _lay_out(self) -> None:
        title = QLabel(words.tr("The others see"))
        set_role(title, "quiet")
        title.setBuddy(self._choice)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(title)
        row.addWidget(self._choice, 1)
        ticks = QHBoxLayout(self._coach)
        ticks.setContentsMargins(0, 0, 0, 0)
        ticks.setSpacing(3 * SPACE)
        for tick in self._ticks.values():
            ticks.addWidget(tick)
        ticks.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(row)
        column.addWidget(self._coach)


def _entry(mode: Sharing) -> str:
    return {
        "rhythm": words.tr("the shared rhythm only"),
        "own": words.tr("the shared rhythm; each their own figures"),
        "all": words.tr("all of my figures"),
        "coach": words.tr("my signal; a coach sees what I tick"),
    }[mode]
