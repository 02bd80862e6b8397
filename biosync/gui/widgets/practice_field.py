"""What a session is to be like: the program and, for several, whose breath the cue goes by. Remembered."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.practising import MODES, PROGRAMS, mode_name, mode_rule, program_name, program_rule
from biosync.gui.preferring import Preferring
from biosync.gui.theme import SPACE, Look
from biosync.gui.widgets.labels import label
from biosync.gui.widgets.segments import Segments
from biosync.gui.widgets.tick import Choice


class PracticeField(QWidget):
    """Shows what was chosen last, and keeps what is chosen. ``names`` are those among whom one may lead."""

    def __init__(self, look: Look, preferring: Preferring) -> None:
        super().__init__()
        self._preferring = preferring
        self._names: tuple[str, ...] = ()
        self._programs = Segments(
            words.tr("Program"), [(program_name(one), program_rule(one)) for one in PROGRAMS])
        self._modes = Segments(words.tr("Role"), [(mode_name(one), mode_rule(one)) for one in MODES])
        self._leader = Choice(look)
        self._leader.setAccessibleName(words.tr("Who leads"))
        self._leader.setToolTip(words.tr("Who leads ({keys})").format(keys=words.tr("up and down")))
        self._program_rule, self._mode_rule = _rule(), _rule()
        self._roles = QWidget()
        self._lay_out()
        self._programs.picked.connect(lambda number: preferring.change(program=PROGRAMS[number]))
        self._modes.picked.connect(lambda number: preferring.change(mode=MODES[number]))
        preferring.changed.connect(self._show)
        self._show()
        self.show_people(())

    @property
    def leader(self) -> str | None:
        """Who was chosen to lead; None where nobody leads."""
        if self._preferring.now.mode != "one_leads" or not self._names:
            return None
        return self._names[max(0, self._leader.currentIndex())]

    def show_people(self, names: Sequence[str], *, several: bool | None = None) -> None:
        """Offer roles to two or more ``names``; ``several`` offers them to people who have no names yet."""
        if tuple(names) != self._names:
            before = self.leader
            self._names = tuple(names)
            self._leader.clear()
            self._leader.addItems([name or words.tr("somebody") for name in names])
            if before in self._names:
                self._leader.setCurrentIndex(self._names.index(before))
        roles = len(names) > 1 if several is None else several
        self._roles.setVisible(roles)
        self._program_rule.setVisible(not roles)  # one rule at a time; the other stands in the tooltips
        self._show()

    def _show(self) -> None:
        now = self._preferring.now
        self._programs.choose(PROGRAMS.index(now.program))
        self._modes.choose(MODES.index(now.mode))
        self._program_rule.setText(words.as_sentence(program_rule(now.program)))
        self._mode_rule.setText(words.as_sentence(mode_rule(now.mode)))
        self._leader.setVisible(now.mode == "one_leads" and len(self._names) > 1)

    def _lay_out(self) -> None:
        roles = QVBoxLayout(self._roles)
        roles.setContentsMargins(0, SPACE // 2, 0, 0)
        roles.setSpacing(SPACE)
        roles.addLayout(_row(self._modes, self._leader))
        roles.addWidget(self._mode_rule)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addLayout(_row(self._programs))
        column.addWidget(self._program_rule)
        column.addWidget(self._roles)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _rule() -> QLabel:
    made = label(role="quiet")
    made.setWordWrap(True)
    return made
