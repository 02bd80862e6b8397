"""What every view offers the window: a file in ``views`` with one subclass, named VIEW, is a view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from biosync.gui.preferring import less_motion
from biosync.gui.theme import Look
from biosync.preferences import Preferences
from biosync.snapshot import Snapshot

if TYPE_CHECKING:
    from biosync.charts.charts import Charts

ViewName = Literal["breathe", "together", "coach"]


class Actions(Protocol):
    """What a view may ask the window to do; every one of them has a key, too."""

    def toggle_session(self) -> None:
        """Start the session, or stop the one that runs."""

    def toggle_full_screen(self) -> None:
        """Fill the screen, or leave it."""

    def back(self) -> None:
        """Leave full screen; else stop the session; else leave the view."""

    def too_slow(self) -> None:
        """Tell the pacer that its cue is too slow."""

    def too_fast(self) -> None:
        """Tell the pacer that its cue is too fast."""

    def next_view(self) -> None:
        """Show this session in its next view."""

    def show_keys(self) -> None:
        """Show or hide the list of keys."""

    def mark(self) -> None:
        """Put a marker at this moment."""

    def select(self, person: str | None) -> None:
        """Choose a person, or (None) nobody."""

    def leave_person(self) -> None:
        """Let the chosen person leave; the others go on."""

    def add_client(self) -> None:
        """Let one more take part, alone."""

    def put_marker(self, text: str, at_t: float) -> None:
        """Put a marker with these words at ``at_t`` (s), for the chosen person, or for all."""

    def keep_note(self, person: str, text: str) -> None:
        """Note ``text`` down about ``person``."""

    def note_about(self, person: str) -> str:
        """Return what was noted down about ``person`` in this session, nothing where nothing was."""
        ...

    def ask_charts(self, person: str) -> None:
        """Have the charts of ``person`` made; the view is given them."""

    def show_client_screen(self) -> None:
        """Show the clients' screen, or close it."""

    def choose_practice(self) -> None:
        """Offer the programs, and to several the roles, of the session that runs."""

    def toggle_tones(self) -> None:
        """Let the tones be heard, or not."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a view draws: the ``snapshot`` (None before the first) at session time ``now`` (s).

    ``seconds`` is the viewer's own time, for what fades and moves; ``running`` is False once the session is over;
    ``selected`` is the name of the person that was chosen.
    """

    snapshot: Snapshot | None
    now: float
    seconds: float
    running: bool
    selected: str | None = None


class SessionView(QWidget):
    """A view of a running session. ``fps`` is how often it wants to be asked to draw."""

    fps: float = 60.0

    def __init__(self, look: Look, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._look = look
        self._actions = actions
        self._less_motion = False

    def advance(self, moment: Moment) -> None:
        """Draw ``moment``; called ``fps`` times a second while the window can be seen."""
        raise NotImplementedError

    def tell(self, text: str, seconds: float) -> None:
        """Show one line of text for a while; ``seconds`` is the viewer's time."""
        raise NotImplementedError

    def reset(self) -> None:
        """Forget the session that was; another begins."""

    def back(self) -> bool:
        """Take away what is open within the view; False where nothing is."""
        return False

    def mark(self) -> bool:
        """Ask for the words of a marker at this moment; False in a view that marks without words."""
        return False

    def take_charts(self, charts: Charts) -> None:
        """Show the charts that were asked for."""

    def close_work(self) -> None:
        """End what still works in the background: the window closes."""

    def prefer(self, preferences: Preferences) -> None:
        """Go by what is set now: motion, numbers, the cue, eyes open, as far as the view has them."""
        self._less_motion = less_motion(preferences.motion)
