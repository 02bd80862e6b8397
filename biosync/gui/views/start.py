"""Start: the welcome, and the two ways in: a virtual strap, or one's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from biosync.gui import words
from biosync.gui.outside import Examine, Scan
from biosync.gui.preferring import Preferring
from biosync.gui.theme import SPACE, Look
from biosync.gui.widgets.labels import label, quiet_button
from biosync.gui.widgets.practice_field import PracticeField
from biosync.gui.widgets.stories_page import StoriesPage
from biosync.gui.widgets.straps_page import MOST_WIDTH, StrapsPage

_TEXT_WIDTH = 75 * SPACE


class StartView(QWidget):
    """The first page. ``demo_wanted`` asks for a virtual strap, ``straps_wanted`` for the page of the straps;
    ``straps_agreed`` carries those who wear one and have said yes (a tuple of Wearer), and if they share one cue;
    ``scenario_wanted`` names what virtual people are to live through, ``page_wanted`` a page beside the session."""

    demo_wanted = Signal()
    straps_wanted = Signal()
    straps_agreed = Signal(object, bool)
    scenario_wanted = Signal(str)
    page_wanted = Signal(str)

    def __init__(self, look: Look, scan: Scan, examine: Examine, preferring: Preferring) -> None:
        super().__init__()
        self.setObjectName("page")
        self._look, self._scan, self._examine, self._preferring = look, scan, examine, preferring
        self._practice = PracticeField(look, preferring)
        self._straps: StrapsPage | None = None  # both are made when they are first wanted: the welcome is there sooner
        self._stories: StoriesPage | None = None
        self._pages = QStackedWidget()
        self._pages.setMaximumWidth(MOST_WIDTH)
        self._pages.addWidget(self._welcome_page())
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 3 * SPACE)
        row.addStretch(1)
        row.addWidget(self._pages, 100)
        row.addStretch(1)

    @property
    def straps(self) -> StrapsPage:
        """The page on which a strap is chosen."""
        if self._straps is None:
            self._straps = StrapsPage(self._look, self._scan, self._examine, preferring=self._preferring)
            self._straps.begin.connect(self.straps_agreed)
            self._straps.back.connect(self.welcome)
            self._pages.addWidget(self._straps)
        return self._straps

    @property
    def stories(self) -> StoriesPage:
        """The page of what virtual people may live through."""
        if self._stories is None:
            self._stories = StoriesPage(self._look, self._preferring)
            self._stories.begin.connect(self.scenario_wanted)
            self._stories.back.connect(self.welcome)
            self._pages.addWidget(self._stories)
        return self._stories

    @property
    def choosing(self) -> bool:
        """True while the straps, or the stories of virtual people, are listed: there is a way back to the welcome."""
        return self._pages.currentIndex() > 0

    def show_stories(self) -> None:
        """Show what virtual people may live through together."""
        self.leave()
        self._pages.setCurrentWidget(self.stories)
        self.stories.take_focus()

    def welcome(self) -> None:
        """Go back to the welcome."""
        self.leave()
        self._pages.setCurrentIndex(0)
        self._demo.setFocus()

    def take_focus(self) -> None:
        """Have the focus where it is of use: one comes back from a page beside the session."""
        seen = self._pages.currentWidget()
        if isinstance(seen, StrapsPage):
            seen.focus_first()
        elif isinstance(seen, StoriesPage):
            seen.take_focus()
        else:
            self._demo.setFocus()

    def connect_strap(self) -> None:
        """Show the page of the straps, and look for them; on it, look again."""
        if self._pages.currentWidget() is self.straps:
            self.straps.look_around()
            return
        self._pages.setCurrentWidget(self.straps)
        self.straps.open()
        self.straps.focus_first()

    def leave(self) -> None:
        """Look for straps no more."""
        if self._straps is not None:
            self._straps.leave()

    def close_work(self) -> None:
        """Stop looking for straps: the window closes."""
        if self._straps is not None:
            self._straps.close_scan()

    def _welcome_page(self) -> QWidget:
        text = QWidget()
        text.setFixedWidth(_TEXT_WIDTH)
        column = QVBoxLayout(text)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * SPACE)
        column.addStretch(2)
        column.addWidget(label(words.tr("Calm down together"), "title"))
        column.addWidget(_paragraph(words.tr(
            "biosync listens to your heart through a chest strap and shows you a breath that answers: "
            "it begins at your own pace and leads you slower while you follow."
        ), "body"))
        column.addSpacing(SPACE)
        column.addLayout(self._choices())
        column.addWidget(self._practice)
        column.addSpacing(SPACE)
        column.addWidget(_paragraph(words.tr("Before you begin"), "name"))
        for sentence in _care():
            column.addWidget(_paragraph(sentence, "quiet"))
        column.addStretch(2)
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(text, 1, Qt.AlignmentFlag.AlignHCenter)
        rows.addLayout(self._ways())
        return page

    def _choices(self) -> QHBoxLayout:
        self._demo = _choice(
            words.tr("Try it with a virtual strap"),
            words.tr("Nothing needed: a made-up heart that breathes along (D)"),
            self.demo_wanted.emit,
            "main",
        )
        self._connect = _choice(
            words.tr("Connect a strap"),
            words.tr("Look for heart-rate straps in range (C)"),
            self.straps_wanted.emit,
            "second",
        )
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        row.addWidget(self._demo, 1)
        row.addWidget(self._connect, 1)
        return row

    def _ways(self) -> QHBoxLayout:
        """Return the quiet buttons that lead to the pages beside a session."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        together = words.tr("Made-up hearts that belong together in a known way")
        row.addWidget(quiet_button(words.tr("Virtual people together"), "G", together, self.show_stories))
        for name, text, key, tooltip in (
            ("sessions", words.tr("Sessions"), "S", words.tr("Sessions that were kept")),
            ("help", words.tr("I need a person"), "H", words.tr("People who answer at once, by country; how to stop")),
            ("settings", words.tr("Settings"), ",", words.tr("Sound, motion, theme, language, people, privacy")),
        ):
            row.addWidget(quiet_button(text, key, tooltip, partial(self.page_wanted.emit, name)))
        row.addStretch(1)
        return row


def _choice(text: str, tooltip: str, do: Callable[[], None], role: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("role", role)
    button.setMinimumHeight(9 * SPACE)
    button.setToolTip(tooltip)
    button.setAccessibleName(text)
    button.setAutoDefault(True)  # Enter presses it, as Space does
    button.clicked.connect(lambda _: do())
    return button


def _paragraph(text: str, role: str) -> QLabel:
    made = label(text, role)
    made.setWordWrap(True)
    return made


def _care() -> tuple[str, ...]:
    return (
        words.tr("biosync is not a medical device."),
        words.tr(
            "Breathe easily, never force. Stop when you feel dizzy, tingling or anxious: slow breathing can do that "
            "to some. Esc stops at any time."
        ),
        words.tr(
            "Ask a doctor first if you have heart disease, arrhythmia, a pacemaker, breathing disease or epilepsy, "
            "if you are pregnant, or take medicines that slow the heart; the figures mean less then."
        ),
    )
