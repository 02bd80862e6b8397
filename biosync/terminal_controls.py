"""What the keys of the terminal view do to the session."""

from __future__ import annotations

from biosync.run_problems import SessionProblem
from biosync.session import Session

SKIP_S = 30.0
MARKER = "marker"
_NUMBERS = tuple("123456789")
_SAID = {"s": "too_slow", "+": "too_slow", "=": "too_slow", "f": "too_fast", "-": "too_fast", "−": "too_fast"}


class Controls:
    """Passes keys on to ``session``. ``selected`` is the person who was chosen by number; ``note`` what was done last,
    in words."""

    def __init__(self, session: Session) -> None:
        self.selected: str | None = None
        self.note = ""
        self._session = session

    @property
    def hint(self) -> str:
        """Which keys there are just now."""
        if self._session.duration_s is not None:
            space = "goes on" if self._session.paused else "pauses"
            return f"Space {space}   ←/→ 30 s back/forward   q ends"
        leave = f"   l: {self.selected} leaves" if self.selected else "   1–9 choose, l leaves"
        several = len(self._here()) > 1
        return f"s too slow   f too fast   m marks{leave if several else ''}   q ends"

    def press(self, key: str) -> None:
        """Do what ``key`` stands for; a key without meaning does nothing."""
        key = key.lower()
        try:
            if key in ("q", "esc"):
                self._session.stop()
            elif self._session.duration_s is not None:
                self._play(key)
            else:
                self._take_part(key)
        except SessionProblem as problem:
            self.note = str(problem)

    def _play(self, key: str) -> None:
        session = self._session
        if key == " ":
            (session.go_on if session.paused else session.pause)()
        elif key in ("left", "right"):
            session.seek(session.now() + (SKIP_S if key == "right" else -SKIP_S))

    def _take_part(self, key: str) -> None:
        if key in _SAID:
            said = _SAID[key]
            self._session.say(said)
            self.note = f"noted: {said.replace('_', ' ')}; the cue changes with the next breaths"
        elif key == "m":
            self._session.mark(MARKER)
            self.note = "this moment is marked"
        elif key == "l":
            self._leave()
        elif key in _NUMBERS:
            self._select(int(key))

    def _select(self, number: int) -> None:
        here = self._here()
        if len(here) > 1 and number <= len(here):
            self.selected = None if self.selected == here[number - 1] else here[number - 1]

    def _leave(self) -> None:
        if self.selected is not None:
            self._session.leave(self.selected)
            self.selected, self.note = None, ""
        elif len(self._here()) > 1:
            self.note = "choose by number who leaves"

    def _here(self) -> list[str]:
        latest = self._session.latest
        return [] if latest is None else [view.name for view in latest.people if not view.left]
