"""Help: people who answer at once, by country; how to stop; where the keys are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.help_lines import ELSEWHERE, Country, HelpLine, country_here, country_name, help_lines
from biosync.gui.outside import Outside
from biosync.gui.page import Page, PageActions
from biosync.gui.theme import SPACE, Look
from biosync.gui.widgets.labels import label, set_role
from biosync.gui.widgets.page_frame import PageFrame
from biosync.gui.widgets.settings_controls import Group
from biosync.gui.widgets.tick import Choice

_NUMBER_WIDTH = 20 * SPACE


class HelpPage(Page):
    """Its file is read once; the country is that of the system until another one is chosen."""

    def __init__(self, look: Look, outside: Outside, actions: PageActions) -> None:
        super().__init__(look, outside, actions)
        self._known = help_lines()
        self._shown = QWidget()
        self._country = Choice(look)
        self._fill_countries()
        frame = PageFrame(self, words.tr("I need a person"), actions.back)
        frame.column.addWidget(_paragraph(words.tr(
            "These people listen, on the telephone, to you or to somebody you worry about. You need no reason, and "
            "not to say your name."), "body"))
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        name = QLabel(words.tr("Country"))
        name.setBuddy(self._country)
        row.addWidget(name)
        row.addWidget(self._country, 1)
        frame.column.addLayout(row)
        self._place = QVBoxLayout()
        frame.column.addLayout(self._place)
        frame.column.addWidget(_paragraph(words.tr(
            "This list ships with biosync and needs no network. On {date} each number was looked up in stored copies "
            "of public pages, some of them years old; nobody was called, and numbers may have changed since. Behind "
            "each line stands the site of those who run it."
        ).format(date=words.calendar_day(self._known.date)), "quiet"))
        frame.column.addLayout(self._stopping())
        frame.column.addStretch(1)
        self._country.currentIndexChanged.connect(lambda _: self._show())
        self._show()

    @property
    def said(self) -> list[str]:
        """What stands on the page."""
        return [one.text() for one in self.findChildren(QLabel)]

    @property
    def country(self) -> Choice:
        """Where the country is chosen."""
        return self._country

    def open(self) -> None:
        """Take the focus."""
        self._country.setFocus()

    def _fill_countries(self) -> None:
        named = sorted((country_name(country.code), country.code) for country in self._known.countries)
        for name, code in named:
            self._country.addItem(name, code)
        self._country.addItem(words.tr("another country"), "")
        here = self._country.findData(country_here())
        self._country.setCurrentIndex(here if here >= 0 else self._country.count() - 1)
        self._country.setAccessibleName(words.tr("Country"))
        self._country.setToolTip(words.tr("The country whose lines are shown (up and down)"))

    def _show(self) -> None:
        self._place.removeWidget(self._shown)
        self._shown.setParent(None)
        self._shown.deleteLater()
        self._shown = _of(self._known.of(self._country.currentData()))
        self._place.addWidget(self._shown)

    def _stopping(self) -> Group:
        group = Group(words.tr("To stop"))
        for text in (
            words.tr("Esc stops at any time; the cue fades and asks for nothing."),
            words.tr("Stop when you feel dizzy, tingling or anxious, and breathe as you like. If you feel unwell, "
                     "see a doctor. biosync is not a medical device."),
        ):
            group.addWidget(_paragraph(text, ""))
        row = QHBoxLayout()
        keys = QPushButton(f"{words.tr('All keys')}  ?")
        keys.setAccessibleName(words.tr("All keys"))
        keys.setToolTip(f"{words.tr('Show the list of keys')} (?)")
        keys.clicked.connect(lambda _: self._actions.show_keys())
        row.addWidget(keys)
        row.addStretch(1)
        group.addLayout(row)
        return group


def _of(country: Country | None) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, SPACE)
    column.setSpacing(SPACE)
    if country is None:
        column.addWidget(_paragraph(words.tr(
            "The lines of your country are not in this list. In danger, call your emergency number; from most mobile "
            "telephones that is {number}.").format(number=ELSEWHERE), ""))
        return made
    column.addLayout(_line(words.tr("In danger"), " · ".join(country.emergency), ""))
    for line in country.lines:
        column.addLayout(_line(_named(line), line.number, line.source))
    return made


def _named(line: HelpLine) -> str:
    if line.whom == "children":
        return words.tr("{name}, for children and young people").format(name=line.name)
    if line.whom == "violence":
        return words.tr("{name}, after or against violence").format(name=line.name)
    return line.name


def _line(name: str, number: str, source: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(2 * SPACE)
    which = label(number, "name")
    which.setFixedWidth(_NUMBER_WIDTH)
    which.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    who = QLabel(name)
    who.setWordWrap(True)
    row.addWidget(which)
    row.addWidget(who, 1)
    row.addWidget(label(source, "quiet"))
    return row


def _paragraph(text: str, role: str) -> QLabel:
    made = label(text)
    set_role(made, role)
    made.setWordWrap(True)
    return made


PAGE = HelpPage
