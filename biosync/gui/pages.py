"""The pages of the window, one seen at a time, with the bar of a replay and the quiet line under them."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from biosync.gui.dressing import Dressing
from biosync.gui.outside import Outside
from biosync.gui.page import Page, PageActions, PageName
from biosync.gui.retiring import Retired
from biosync.gui.theme import Look
from biosync.gui.turns import Turns
from biosync.gui.view import Actions, SessionView, ViewName
from biosync.gui.views.breathe import BreatheView
from biosync.gui.views.coach import CoachView
from biosync.gui.views.help import HelpPage
from biosync.gui.views.join import JoinView
from biosync.gui.views.sessions import SessionsPage
from biosync.gui.views.settings import SettingsPage
from biosync.gui.views.start import StartView
from biosync.gui.views.together import TogetherView
from biosync.gui.widgets.note_line import NoteLine
from biosync.gui.widgets.transport import Transport

_VIEWS: dict[ViewName, type[SessionView]] = {"breathe": BreatheView, "together": TogetherView, "coach": CoachView}
_PAGES: dict[PageName, type[Page]] = {"sessions": SessionsPage, "settings": SettingsPage, "help": HelpPage}


class BothActions(Actions, PageActions, Protocol):
    """What views and pages may ask the window to do."""


class Pages(QVBoxLayout):
    """``start`` and ``joining`` are always there, the others from when they are first used. ``turned`` tells that
    another one is seen; the other signals are those of Start, of who joins, and of the bar of a replay."""

    turned = Signal()
    demo_wanted = Signal()
    scenario_wanted = Signal(str)
    straps_wanted = Signal()
    straps_agreed = Signal(object, bool)
    page_wanted = Signal(str)
    joined = Signal(object)
    virtual_wanted = Signal()
    back = Signal()
    sought = Signal(float)
    toggled = Signal()
    skipped = Signal(float)

    def __init__(
        self, look: Look, outside: Outside, actions: BothActions, parent: QWidget, dressing: Dressing
    ) -> None:
        super().__init__(parent)
        self._look, self._outside, self._actions, self._dressing = look, outside, actions, dressing
        self._views: dict[ViewName, SessionView] = {}
        self._beside: dict[PageName, Page] = {}
        self._retired = Retired(parent)
        self._old: list[SessionView | Page | StartView | JoinView] = []
        self._stack = QStackedWidget()
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(0)
        self.addWidget(self._stack, 1)
        self._make_start()
        self._make_joining()
        self._make_transport()
        self._before: QWidget = self.start
        self.note = NoteLine()
        self.addWidget(self.note)
        dressing.dress(self.note)
        outside.preferring.changed.connect(self.prefer)

    @property
    def seen(self) -> QWidget:
        """The page that is seen."""
        page: QWidget = self._stack.currentWidget()  # type: ignore[assignment]  # there always is one
        return page

    @property
    def beside(self) -> Page | None:
        """The page beside the session that is seen; None while Start, the session or who joins is seen."""
        seen = self.seen
        return seen if isinstance(seen, Page) else None

    @property
    def before(self) -> QWidget:
        """What was seen before the pages beside the session: one goes back to it."""
        return self._before

    def session(self, view: ViewName) -> SessionView:
        """Return the view of the session of that name."""
        if view not in self._views:
            self._views[view] = _VIEWS[view](self._look, self._actions)
            self._views[view].prefer(self._outside.preferring.now)
            self._stack.addWidget(self._views[view])
            self._dressing.dress(self._views[view])
        return self._views[view]

    def prefer(self) -> None:
        """Let the views of the session go by what is set now."""
        for view in self._views.values():
            view.prefer(self._outside.preferring.now)

    def page(self, name: PageName) -> Page:
        """Return the page beside the session of that name."""
        if name not in self._beside:
            self._beside[name] = _PAGES[name](self._look, self._outside, self._actions)
            self._stack.addWidget(self._beside[name])
            self._dressing.dress(self._beside[name])
        return self._beside[name]

    def name_of(self, page: QWidget | None) -> PageName | None:
        """Return the name of a page beside the session, None for any other."""
        return next((name for name, one in self._beside.items() if one is page), None)

    def word_anew(self, turns: Turns) -> None:
        """Make everything again, for the language is another one: what is seen now, and it is seen again, the rest in
        ``turns``, after which what was can ``retire``."""
        seen, focus = self.seen, self._stack.window().focusWidget()
        name = self.name_of(seen)
        place = seen.findChildren(QWidget).index(focus) if focus in seen.findChildren(QWidget) else None
        for page in self._beside.values():
            page.leave()
        for fixed in (self.start, self.joining):
            fixed.leave()
        self._old += [*self._views.values(), *self._beside.values()]
        self._views.clear()
        self._beside.clear()
        self.note.word()
        if name is not None:
            self._stack.setCurrentWidget(self.page(name))
            self.page(name).open()
            _focus(self.page(name), place)
        if seen is self.start:
            self._word_start()
        else:
            turns.add(self._word_start)
        turns.add(self._word_joining)
        turns.add(self._word_transport)

    def retire(self) -> None:
        """Let go of what was made anew: its workers may still be at something, and the radio be let go of."""
        for old in self._old:
            self._stack.removeWidget(old)
        self._retired.take(self._old)
        self._old = []

    def _word_start(self) -> None:
        old = self.start
        self._make_start()
        if self._takes_place(self.start, old):
            self.start.welcome()

    def _word_joining(self) -> None:
        old = self.joining
        self._make_joining()
        self._takes_place(self.joining, old)

    def _takes_place(self, new: StartView | JoinView, old: StartView | JoinView) -> bool:
        """Put ``new`` wherever ``old`` was; tell if that is seen."""
        self._old.append(old)
        if self._before is old:
            self._before = new
        seen = self.seen is old
        if seen:
            self._stack.setCurrentWidget(new)
        return seen

    def _word_transport(self) -> None:
        self.removeWidget(self.transport)
        self.transport.deleteLater()
        self._make_transport()

    def _make_start(self) -> None:
        outside = self._outside
        self.start = StartView(self._look, outside.scan, outside.examine, outside.preferring)
        self._stack.addWidget(self.start)
        self._dressing.dress(self.start)
        for told, on in (
            (self.start.demo_wanted, self.demo_wanted), (self.start.scenario_wanted, self.scenario_wanted),
            (self.start.straps_wanted, self.straps_wanted), (self.start.straps_agreed, self.straps_agreed),
            (self.start.page_wanted, self.page_wanted),
        ):
            told.connect(on)

    def _make_joining(self) -> None:
        self.joining = JoinView(self._look, self._outside.scan, self._outside.examine)
        self._stack.addWidget(self.joining)
        self._dressing.dress(self.joining)
        for told, on in (
            (self.joining.straps_agreed, self.joined), (self.joining.virtual_wanted, self.virtual_wanted),
            (self.joining.back, self.back),
        ):
            told.connect(on)

    def _make_transport(self) -> None:
        self.transport = Transport(self._look)
        self.insertWidget(1, self.transport)
        self._dressing.dress(self.transport)
        for told, on in (
            (self.transport.sought, self.sought), (self.transport.toggled, self.toggled),
            (self.transport.skipped, self.skipped),
        ):
            told.connect(on)

    def show_page(self, page: QWidget) -> None:
        """Show ``page``; the one that is left does nothing more unseen."""
        left = self.seen
        if left is not page:
            if isinstance(left, Page):
                left.leave()
            elif isinstance(page, Page):
                self._before = left
        if page is not self.joining:
            self.joining.leave()
        self._stack.setCurrentWidget(page)
        if isinstance(page, Page):
            page.open()
        self.turned.emit()

    def close_work(self) -> None:
        """Look for straps no more, and wait a moment for the radio and for what is read: the window closes."""
        pages: tuple[Page | SessionView, ...] = (*self._beside.values(), *self._views.values())
        for old in self._old:
            old.close_work()
        for one in (self.start, self.joining, *pages, self._retired):
            one.close_work()


def _focus(page: QWidget, place: int | None) -> None:
    """Give the focus to the control at ``place`` among those of ``page``, and scroll to it."""
    controls = page.findChildren(QWidget)
    if place is None or place >= len(controls):
        return
    controls[place].setFocus()
    for scroll in page.findChildren(QScrollArea):
        QTimer.singleShot(0, scroll, partial(_scroll_to, scroll, controls[place]))


def _scroll_to(scroll: QScrollArea, control: QWidget) -> None:
    if scroll.isAncestorOf(control):
        scroll.ensureWidgetVisible(control)
