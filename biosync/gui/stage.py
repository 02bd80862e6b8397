"""The session that is on: one at a time, the next only once the one before has let go of its straps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from biosync.gui.bridge import Bridge, MakeSession
from biosync.gui.view import Moment

if TYPE_CHECKING:
    from biosync.run import Newcomer

_LET_GO_MS = 6000
"""A session that has not ended after so long is cancelled."""


class Stage(QObject):
    """``begun`` tells that a session begins, ``over`` that one has ended, for whatever reason; ``failed`` carries why
    it could not go on, ``told`` a sentence on what was asked for and can't be, ``charted`` the Charts that were asked
    for."""

    begun = Signal()
    over = Signal()
    failed = Signal(str)
    told = Signal(str)
    charted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge: Bridge | None = None
        self._next: MakeSession | None = None
        self._running = False
        self._stopped_at = 0.0
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_LET_GO_MS)
        self._patience.timeout.connect(self._cancel)

    @property
    def running(self) -> bool:
        """True while a session runs, or is about to."""
        return self._running

    @property
    def bridge(self) -> Bridge | None:
        """The way to the session that runs; None where none does."""
        return self._bridge if self._running and self._next is None else None

    @property
    def people(self) -> tuple[str, ...]:
        """The names of those who take part now."""
        shown = self._bridge.latest if self._bridge is not None else None
        return tuple(person.name for person in shown.people if not person.left) if shown is not None else ()

    def person(self, place: int) -> str | None:
        """Return who came as number ``place`` (from 0) and is here still, None for nobody."""
        shown = self._bridge.latest if self._bridge is not None else None
        if shown is None:
            return None
        return next((one.name for one in shown.people if one.number == place and not one.left), None)

    def begin(self, make: MakeSession) -> None:
        """Begin the session that ``make`` makes."""
        self._running = True
        self.begun.emit()
        if self._bridge is None or not self._bridge.alive:
            self._start(make)
            return
        self._next = make
        self._bridge.stop()
        self._patience.start()

    def join(self, newcomer: Callable[[], Newcomer]) -> None:
        """Let one more take part: alone, or again with those they shared a cue with before."""
        if self.bridge is not None:
            self.bridge.join(newcomer)

    def stop(self) -> None:
        """End the session cleanly; it is over on the screen at once."""
        self._next = None
        if self._bridge is not None:
            self._bridge.stop()
        self._end()

    def leave(self) -> None:
        """Show nothing of the session that was; what is left of it ends by itself."""
        self.stop()
        self._stopped_at = 0.0

    def moment(self, seconds: float, selected: str | None) -> Moment:
        """Return what the views draw at the viewer's time ``seconds``."""
        bridge = self._bridge if self._next is None else None
        snapshot = bridge.latest if bridge is not None else None
        return Moment(snapshot, self.now() if self._running else self._stopped_at, seconds, self._running, selected)

    def now(self) -> float:
        """Return the session's time in s, 0 before it."""
        return self._bridge.now() if self._bridge is not None and self._next is None else 0.0

    def close(self) -> None:
        """End everything, within a second: the window closes."""
        self._next, self._running = None, False
        self._patience.stop()
        if self._bridge is not None:
            self._bridge.close()
            self._bridge = None

    def _start(self, make: MakeSession) -> None:
        bridge = self._bridge = Bridge(make, self)
        bridge.finished.connect(lambda: self._ended(bridge, ""))
        bridge.problem.connect(lambda sentence: self._ended(bridge, sentence))
        bridge.told.connect(self.told)
        bridge.charted.connect(lambda charts: self.charted.emit(charts) if bridge is self._bridge else None)
        bridge.start()

    def _ended(self, bridge: Bridge, problem: str) -> None:
        if bridge is not self._bridge:
            return
        self._patience.stop()
        if self._next is not None:
            make, self._next = self._next, None
            self._start(make)
            return
        self._end()
        if problem:
            self.failed.emit(problem)

    def _cancel(self) -> None:
        if self._bridge is not None and self._next is not None:
            self._bridge.cancel()  # it may be stuck in a radio that does not answer; the next one waits no longer
            make, self._next = self._next, None
            self._start(make)

    def _end(self) -> None:
        if self._running:
            self._stopped_at = self.now()
            self._running = False
            self.over.emit()
