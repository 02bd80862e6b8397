"""The window: which page is seen, what lies over it, and what the keys do."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from biosync.gui import words
from biosync.gui.bridge import MakeSession
from biosync.gui.client_screen import ClientScreens
from biosync.gui.coach_keys import CoachKeys
from biosync.gui.dressing import Dressing
from biosync.gui.keys import Key, keys
from biosync.gui.ledger_gate import LedgerGate
from biosync.gui.modes import Modes
from biosync.gui.outside import Outside
from biosync.gui.overlays import Overlays
from biosync.gui.page import PageName
from biosync.gui.pages import Pages
from biosync.gui.preferring import less_motion
from biosync.gui.screens import Screens
from biosync.gui.session_actions import SessionActions
from biosync.gui.session_life import SessionLife
from biosync.gui.sounding import Sounding
from biosync.gui.stage import Stage
from biosync.gui.stall_watch import StallWatch
from biosync.gui.theme import Look
from biosync.gui.turns import Turns
from biosync.gui.view import SessionView
from biosync.gui.view import ViewName as ViewName
from biosync.gui.views.coach import CoachView
from biosync.gui.widgets.cards import Notice
from biosync.gui.widgets.frame_clock import FrameClock
from biosync.gui.widgets.note_line import NoteLine
from biosync.gui.widgets.transport import SKIP_S


class Window(QWidget, CoachKeys):
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
        self.setWindowTitle("biosync")
        self.setMinimumSize(640, 480)
        self.resize(1280, 800)
        self._look, self._outside = look, outside
        self._clock = FrameClock(self)
        self._clock.tick.connect(self._tick)
        self._stage = Stage(self)
        self._actions = SessionActions(self, self._stage)
        self._dressing, self._turns = Dressing(look, self), Turns(self)
        self._pages = Pages(look, outside, self, self, self._dressing)
        self._overlays = Overlays(look, self, self.show_page, self._dressing)
        self._gate = LedgerGate(outside.ledger, self._overlays.passphrase, self)
        self._client_screens = ClientScreens(
            look, self._stage, self, lambda: less_motion(outside.preferring.now.motion))
        self._life = SessionLife(self._pages, self._stage, self._gate, outside, view, self)
        self._modes = Modes(self, self._actions, self._stage, outside.preferring, self._dressing)
        self._screens = Screens(self)
        self._sounding = Sounding(self._stage, outside.preferring, outside.open_speaker, self)
        self._stall_watch = StallWatch(outside.preferring, self)
        self._connect()
        if make_session is not None:
            self._life.begin_given(make_session, view, keeps)

    @property
    def view(self) -> QWidget:
        """The page that is seen."""
        return self._pages.seen

    @property
    def session_view(self) -> SessionView:
        """The view of the session, seen or not."""
        return self._life.view

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
    def practice_menu(self) -> QMenu | None:
        """The menu of programs and roles, None before it was first opened."""
        return self._modes.menu

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
        else:
            self._life.begin_again()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or leave it."""
        self._screens.toggle()

    def back(self) -> None:
        """Take away what lies over the view, or is open in it; else stop; else leave full screen; else go to the start,
        or close."""
        card = self._overlays.top
        if card is not None:
            card.close_it()
        elif self._life.seen and self._life.view.back():
            pass
        elif self._life.seen and self._stage.running:
            self._stage.stop()  # before all else: stop is always this one key
        elif self.isFullScreen():
            self.toggle_full_screen()
        elif self._pages.beside is not None:
            if not self._pages.beside.back():
                self._leave_page()
        elif self.view is self._pages.joining:
            self._life.show()
        elif self._life.seen:
            self._life.leave()
        elif self._pages.start.choosing:
            self._pages.start.welcome()

    def too_slow(self) -> None:
        """Tell the pacer that its cue is too slow."""
        self._actions.say("too_slow", words.tr("a little faster"))

    def too_fast(self) -> None:
        """Tell the pacer that its cue is too fast."""
        self._actions.say("too_fast", words.tr("a little slower"))

    def mark(self) -> None:
        """Put a marker at this moment, with words where the view asks for them."""
        if self._stage.bridge is not None and not self._life.view.mark():
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
        self._life.add_client()

    def next_view(self) -> None:
        """Show this session in its next view: those that fit the people who take part."""
        self._life.next_view()

    def choose_practice(self) -> None:
        """Offer the programs, and to several the roles, of the session that runs."""
        if self._life.seen:
            self._modes.choose_practice()

    def toggle_motion(self) -> None:
        """Change between full and reduced motion."""
        self._modes.toggle_motion()

    def toggle_tones(self) -> None:
        """Let the tones be heard, or not."""
        self._modes.toggle("tones")

    def toggle_numbers(self) -> None:
        """Show numbers, or none."""
        self._modes.toggle("numbers")

    def toggle_cue(self) -> None:
        """Show the breath cue, or the rhythm alone."""
        self._modes.toggle("cue")

    def toggle_eyes_open(self) -> None:
        """Show a small cue for open eyes, or a large one."""
        self._modes.toggle("eyes_open")

    def other_screen(self) -> None:
        """Fill the next screen."""
        self._screens.next()

    def show_stories(self) -> None:
        """Show what virtual people may live through together, from the Start page."""
        if self.view is self._pages.start:
            self._pages.start.show_stories()

    def show_keys(self) -> None:
        """Show or hide the list of keys."""
        self._overlays.toggle_keys()

    def show_notes(self) -> None:
        """Show or hide all that was said."""
        self._overlays.toggle_notes(self._pages.note.said)

    def start_demo(self) -> None:
        """Start with a virtual strap, from the Start page; on the page that adds a client, add a virtual one."""
        self._life.start_demo()

    def connect_strap(self) -> None:
        """Look for straps, from the Start page or the one that adds a client; on the coach's board: the clients'
        screen."""
        if self._life.seen and isinstance(self._life.view, CoachView):
            self.show_client_screen()
        else:
            self._life.connect_strap()

    def play(self, make: MakeSession, view: ViewName) -> None:
        """Begin the session (a replay) that ``make`` makes, in place of a replay that runs; never of a live one."""
        if self._stage.running and (self._stage.bridge is None or self._stage.bridge.duration_s is None):
            self.show_problem(words.tr("A session is running: end it first, then you can see another one again."))
            return
        self._life.play(make, view)

    def show_page(self, name: PageName) -> None:
        """Show a page beside the session, which goes on; the one that is seen already is left."""
        page = self._pages.page(name)
        if self.view is page:
            self._leave_page()
        elif page.reads_ledger:
            self._gate.through(lambda: self._pages.show_page(self._pages.page(name)))  # made again meanwhile, perhaps
        else:
            self._pages.show_page(page)

    def show_sessions(self) -> None:
        """Show the stored sessions, or leave them."""
        self.show_page("sessions")

    def show_settings(self) -> None:
        """Show what can be set, or leave it."""
        self.show_page("settings")

    def show_help(self) -> None:
        """Show who can be called, and how to stop; or leave it."""
        self.show_page("help")

    def show_problem(self, sentence: str) -> None:
        """Show one sentence about what went wrong."""
        self._overlays.show_problem(sentence)

    # --- Qt's events ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key asks; buttons and fields that have the focus come first."""
        for key in keys():
            if key.hit(event.key(), event.modifiers()) and not event.isAutoRepeat() and self._listens_to(key):
                place = (key.codes.index(Qt.Key(event.key())),) if key.numbered else ()
                getattr(self, key.method)(*place)
                return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """End everything within a second."""
        self._clock.stop()
        self._client_screens.close()
        self._turns.clear()
        self._pages.close_work()
        self._gate.close()
        self._sounding.close()
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
        """Paint no more while the window is minimised; say everything anew in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._pace()
        elif event.type() == QEvent.Type.LanguageChange:
            self._turns.clear()
            self._turns.add(lambda: self._life.word_anew(self._turns))
            self._turns.add(self._word_overlays)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, which shows where a page has not come yet."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._look.color("surface"))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what lies over the view in its middle."""
        super().resizeEvent(event)
        self._overlays.place()

    # --- what is seen ---

    def _connect(self) -> None:
        pages = self._pages
        pages.turned.connect(self._turned)
        pages.page_wanted.connect(self.show_page)
        pages.back.connect(self.back)
        pages.sought.connect(self._actions.seek)
        pages.toggled.connect(self.toggle_session)
        pages.skipped.connect(self._actions.skip)
        pages.note.wanted.connect(self.show_notes)
        self._life.begins.connect(self._actions.forget)
        self._life.left.connect(self.close)
        self._stage.over.connect(self._ended)
        self._stage.failed.connect(self.show_problem)
        self._stage.told.connect(pages.note.say)
        self._stage.charted.connect(lambda charts: self._life.view.take_charts(charts))
        self._told.connect(pages.note.say)
        self._sounding.told.connect(pages.note.say)
        self._stall_watch.told.connect(pages.note.say)
        self._outside.preferring.told.connect(pages.note.say)
        self._outside.listen(self._told.emit)

    def _word_overlays(self) -> None:
        self._overlays.word_anew()
        self._gate.ask_with(self._overlays.passphrase)

    def _listens_to(self, key: Key) -> bool:
        """Tell if ``key`` means something now: on a page beside the session nobody changes what they don't see."""
        return key.everywhere or self._pages.beside is None

    def _leave_page(self) -> None:
        before = self._pages.before
        if before is self._pages.start and not self._stage.running:
            self._pages.show_page(before)
            self._pages.start.take_focus()
        else:
            self._life.show()

    def _turned(self) -> None:
        if not self._life.seen:
            self._pages.transport.hide()
        self._pace()

    def _ended(self) -> None:
        if self.view is self._pages.joining:
            self._life.show()
        self._life.view.advance(self._stage.moment(self._clock.seconds(), self._actions.selected))
        self.over.emit()

    def _tick(self, seconds: float) -> None:
        self._life.find_view()
        self._life.view.advance(self._stage.moment(seconds, self._actions.selected))
        bridge = self._stage.bridge
        duration_s = bridge.duration_s if bridge is not None else None
        paused = bridge is not None and bridge.paused
        self._pages.transport.show_time(self._stage.now(), duration_s, paused=paused)

    def _pace(self) -> None:
        if self._life.seen and self.isVisible() and not self.isMinimized():
            self._clock.start(self._life.view.fps)
        else:
            self._clock.stop()
