"""The pages of the window, one seen at a time, with the bar of a replay and the quiet line under them."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from biosync.gui.outside import Outside
from biosync.gui.theme import Look
from biosync.gui.view import Actions, SessionView
from biosync.gui.views.breathe import BreatheView
from biosync.gui.views.coach import CoachView
from biosync.gui.views.join import JoinView
from biosync.gui.views.start import StartView
from biosync.gui.views.together import TogetherView
from biosync.gui.widgets.note_line import NoteLine
from biosync.gui.widgets.transport import Transport

ViewName = Literal["breathe", "together", "coach"]
_VIEWS: dict[ViewName, type[SessionView]] = {"breathe": BreatheView, "together": TogetherView, "coach": CoachView}


class Pages(QVBoxLayout):
    """``start`` and ``joining`` are always there, a view of the session from when it is first used."""

    def __init__(self, look: Look, outside: Outside, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._actions = look, actions
        self.start = StartView(look, outside.scan, outside.examine)
        self.joining = JoinView(look, outside.scan, outside.examine)
        self.transport, self.note = Transport(look), NoteLine()
        self._views: dict[ViewName, SessionView] = {}
        self._stack = QStackedWidget()
        self._stack.addWidget(self.start)
        self._stack.addWidget(self.joining)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(0)
        self.addWidget(self._stack, 1)
        self.addWidget(self.transport)
        self.addWidget(self.note)

    @property
    def seen(self) -> QWidget:
        """The page that is seen."""
        page: QWidget = self._stack.currentWidget()  # type: ignore[assignment]  # there always is one
        return page

    def session(self, view: ViewName) -> SessionView:
        """Return the view of the session of that name."""
        if view not in self._views:
            self._views[view] = _VIEWS[view](self._look, self._actions)
            self._stack.addWidget(self._views[view])
        return self._views[view]

    def show_page(self, page: QWidget) -> None:
        """Show ``page``, and look for straps no more where that is left."""
        if page is not self.joining:
            self.joining.leave()
        self._stack.setCurrentWidget(page)

    def close_scans(self) -> None:
        """Look for straps no more, and wait a moment for the radio: the window closes."""
        self.start.close_scan()
        self.joining.close_scan()
