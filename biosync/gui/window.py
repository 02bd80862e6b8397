"""The window: which view is seen, which session runs, and what the keys do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from biosync.gui import words
from biosync.gui.bridge import Bridge, MakeSession
from biosync.gui.keys import keys
from biosync.gui.theme import Look, style_sheet
from biosync.gui.view import Moment, SessionView
from biosync.gui.views.breathe import BreatheView
from biosync.gui.views.coach import CoachView
from biosync.gui.views.start import StartView
from biosync.gui.widgets.cards import KeysCard, Notice
from biosync.gui.widgets.frame_clock import FrameClock
from biosync.gui.widgets.strap_list import Scan

if TYPE_CHECKING:
    from biosync.run import Session

ViewName = Literal["breathe", "coach"]


class Window(QWidget):
    """One window, one session at a time. Without ``make_session`` it begins at the Start page. ``over`` is emitted when
    a session has ended, for whatever reason."""

    over = Signal()

    def __init__(
        self,
        look: Look,
        make_session: MakeSession | None,
        *,
        start_demo: MakeSession,
        start_strap: Callable[[str, str], Session],
        scan: Scan,
        view: ViewName = "breathe",
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("biosync")
        self.setMinimumSize(640, 480)
        self.resize(1280, 800)
        self._look = look
        self._make = make_session
        self._start_demo, self._start_strap = start_demo, start_strap
        self._bridge: Bridge | None = None
        self._running = False
        self._full_from_maximized = False
        self._stopped_at = 0.0
        self._has_start = make_session is None
        self._clock = FrameClock(self)
        self._clock.tick.connect(self._tick)
        self._session_view: SessionView = CoachView(look, self) if view == "coach" else BreatheView(look, self)
        self._start = StartView(look, scan)
        self._start.demo_wanted.connect(self.start_demo)
        self._start.strap_named.connect(self._use_strap)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._start)
        self._pages.addWidget(self._session_view)
        self._keys_card = KeysCard(look, [(key.name, key.does) for key in keys()], self)
        self._notice = Notice(look, self)
        self._dress()
        look.changed.connect(self._dress)
        if make_session is not None:
            self._begin(make_session)

    @property
    def view(self) -> SessionView | StartView:
        """The view that is seen."""
        return self._start if self._pages.currentWidget() is self._start else self._session_view

    @property
    def running(self) -> bool:
        """True while a session runs."""
        return self._running

    @property
    def notice(self) -> Notice:
        """The sheet that tells of a problem."""
        return self._notice

    @property
    def frame_clock(self) -> FrameClock:
        """The beat of the screen."""
        return self._clock

    def toggle_session(self) -> None:
        """Start the session, or stop the one that runs."""
        if self._running:
            self._stop()
        elif self._make is not None and self._on_session:
            self._begin(self._make)

    def toggle_full_screen(self) -> None:
        """Fill the screen, or leave it."""
        if self.isFullScreen():
            self.showMaximized() if self._full_from_maximized else self.showNormal()
        else:
            self._full_from_maximized = self.isMaximized()
            self.showFullScreen()

    def back(self) -> None:
        """Take away what lies over the view; else leave full screen; else stop; else go to the start, or close."""
        if self._notice.isVisible():
            self._notice.close_it()
        elif self._keys_card.isVisible():
            self._keys_card.hide()
        elif self.isFullScreen():
            self.toggle_full_screen()
        elif self._running:
            self._stop()
        elif self._on_session:
            self._leave()
        elif self._start.choosing:
            self._start.welcome()

    def too_slow(self) -> None:
        """Tell the pacer that its cue is too slow."""
        self._say("too_slow", words.tr("a little faster"))

    def too_fast(self) -> None:
        """Tell the pacer that its cue is too fast."""
        self._say("too_fast", words.tr("a little slower"))

    def mark(self) -> None:
        """Put a marker at this moment."""
        if self._running and self._bridge is not None:
            self._bridge.mark(words.tr("marker"))
            at = words.duration(self._bridge.now())
            self._session_view.tell(words.tr("marked at {time}").format(time=at), self._clock.seconds())

    def toggle_motion(self) -> None:
        """Change between full and reduced motion."""
        self._session_view.toggle_motion()

    def show_keys(self) -> None:
        """Show or hide the list of keys."""
        if self._keys_card.isVisible():
            self._keys_card.hide()
            return
        self._keys_card.place()
        self._keys_card.show()
        self._keys_card.raise_()

    def start_demo(self) -> None:
        """Start with a virtual strap, from the Start page."""
        if not self._on_session:
            self._start.close_scan()
            self._begin(self._start_demo)

    def connect_strap(self) -> None:
        """Look for straps, from the Start page."""
        if not self._on_session:
            self._start.connect_strap()

    def show_problem(self, sentence: str) -> None:
        """Show one sentence about what went wrong."""
        self._keys_card.hide()
        self._notice.show_sentence(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key asks; buttons and fields that have the focus come first."""
        for key in keys():
            if key.hit(event.key(), event.modifiers()) and not event.isAutoRepeat():
                getattr(self, key.method)()
                return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End everything within a second."""
        self._clock.stop()
        self._start.close_scan()
        self._end_bridge()
        super().closeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Go on painting."""
        super().showEvent(event)
        self._pace()

    def hideEvent(self, event: QHideEvent) -> None:
        """Paint no more while nobody can see it."""
        super().hideEvent(event)
        self._clock.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Paint no more while the window is minimised."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._pace()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what lies over the view in its middle."""
        super().resizeEvent(event)
        for card in (self._keys_card, self._notice):
            if card.isVisible():
                card.place()

    @property
    def _on_session(self) -> bool:
        return self._pages.currentWidget() is self._session_view

    def _begin(self, make: MakeSession) -> None:
        self._end_bridge()
        self._make = make
        self._session_view.reset()
        self._bridge = Bridge(make, self)
        self._bridge.finished.connect(self._ended)
        self._bridge.problem.connect(self._failed)
        self._running = True
        self._bridge.start()
        self._pages.setCurrentWidget(self._session_view)
        self._session_view.setFocus()
        self._pace()

    def _use_strap(self, name: str, address: str) -> None:
        self._begin(lambda: self._start_strap(name, address))

    def _stop(self) -> None:
        if self._bridge is not None:
            self._bridge.stop()
        self._ended()

    def _ended(self) -> None:
        if self._running:
            self._running = False
            self._stopped_at = self._now()
            self._session_view.advance(self._moment(self._clock.seconds()))
            self.over.emit()

    def _failed(self, sentence: str) -> None:
        self._ended()
        self.show_problem(sentence)

    def _leave(self) -> None:
        if not self._has_start:
            self.close()
            return
        self._end_bridge()
        self._pages.setCurrentWidget(self._start)
        self._start.welcome()
        self._pace()

    def _end_bridge(self) -> None:
        if self._bridge is not None:
            self._bridge.close()
            self._bridge.deleteLater()
            self._bridge = None
        self._running = False

    def _say(self, text: str, answer: str) -> None:
        if self._running and self._bridge is not None:
            self._bridge.say(text)
            self._session_view.tell(answer, self._clock.seconds())

    def _now(self) -> float:
        return self._bridge.now() if self._bridge is not None else 0.0

    def _moment(self, seconds: float) -> Moment:
        snapshot = self._bridge.latest if self._bridge is not None else None
        return Moment(snapshot, self._now() if self._running else self._stopped_at, seconds, self._running)

    def _tick(self, seconds: float) -> None:
        self._session_view.advance(self._moment(seconds))

    def _pace(self) -> None:
        if self._on_session and self.isVisible() and not self.isMinimized():
            self._clock.start(self._session_view.fps)
        else:
            self._clock.stop()

    def _dress(self) -> None:
        self.setStyleSheet(style_sheet(self._look.tokens))
