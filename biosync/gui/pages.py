"""The pages of the window, one seen at a time, with the bar of a replay and the quiet line under them."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from biosync.gui.outside import Outside
from biosync.gui.page import Page, PageActions, PageName
from biosync.gui.theme import Look
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
    another one is seen."""

    turned = Signal()

    def __init__(self, look: Look, outside: Outside, actions: BothActions, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._outside, self._actions = look, outside, actions
        self.start = StartView(look, outside.scan, outside.examine, outside.preferring)
        self.joining = JoinView(look, outside.scan, outside.examine)
        self.transport, self.note = Transport(look), NoteLine()
        self._views: dict[ViewName, SessionView] = {}
        self._beside: dict[PageName, Page] = {}
        self._before: QWidget = self.start
        self._stack = QStackedWidget()
        self._stack.addWidget(self.start)
        self._stack.addWidget(self.joining)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(0)
        self.addWidget(self._stack, 1)
        self.addWidget(self.transport)
        self.addWidget(self.note)
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
        return self._beside[name]

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
        self.start.close_scan()
        self.joining.close_scan()
        for page in self._beside.values():
            page.close_work()
        for view in self._views.values():
            view.close_work()
