"""One strap of the list: heard how well, worn by whom, and the wearer's yes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from biosync.consent import Sharing
from biosync.gui import words
from biosync.gui.consenting import Answer, sentence
from biosync.gui.theme import SPACE, Look
from biosync.gui.widgets.labels import ElidedLabel, set_role
from biosync.gui.widgets.line_field import LineField
from biosync.gui.widgets.sharing_field import SharingField
from biosync.gui.widgets.signal_bars import SignalBars
from biosync.gui.widgets.tick import Tick
from devices.straps import isolated
from devices.straps_in_range import FoundStrap

_LONGEST_NAME = 40


class StrapRow(QFrame):
    """``changed`` tells that another answer stands here; ``agreed`` that the wearer has just said yes; ``chosen`` that
    somebody ticked the strap, or took the tick away."""

    chosen = Signal()
    changed = Signal()
    agreed = Signal()

    def __init__(self, look: Look, strap: FoundStrap, *, sharing: Sharing = "rhythm") -> None:
        super().__init__()
        self.setObjectName("row")
        self._strap = strap
        self._others = False
        self._tick = Tick(look)
        self._bars = SignalBars(look)
        self._title, self._reasons = QLabel(), ElidedLabel("quiet")
        self._name = LineField(words.tr("Who wears it?"), words.tr("The name under which this heart is shown"))
        self._young = Tick(look, words.tr("Under 16"))
        self._guardian = LineField(words.tr("Which guardian is here?"), words.tr("The guardian's name"))
        self._sharing = SharingField(look, begin=sharing)
        self._yes = QPushButton()
        self._more = QWidget()
        self._set_up()
        self._lay_out()
        self.hear(strap)
        self._name.setText(strap.person or "")
        self._open(False)

    @property
    def strap(self) -> FoundStrap:
        """The strap, as it was heard last."""
        return self._strap

    @property
    def ticked(self) -> bool:
        """True while the strap is chosen."""
        return self._tick.isChecked()

    @property
    def answer(self) -> Answer:
        """What stands in the row."""
        young, guardian = self._young.isChecked(), self._guardian.text().strip()
        return Answer(self.called, self._strap.address, self._name.text().strip(), self._yes.isChecked(), young,
                      guardian if young else "", self._sharing.mode, self._sharing.shown)  # fmt: skip

    @property
    def called(self) -> str:
        """How the strap is called: its name, or where it has none its address."""
        return self._strap.label or self._strap.address

    def hear(self, strap: FoundStrap, *, in_range: bool = True) -> None:
        """Take note of how the strap is heard now."""
        self._strap = strap
        self._bars.show_strength(strap.rssi_dbm if in_range else None)
        self._title.setText(self.called)
        self._tick.setAccessibleName(words.tr("Use {strap}").format(strap=self.called))
        reasons = tuple(_reason(text, strap) for text in strap.reasons) if in_range else (words.tr("not heard now"),)
        self._reasons.set_whole(" · ".join(reasons))
        self._tick.setEnabled(not strap.taken or self.ticked)
        self.setToolTip(strap.address)

    def tick(self, on: bool = True) -> None:
        """Choose the strap, or not; one that another biosync uses can't be chosen."""
        if self._tick.isEnabled():
            self._tick.setChecked(on)

    def count_others(self, others: bool) -> None:
        """With ``others`` there, each says anew what they see, and yes."""
        if others != self._others:
            self._others = others
            self._sharing.setVisible(others)
            self._take_back()
            self._remember_yes()

    def name_it(self, name: str) -> None:
        """Write the wearer's name."""
        self._name.setText(name)
        self._take_back()

    def put_guardian(self, name: str) -> None:
        """Tick that the wearer is under 16, and write who is with them."""
        self._young.setChecked(True)
        self._guardian.setText(name)
        self._take_back()

    def say_yes(self) -> None:
        """The wearer says yes."""
        if self._yes.isEnabled() and not self._yes.isChecked():
            self._yes.click()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the strap's line chooses it, or not; one that misses the fields below takes nothing back."""
        if not self.ticked or event.position().y() < self._more.y():
            self.chosen.emit()
            self.tick(not self.ticked)

    def _open(self, on: bool) -> None:
        self._more.setVisible(on)
        if not on:
            self._take_back()
        else:
            (self._yes if self._name.text() else self._name).setFocus()
            self._remember_yes()
        self.changed.emit()
        if on and self._yes.isChecked():
            self.agreed.emit()

    def _remember_yes(self) -> None:
        """Who is alone with the strap that they said yes to before need not be asked again."""
        known = self._strap.known and self._name.text().strip() == self._strap.person
        if self.ticked and known and not self._others and not self._young.isChecked():
            self._yes.setChecked(True)
        self._word()

    def _take_back(self) -> None:
        """Something else would be agreed to now: the yes of before does not count for it."""
        self._yes.setChecked(False)
        self._word()
        self.changed.emit()

    def _say(self, yes: bool) -> None:
        self._word()
        self.changed.emit()
        if yes:
            self.agreed.emit()

    def _word(self) -> None:
        answer = self.answer
        self._guardian.setVisible(answer.under_16)
        said = words.tr("✓ {name} says yes") if answer.yes else words.tr("Yes, I wear this strap: use it")
        self._yes.setText(said.format(name=answer.name.replace("&", "&&")))
        self._yes.setEnabled(bool(answer.name))
        self._yes.setAccessibleName(sentence(answer, alone=not self._others))
        self._yes.setToolTip(f"{sentence(answer, alone=not self._others)} ({words.tr('Space')})")
        set_role(self._yes, "yes" if answer.yes else "second")

    def _set_up(self) -> None:
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._tick.toggled.connect(self._open)
        self._tick.clicked.connect(self.chosen)
        self._tick.setToolTip(words.tr("Use this strap ({key})").format(key=words.tr("Space")))
        for field in (self._name, self._guardian):
            field.setMaxLength(_LONGEST_NAME)
            field.textEdited.connect(lambda _: self._take_back())
            field.returnPressed.connect(self._yes.setFocus)
        self._name.textChanged.connect(lambda _: self._word())
        self._young.setToolTip(words.tr("A guardian is here; five minutes, no score, no slow search (Space)"))
        self._young.toggled.connect(lambda _: self._take_back())
        self._sharing.changed.connect(self._take_back)
        self._sharing.hide()
        self._yes.setCheckable(True)
        self._yes.setAutoDefault(True)
        self._yes.clicked.connect(self._say)
        set_role(self._title, "body")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2 * SPACE)
        for widget in (self._tick, self._bars, self._title):
            head.addWidget(widget)
        head.addWidget(self._reasons, 1)
        self._reasons.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        who = QHBoxLayout()
        who.setSpacing(2 * SPACE)
        who.addWidget(self._name, 3)
        who.addWidget(self._young)
        who.addWidget(self._guardian, 2)
        inner = QVBoxLayout(self._more)
        inner.setContentsMargins(4 * SPACE, SPACE, 0, 0)
        inner.setSpacing(SPACE)
        inner.addLayout(who)
        inner.addWidget(self._sharing)
        inner.addWidget(self._yes)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._more)


def _reason(text: str, strap: FoundStrap) -> str:
    """Return one thing that is known of a strap in the user's language."""
    if text == "worn":
        return words.tr("worn")
    if strap.sure and strap.person is not None and text == f"{isolated(strap.person)}'s":
        return words.tr("{name}'s").format(name=isolated(strap.person))
    return words.said(text)
