"""What a person does to the session that runs: says too slow, marks, chooses somebody, lets them leave, seeks."""

from __future__ import annotations

from typing import Protocol

from biosync.gui import words
from biosync.gui.stage import Stage
from biosync.gui.view import SessionView
from biosync.gui.widgets.frame_clock import FrameClock


class Screen(Protocol):
    """Where it is answered."""

    @property
    def session_view(self) -> SessionView:
        """The view of the session."""

    @property
    def frame_clock(self) -> FrameClock:
        """The viewer's time."""


class SessionActions:
    """``selected`` is who was chosen: what is said then is theirs alone. None speaks for all. ``notes`` is what was
    noted down in this session, by person."""

    def __init__(self, screen: Screen, stage: Stage) -> None:
        self._screen, self._stage = screen, stage
        self.selected: str | None = None
        self.notes: dict[str, str] = {}

    def forget(self) -> None:
        """Nobody is chosen any more, and nothing noted: another session begins."""
        self.selected = None
        self.notes.clear()

    def say(self, text: str, answer: str) -> None:
        """Pass on ``text`` to the pacer, and show ``answer``."""
        if self._stage.bridge is not None:
            self._stage.bridge.say(text, self.selected)
            self._answer(f"{self.selected}: {answer}" if self.selected else answer)

    def choose(self, said: str, person: str | None, answer: str) -> None:
        """Choose a program or a role for the cue of ``person`` (None: of who is chosen, else of all)."""
        if self._stage.bridge is not None:
            self._stage.bridge.say(said, person or self.selected)
            self._answer(answer)

    def tell(self, text: str) -> None:
        """Show ``text`` in the view's line."""
        self._answer(text)

    def mark(self) -> None:
        """Put a marker at this moment."""
        if self._stage.bridge is not None:
            self._stage.bridge.mark(words.tr("marker"), self.selected)
            at = words.duration(self._stage.now())
            said = words.tr("marked at {time}").format(time=at)
            self._answer(f"{self.selected}: {said}" if self.selected else said)

    def put_marker(self, text: str, at_t: float) -> None:
        """Put a marker with these words at ``at_t`` (s)."""
        if self._stage.bridge is not None:
            self._stage.bridge.mark(text, self.selected, at_t)
            said = words.tr("marked at {time}: {text}").format(time=words.duration(at_t), text=text)
            self._answer(f"{self.selected}: {said}" if self.selected else said)

    def select(self, person: str | None) -> None:
        """Choose ``person``, or nobody; who is chosen already is chosen no more."""
        here = self._stage.people
        self.selected = person if person in here and person != self.selected and len(here) > 1 else None

    def select_number(self, place: int) -> None:
        """Choose the person at ``place``, counted from 0 in the order in which they came."""
        person = self._stage.person(place)
        if person is not None:
            self.select(person)

    def leave_person(self) -> None:
        """Let the chosen person leave; one who is alone ends the session."""
        here, bridge = self._stage.people, self._stage.bridge
        if bridge is None:
            return
        if len(here) == 1:
            self._stage.stop()
        elif self.selected in here and self.selected is not None:
            bridge.leave(self.selected)
            self._answer(words.tr("{name} is paused").format(name=self.selected))
            self.selected = None
        else:
            self._answer(words.tr("who leaves? choose with 1 to 8, then L"))

    def seek(self, t: float) -> None:
        """Go to ``t`` seconds of a replay."""
        bridge = self._stage.bridge
        if bridge is not None and bridge.duration_s is not None:
            bridge.seek(min(max(0.0, t), bridge.duration_s))

    def skip(self, seconds: float) -> None:
        """Go so many seconds forward, or back, in a replay."""
        self.seek(self._stage.now() + seconds)

    def _answer(self, text: str) -> None:
        self._screen.session_view.tell(text, self._screen.frame_clock.seconds())
