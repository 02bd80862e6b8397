"""The window: which page is seen, what lies over it, and what the keys do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from biosync.clock import utc_now
from biosync.gui import words
from biosync.gui.bridge import MakeSession
from biosync.gui.in_step import shared
from biosync.gui.keys import keys
from biosync.gui.ledger_gate import LedgerGate
from biosync.gui.outside import Outside, Wearer
from biosync.gui.overlays import Overlays
from biosync.gui.pages import Pages
from biosync.gui.pages import ViewName as ViewName
from biosync.gui.session_actions import SessionActions
from biosync.gui.stage import Stage
from biosync.gui.theme import Look, style_sheet
from biosync.gui.view import SessionView
from biosync.gui.views.coach import CoachView
from biosync.gui.widgets.cards import Notice
from biosync.gui.widgets.frame_clock import FrameClock
from biosync.gui.widgets.note_line import NoteLine
from biosync.gui.widgets.transport import SKIP_S


class Window(QWidget):
    """One window, one session at a time. Without ``make_session`` it begins at the Start page; ``keeps`` tells that
    this session is to be kept. ``over`` is emitted when a session has ended, for whatever reason."""

    over = Signal()
    _told = Signal(str)

    def __init__(
        self,
        look: Look,
        make_session: MakeSession | None,
        outside: Outside,
        *,
        view: ViewName = "breathe",
        keeps: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("biosync")
        self.setMinimumSize(640, 480)
        self.resize(1280, 800)
        self._look, self._outside = look, outside
        self._again: Callable[[], None] | None = None
        self._full_from_maximized = False
        self._has_start = make_session is None
        self._clock = FrameClock(self)
        self._clock.tick.connect(self._tick)
        self._stage = Stage(self)
        self._actions = SessionActions(self, self._stage)
        self._pages = Pages(look, outside, self, self)
        self._view_name, self._given_view = view, view != "breathe"
        self._session_view = self._pages.session(view)
        self._overlays = Overlays(look, self)
        self._gate = LedgerGate(outside.ledger, self._overlays.passphrase, self)
        self._connect()
        self._dress()
        look.changed.connect(self._dress)
        if make_session is not None:
            self._begin_given(make_session, view, keeps)

    @property
    def view(self) -> QWidget:
        """The page that is seen."""
        return self._pages.seen

    @property
    def session_view(self) -> SessionView:
        """The view of the session, seen or not."""
        return self._session_view

    @property
    def running(self) -> bool:
        """True while a session runs."""
        return self._stage.running

    @property
    def stage(self) -> Stage:
        """The session that is on."""
        return self._stage

    @property
    def notice(self) -> Notice:
        """The sheet that tells of a problem."""
        return self._overlays.notice

    @property
    def note(self) -> NoteLine:
        """The quiet line for what biosync says beside the session."""
        return self._pages.note

    @property
    def frame_clock(self) -> FrameClock:
        """The beat of the screen."""
        return self._clock

    # --- the keys ---

    def toggle_session(self) -> None:
        """Start the session, or stop the one that runs; let a replay stand still, or go on."""
        bridge = self._stage.bridge
        if bridge is not None and bridge.duration_s is not None:
            bridge.go_on() if bridge.paused else bridge.pause()
        elif self._stage.running:
            self._stage.stop()
        elif self._again is not None and self._on_session:
            self._again()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or leave it."""
        if self.isFullScreen():
            self.showMaximized() if self._full_from_maximized else self.showNormal()
        else:
            self._full_from_maximized = self.isMaximized()
            self.showFullScreen()

    def back(self) -> None:
        """Take away what lies over the view; else leave full screen; else stop; else go to the start, or close."""
        card = self._overlays.top
        if card is not None:
            card.close_it()
        elif self.isFullScreen():
            self.toggle_full_screen()
        elif self.view is self._pages.joining:
            self._show_session()
        elif self._stage.running:
            self._stage.stop()
        elif self._on_session:
            self._leave()
        elif self._pages.start.choosing:
            self._pages.start.welcome()

    def too_slow(self) -> None:
        """Tell the pacer that its cue is too slow."""
        self._actions.say("too_slow", words.tr("a little faster"))

    def too_fast(self) -> None:
        """Tell the pacer that its cue is too fast."""
        self._actions.say("too_fast", words.tr("a little slower"))

    def mark(self) -> None:
        """Put a marker at this moment."""
        self._actions.mark()

    def select(self, person: str | None) -> None:
        """Choose a person, or (None) nobody."""
        self._actions.select(person)

    def select_number(self, place: int) -> None:
        """Choose the person at ``place``, counted from 0; once more, nobody."""
        self._actions.select_number(place)

    def leave_person(self) -> None:
        """Let the chosen person leave; the others go on."""
        self._actions.leave_person()

    def skip_back(self) -> None:
        """Go 30 s back in a replay."""
        self._actions.skip(-SKIP_S)

    def skip_forward(self) -> None:
        """Go 30 s forward in a replay."""
        self._actions.skip(SKIP_S)

    def add_client(self) -> None:
        """Look for the strap of one more client, while the session goes on."""
        if self._stage.bridge is None or self._stage.bridge.duration_s is not None:
            return
        if self._on_session and isinstance(self._session_view, CoachView):
            self._gate.through(self._look_for_client)

    def next_view(self) -> None:
        """Show this session in its next view: those that fit the people who take part."""
        fitting = self._fitting
        if self._on_session and len(fitting) > 1:
            here = fitting.index(self._view_name) if self._view_name in fitting else -1
            self._turn_to(fitting[(here + 1) % len(fitting)])

    def toggle_motion(self) -> None:
        """Change between full and reduced motion."""
        self._session_view.toggle_motion()

    def show_keys(self) -> None:
        """Show or hide the list of keys."""
        self._overlays.toggle_keys()

    def show_notes(self) -> None:
        """Show or hide all that was said."""
        self._overlays.toggle_notes(self._pages.note.said)

    def start_demo(self) -> None:
        """Start with a virtual strap, from the Start page; on the page that adds a client, add a virtual one."""
        if self.view is self._pages.joining:
            self._join_virtual()
        elif not self._on_session:
            self._pages.start.leave()
            self._again = lambda: self._begin(self._outside.start_demo, "breathe")
            self._again()

    def connect_strap(self) -> None:
        """Look for straps, from the Start page or the one that adds a client."""
        if self.view is self._pages.joining:
            self._pages.joining.look_again()
        elif not self._on_session:
            self._gate.through(self._pages.start.connect_strap)

    def show_problem(self, sentence: str) -> None:
        """Show one sentence about what went wrong."""
        self._overlays.show_problem(sentence)

    # --- Qt's events ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key asks; buttons and fields that have the focus come first."""
        for key in keys():
            if key.hit(event.key(), event.modifiers()) and not event.isAutoRepeat():
                place = (key.codes.index(Qt.Key(event.key())),) if key.numbered else ()
                getattr(self, key.method)(*place)
                return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End everything within a second."""
        self._clock.stop()
        self._pages.close_scans()
        self._gate.close()
        self._stage.close()
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
        self._overlays.place()

    # --- sessions ---

    def _begin_given(self, make: MakeSession, view: ViewName, keeps: bool) -> None:
        self._again = lambda: self._begin(make, view)
        self._show_session()
        if keeps:
            self._gate.through(self._again)
        else:
            self._again()

    def _begin_straps(self, wearers: tuple[Wearer, ...], together: bool) -> None:
        """Begin with those who have said yes; of several, each says it again before another session."""
        at = f"{utc_now():%Y-%m-%dT%H:%M:%SZ}"
        now = tuple(replace(one, consent=replace(one.consent, at=at)) for one in wearers)
        view: ViewName = "breathe" if len(now) == 1 else "together" if together else "coach"
        alone = len(now) == 1
        self._again = (lambda: self._begin_straps(wearers, together)) if alone else self._ask_again
        self._begin(lambda: self._outside.start_straps(now, together), view)

    def _ask_again(self) -> None:
        self._leave()
        self.connect_strap()

    def _begin(self, make: MakeSession, view: ViewName) -> None:
        self._view_name = view
        self._session_view = self._pages.session(view)
        self._actions.forget()
        self._session_view.reset()
        self._given_view = view != "breathe"
        self._stage.begin(make)
        self._show_session()

    def _ended(self) -> None:
        if self.view is self._pages.joining:
            self._show_session()
        self._session_view.advance(self._stage.moment(self._clock.seconds(), self._actions.selected))
        self.over.emit()

    def _leave(self) -> None:
        if not self._has_start:
            self.close()
            return
        self._stage.leave()
        self._pages.show_page(self._pages.start)
        self._pages.transport.hide()
        self._pages.start.welcome()
        self._pace()

    def _look_for_client(self) -> None:
        self._pages.transport.hide()
        self._pages.show_page(self._pages.joining)
        self._pages.joining.open(self._stage.people)
        self._pace()

    def _join(self, wearers: tuple[Wearer, ...]) -> None:
        for wearer in wearers:
            self._stage.join(partial(self._outside.join, wearer))
        self._show_session()

    def _join_virtual(self) -> None:
        self._stage.join(partial(self._outside.join, None))
        self._show_session()

    # --- what is seen ---

    @property
    def _on_session(self) -> bool:
        return self.view is self._session_view

    def _connect(self) -> None:
        pages = self._pages
        pages.start.demo_wanted.connect(self.start_demo)
        pages.start.straps_wanted.connect(self.connect_strap)
        pages.start.straps_agreed.connect(self._begin_straps)
        pages.joining.straps_agreed.connect(self._join)
        pages.joining.virtual_wanted.connect(self._join_virtual)
        pages.joining.back.connect(self.back)
        pages.transport.sought.connect(self._actions.seek)
        pages.transport.toggled.connect(self.toggle_session)
        pages.transport.skipped.connect(self._actions.skip)
        pages.note.wanted.connect(self.show_notes)
        self._stage.over.connect(self._ended)
        self._stage.failed.connect(self.show_problem)
        self._stage.told.connect(pages.note.say)
        self._told.connect(pages.note.say)
        self._outside.listen(self._told.emit)

    @property
    def _fitting(self) -> tuple[ViewName, ...]:
        shown = self._stage.moment(0.0, None).snapshot
        if shared(shown):
            return ("together", "breathe", "coach")
        return ("breathe", "coach") if shown is not None and len(shown.people) == 1 else ("coach",)

    def _turn_to(self, view: ViewName) -> None:
        self._view_name, self._given_view = view, True
        self._session_view = self._pages.session(view)
        self._session_view.reset()
        self._show_session()

    def _show_session(self) -> None:
        self._pages.show_page(self._session_view)
        self._session_view.setFocus()
        self._pace()

    def _tick(self, seconds: float) -> None:
        if not self._given_view and "together" in self._fitting:
            self._turn_to("together")  # a session of several with one cue opens there
        self._session_view.advance(self._stage.moment(seconds, self._actions.selected))
        bridge = self._stage.bridge
        duration_s = bridge.duration_s if bridge is not None else None
        paused = bridge is not None and bridge.paused
        self._pages.transport.show_time(self._stage.now(), duration_s, paused=paused)

    def _pace(self) -> None:
        if self._on_session and self.isVisible() and not self.isMinimized():
            self._clock.start(self._session_view.fps)
        else:
            self._clock.stop()

    def _dress(self) -> None:
        self.setStyleSheet(style_sheet(self._look.tokens))
