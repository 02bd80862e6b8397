"""What begins and ends a session: a given one, the demo, people with straps; who joins it, and in which view it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from biosync.clock import utc_now
from biosync.gui.bridge import MakeSession
from biosync.gui.in_step import shared
from biosync.gui.ledger_gate import LedgerGate
from biosync.gui.outside import Outside, Wearer
from biosync.gui.page import Page
from biosync.gui.pages import Pages
from biosync.gui.stage import Stage
from biosync.gui.turns import Turns
from biosync.gui.view import SessionView, ViewName
from biosync.gui.views.coach import CoachView


class SessionLife(QObject):
    """One session after the other on ``stage``, each seen among ``pages``. ``begins`` tells that another one begins,
    ``left`` that it was left and there is no Start page to go back to."""

    begins = Signal()
    left = Signal()

    def __init__(
        self, pages: Pages, stage: Stage, gate: LedgerGate, outside: Outside, view: ViewName, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._pages, self._stage, self._gate, self._outside = pages, stage, gate, outside
        self._again: Callable[[], None] | None = None
        self._has_start = True
        self._from: Page | None = None
        self._view_name, self._given_view = view, view != "breathe"
        self.view: SessionView = pages.session(view)
        pages.demo_wanted.connect(self.start_demo)
        pages.scenario_wanted.connect(self.start_scenario)
        pages.straps_wanted.connect(self.connect_strap)
        pages.straps_agreed.connect(self._begin_straps)
        pages.joined.connect(self._join)
        pages.virtual_wanted.connect(self._join_virtual)

    @property
    def seen(self) -> bool:
        """True while the view of the session is what is seen."""
        return self._pages.seen is self.view

    # --- beginning ---

    def begin_given(self, make: MakeSession, view: ViewName, keeps: bool) -> None:
        """Begin with the session that the window was opened for; without a Start page. ``keeps``: it is kept."""
        self._has_start = False
        self._again = lambda: self._begin(make, view)
        self.show()
        if keeps:
            self._gate.through(self._again)
        else:
            self._again()

    def play(self, make: MakeSession, view: ViewName) -> None:
        """Begin the session that ``make`` makes, in place of one that runs."""
        seen = self._pages.beside
        self._again = lambda: self._begin(make, view)
        self._again()
        self._from = seen

    def start_demo(self) -> None:
        """Start with a virtual strap, from the Start page; on the page that adds a client, add a virtual one."""
        if self._pages.seen is self._pages.joining:
            self._join_virtual()
        elif not self.seen:
            self._pages.start.leave()
            self.play(self._outside.start_demo, "breathe")

    def start_scenario(self, name: str) -> None:
        """Start with virtual people who live through the scenario ``name``."""
        self._pages.start.leave()
        self.play(lambda: self._outside.start_scenario(name), "together")

    def connect_strap(self) -> None:
        """Look for straps, from the Start page or the one that adds a client."""
        if self._pages.seen is self._pages.joining:
            self._pages.joining.look_again()
        elif not self.seen:
            self._gate.through(self._pages.start.connect_strap)

    def begin_again(self) -> None:
        """Begin the session that is over anew."""
        if self._again is not None and self.seen:
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
        self.leave()
        self.connect_strap()

    def _begin(self, make: MakeSession, view: ViewName) -> None:
        self._view_name, self._given_view, self._from = view, view != "breathe", None
        self.view = self._pages.session(view)
        self.begins.emit()
        self.view.reset()
        self._stage.begin(make)
        self.show()

    # --- joining and leaving ---

    def add_client(self) -> None:
        """Look for the strap of one more client, while the session goes on."""
        if self._stage.bridge is None or self._stage.bridge.duration_s is not None:
            return
        if self.seen and isinstance(self.view, CoachView):
            self._gate.through(self._look_for_client)

    def leave(self) -> None:
        """Leave the session for the Start page, or for the page beside it that a replay was asked for on."""
        if not self._has_start:
            self.left.emit()
            return
        self._stage.leave()
        self._pages.show_page(self._pages.start)
        self._pages.start.welcome()
        if self._from is not None:
            self._pages.show_page(self._from)  # one goes on where the replay was asked for; Start lies behind it
            self._from = None

    def _look_for_client(self) -> None:
        self._pages.show_page(self._pages.joining)
        self._pages.joining.open(self._stage.people)

    def _join(self, wearers: tuple[Wearer, ...]) -> None:
        for wearer in wearers:
            self._stage.join(partial(self._outside.join, wearer))
        self.show()

    def _join_virtual(self) -> None:
        self._stage.join(partial(self._outside.join, None))
        self.show()

    # --- its view ---

    def show(self) -> None:
        """Show the session in its view."""
        self._pages.show_page(self.view)
        self.view.setFocus()

    def next_view(self) -> None:
        """Show this session in its next view: those that fit the people who take part."""
        fitting = self._fitting
        if self.seen and len(fitting) > 1:
            here = fitting.index(self._view_name) if self._view_name in fitting else -1
            self._turn_to(fitting[(here + 1) % len(fitting)])

    def find_view(self) -> None:
        """Turn to Together where a session without a chosen view turns out to have several people and one cue."""
        if not self._given_view and "together" in self._fitting:
            self._turn_to("together")

    def word_anew(self, turns: Turns) -> None:
        """Make everything again, for the language is another one: what is seen now, the rest in ``turns``."""
        came_from = self._pages.name_of(self._from)
        joining = self._pages.seen is self._pages.joining
        self._pages.word_anew(turns)
        self._from = None if came_from is None else self._pages.page(came_from)
        if self.seen or joining:
            self._word_view()
            self.show()
        else:
            turns.add(self._word_view)
        turns.add(self._pages.retire)

    def _word_view(self) -> None:
        seen, self.view = self.seen, self._pages.session(self._view_name)
        self.view.reset()
        if seen:
            self.show()

    @property
    def _fitting(self) -> tuple[ViewName, ...]:
        shown = self._stage.moment(0.0, None).snapshot
        if shared(shown):
            return ("together", "breathe", "coach")
        return ("breathe", "coach") if shown is not None and len(shown.people) == 1 else ("coach",)

    def _turn_to(self, view: ViewName) -> None:
        self._view_name, self._given_view = view, True
        self.view = self._pages.session(view)
        self.view.reset()
        self.show()
