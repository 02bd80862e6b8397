"""The page on which straps are chosen: each only once its wearer was named and said yes on it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from biosync.clock import utc_now
from biosync.gui import words
from biosync.gui.consenting import consent, missing
from biosync.gui.outside import Examine, Scan, Wearer
from biosync.gui.preferring import Preferring
from biosync.gui.theme import SPACE, Look
from biosync.gui.turns import Turns
from biosync.gui.widgets.advice_panel import Advice, AdvicePanel
from biosync.gui.widgets.fitted_scroll import FittedScroll
from biosync.gui.widgets.labels import label, set_role
from biosync.gui.widgets.practice_field import PracticeField
from biosync.gui.widgets.strap_finder import StrapFinder
from biosync.gui.widgets.strap_row import StrapRow
from devices.straps_in_range import FoundStrap

MOST_WIDTH = 92 * SPACE
_NEW_AT_ONCE = 3
"""So many new straps come into the list in one turn: each takes Qt a few ms."""


class StrapsPage(QWidget):
    """``begin`` carries the wearers (a tuple) and whether they share one cue; ``back`` asks to leave the page.

    With ``joining`` it lets one or more join a session that runs, each alone; ``virtual`` then asks for a virtual one.
    With ``preferring`` it offers programs and roles. Straps that were said yes to before are ticked as soon as they are
    heard, as long as nobody has chosen: their wearers only say yes.
    """

    begin = Signal(object, bool)
    back = Signal()
    virtual = Signal()

    def __init__(
        self, look: Look, scan: Scan, examine: Examine, *, joining: bool = False, preferring: Preferring | None = None
    ) -> None:
        super().__init__()
        self._look = look
        self._joining = joining
        self._taken: frozenset[str] = frozenset()
        self._preferring = preferring
        self._practice = PracticeField(look, preferring) if preferring is not None else None
        self._touched = False
        self._rows: dict[str, StrapRow] = {}
        self._turns = Turns(self)
        self._finder = StrapFinder(scan, examine, self)
        self._finder.heard.connect(self._show)
        self._finder.advised.connect(self._advise)
        self._said, self._missing = label(role="quiet"), label(role="quiet")
        self._advice = AdvicePanel()
        self._advice.again.connect(self.look_around)
        self._scroll = FittedScroll()
        self._together = self._button("join" if joining else "one", "main", lambda: self._go(True))
        self._apart = self._button("each", "second", lambda: self._go(False))
        self._demo = self._button("virtual", "second", self.virtual.emit)
        self._back = self._button("back", "", self.back.emit)
        self._lay_out()
        self._offer()

    @property
    def said(self) -> str:
        """What is said over the list and in its place."""
        return f"{self._said.text()} {self._advice.text}".strip()

    @property
    def rows(self) -> list[StrapRow]:
        """The straps, best first."""
        return list(self._rows.values())

    @property
    def choosing(self) -> bool:
        """True while at least one strap is ticked."""
        return any(row.ticked for row in self.rows)

    @property
    def asks(self) -> str:
        """What is still to be answered before it can begin, "" when nothing is."""
        return missing([row.answer for row in self._chosen()], self._taken, joining=self._joining)

    def open(self, taken: Collection[str] = ()) -> None:
        """Begin anew and look for straps; ``taken`` are names that are in use."""
        self._taken = frozenset(taken)
        self._touched = False
        self._clear()
        self.look_around()

    def look_around(self) -> None:
        """Look for straps now, and every few seconds anew until ``leave`` or ``close_scan``."""
        if not self._rows:
            self._say(words.tr("Looking for straps… Wear yours, and wet its electrodes."))
        self._finder.start()

    def focus_first(self) -> None:
        """Give the focus to the way back, so that the keys of the page are heard."""
        self._back.setFocus()

    def leave(self) -> None:
        """Look for straps no more."""
        self._turns.clear()
        self._finder.stop()

    def close_scan(self) -> None:
        """Look no more, and wait a moment for the radio: the window closes."""
        self._finder.close()

    def _show(self, straps: Sequence[FoundStrap]) -> None:
        self._turns.clear()
        new = [strap for strap in straps if strap.address not in self._rows]
        for strap in straps:
            if strap.address in self._rows:
                self._rows[strap.address].hear(strap)
        for strap in new[:_NEW_AT_ONCE]:
            self._add(strap)
        if len(new) > _NEW_AT_ONCE:
            self._turns.add(partial(self._show, straps))
            return
        here = {strap.address for strap in straps}
        for address in [address for address in self._rows if address not in here]:
            row = self._rows[address]
            if row.ticked:
                row.hear(row.strap, in_range=False)
            else:
                self._remove(address)
        if self._rows:
            self._advice.hide()
            self._say(_over_the_list(self._joining))
        elif self._advice.isHidden():
            self._say(words.tr("No strap heard yet. Looking for what stands in the way…"))
        self._sort([strap.address for strap in straps])
        self._find_again()
        self._offer()

    def _find_again(self) -> None:
        """Tick what was worn before, all of it at once, unless somebody has chosen already."""
        known = [row for row in self.rows if row.strap.known and not row.strap.taken]
        if self._touched or self._joining or not known:
            return
        self._touched = True
        for row in known:
            row.count_others(len(known) > 1)
            row.tick()

    def _advise(self, advice: Advice) -> None:
        if not self._rows:
            self._advice.show_advice(advice)
            self._say(words.tr("biosync goes on looking."))

    def _add(self, strap: FoundStrap) -> None:
        shares = self._preferring.now.shares if self._preferring is not None else "rhythm"
        row = StrapRow(self._look, strap, sharing="coach" if self._joining else shares)
        row.changed.connect(self._offer)
        row.chosen.connect(self._touch)
        row.agreed.connect(self._focus_begin)
        self._rows[strap.address] = row
        self._scroll.rows.insertWidget(len(self._rows) - 1, row)

    def _remove(self, address: str) -> None:
        row = self._rows.pop(address)
        self._scroll.rows.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _clear(self) -> None:
        self._turns.clear()
        for address in list(self._rows):
            self._remove(address)
        self._advice.hide()
        self._offer()

    def _sort(self, best: Sequence[str]) -> None:
        """Bring the rows into the order ``best``, unless somebody is choosing: then nothing jumps about."""
        if self.choosing:
            return
        sorted_rows = {address: self._rows[address] for address in best if address in self._rows}
        if list(sorted_rows) != list(self._rows):
            self._rows = sorted_rows
            for place, row in enumerate(sorted_rows.values()):
                self._scroll.rows.insertWidget(place, row)

    def _touch(self) -> None:
        self._touched = True

    def _chosen(self) -> list[StrapRow]:
        return [row for row in self.rows if row.ticked]

    def _offer(self) -> None:
        chosen = self._chosen()
        several = len(chosen) + (len(self._taken) if self._joining else 0) > 1
        for row in self.rows:
            row.count_others(several)
        if self._practice is not None:
            self._practice.setVisible(bool(chosen))
            self._practice.show_people([row.answer.name for row in chosen])
        asks = self.asks
        self._scroll.setVisible(bool(self._rows))
        self._missing.setText(asks if chosen else "")
        self._together.setVisible(bool(self._rows))
        self._apart.setVisible(several and not self._joining)
        if not self._joining:
            _name(self._together, "together" if several else "one")
        for button in (self._together, self._apart):
            button.setEnabled(not asks)

    def _focus_begin(self) -> None:
        if not self.asks:
            self._together.setFocus()

    def _go(self, together: bool) -> None:
        chosen = self._chosen()
        if self.asks:
            return
        at = f"{utc_now():%Y-%m-%dT%H:%M:%SZ}"
        alone = len(chosen) == 1 and not self._taken
        leader = self._practice.leader if self._practice is not None and together else None
        wearers = tuple(
            Wearer(row.called, row.strap.address, consent(row.answer, at, alone=alone), row.answer.name == leader)
            for row in chosen
        )
        self._finder.stop(lambda: self.begin.emit(wearers, together and not self._joining))

    def _say(self, text: str) -> None:
        self._said.setText(text)
        set_role(self._said, "quiet")

    def _button(self, name: str, role: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton()
        _name(button, name)
        button.setProperty("role", role)
        button.setAutoDefault(True)
        button.clicked.connect(lambda _: do())
        return button

    def _lay_out(self) -> None:
        self._said.setWordWrap(True)
        self._scroll.setAccessibleName(words.tr("Straps in range"))
        page = QVBoxLayout(self)
        page.setContentsMargins(0, SPACE, 0, SPACE)
        page.setSpacing(2 * SPACE)
        title = words.tr("Add a client") if self._joining else words.tr("Connect straps")
        page.addWidget(label(title, "title"))
        page.addWidget(self._said)
        page.addWidget(self._advice)
        page.addWidget(self._scroll, 1000)
        if self._practice is not None:
            page.addWidget(self._practice)
        page.addWidget(self._missing)
        page.addLayout(self._foot())
        page.addStretch(1)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(SPACE)
        foot.addWidget(self._back)
        foot.addStretch()
        self._demo.setVisible(self._joining)
        for button in (self._demo, self._apart, self._together):
            foot.addWidget(button)
        return foot


def _name(button: QPushButton, name: str) -> None:
    """Give ``button`` the words of the control ``name``."""
    text, tooltip = {
        "one": (words.tr("Begin"), words.tr("Begin (Enter)")),
        "together": (words.tr("Begin together"), words.tr("One cue for all (Enter)")),
        "each": (words.tr("Begin, each alone"), words.tr("A cue for each, on a coach's board (Enter)")),
        "join": (words.tr("Add"), words.tr("Add to the session that runs (Enter)")),
        "virtual": (words.tr("Virtual client  D"), words.tr("Add a virtual client, without a strap (D)")),
        "back": (words.tr("Back  Esc"), words.tr("Back (Esc)")),
    }[name]
    button.setText(text)
    button.setAccessibleName(text)
    button.setToolTip(tooltip)


def _over_the_list(joining: bool) -> str:
    if joining:
        return words.tr("Tick the straps of those who join. Each is named, and says yes.")
    return words.tr("Straps in range, best first. Tick yours; several people tick one each.")
