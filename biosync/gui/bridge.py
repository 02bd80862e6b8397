"""The one bridge between the window's thread and the session's: an asyncio loop in a worker thread.

Down go calls through ``call_soon_threadsafe``; up come the latest snapshot and two signals for rare things.
"""

from __future__ import annotations

import asyncio
import gc
import inspect
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from biosync.gui.words import as_sentence, tr
from biosync.run_problems import SessionProblem
from biosync.snapshot import Snapshot

if TYPE_CHECKING:
    # Making a session loads the engine and with it SciPy: that is left to the worker, after the first frame.
    from biosync.run import Newcomer, Session

MakeSession = Callable[[], "Session | Awaitable[Session]"]
"""Makes a session, perhaps after a look for its straps."""

_LOG = logging.getLogger(__name__)
_OURS = ("biosync", "devices")


def sentence(error: BaseException) -> str:
    """Return the one sentence that a person sees of ``error``: its own words where it is one of ours."""
    own = str(error)
    if type(error).__module__.partition(".")[0] in _OURS and own:
        return as_sentence(own)
    told = f"{type(error).__name__}: {error}"
    return tr("Something went wrong inside biosync ({error}); please start again, and report it if it comes back."
              ).format(error=told)


class Worker(QObject):
    """One coroutine with a thread and an event loop of its own. ``finished`` carries nothing, ``problem`` one
    sentence; exactly one of them is emitted unless the worker is closed."""

    finished = Signal()
    problem = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[Any] | None = None
        self._lock = threading.Lock()
        self._early: list[tuple[Callable[..., None], tuple[Any, ...]]] = []  # asked for before the loop ran
        self._closing = False
        self._thread = threading.Thread(target=self._work, name=type(self).__name__, daemon=True)

    async def job(self) -> None:
        """Do the work; what it raises becomes ``problem``."""
        raise NotImplementedError

    def start(self) -> None:
        """Start the thread; what is asked for before its loop runs is done then."""
        self._thread.start()

    @property
    def alive(self) -> bool:
        """True while the work goes on."""
        return self._thread.is_alive()

    def call(self, function: Callable[..., None], *args: Any) -> None:
        """Have ``function`` called in the worker's loop; nothing happens once that is over."""
        with self._lock:
            if self._loop is None:
                self._early.append((function, args))
                return
        try:
            self._loop.call_soon_threadsafe(function, *args)
        except RuntimeError:
            _LOG.debug("the loop is closed already: nobody is left to hear it")

    def close(self, seconds: float = 0.8) -> bool:
        """End the work within ``seconds``: asked first, cancelled at half time. True if it did end."""
        self._closing = True
        self.ask_to_end()
        self._thread.join(seconds / 2)
        if self.alive:
            self.cancel()
            self._thread.join(seconds / 2)
        return not self.alive

    def let_go(self) -> None:
        """Delete it once its work is over: the thread still uses it for a moment after the last signal."""
        self._thread.join(1.0)
        self.deleteLater()

    def ask_to_end(self) -> None:
        """Ask the work to end in its own way."""
        self.cancel()

    def cancel(self) -> None:
        """Cancel the coroutine."""
        self.call(self._cancel)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _work(self) -> None:
        try:
            asyncio.run(self._main())
        except asyncio.CancelledError:
            self._tell(None)
        except Exception as error:  # noqa: BLE001  # the top of the worker: a person sees one sentence
            _LOG.debug("the worker ended with an error", exc_info=True)
            self._tell(sentence(error))
        else:
            self._tell(None)

    async def _main(self) -> None:
        loop = asyncio.get_running_loop()
        self._task = asyncio.current_task()
        with self._lock:
            self._loop = loop
        for function, args in self._early:
            loop.call_soon(function, *args)
        await self.job()

    def _tell(self, problem: str | None) -> None:
        if self._closing:
            return
        try:
            if problem is None:
                self.finished.emit()
            else:
                self.problem.emit(problem)
        except RuntimeError:
            _LOG.debug("whoever asked is gone already: nobody is left to hear it")


class Bridge(Worker):
    """A session in its thread, as the window sees it. The session is made there too, so that slow imports and
    files don't hold up the window. ``finished`` says that it ended, ``problem`` why it could not go on; ``told``
    carries one sentence on something that was asked for and can't be, while the session goes on; ``charted`` the Charts
    that were asked for."""

    told = Signal(str)
    charted = Signal(object)

    def __init__(self, make_session: MakeSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_session = make_session
        self._session: Session | None = None
        self._stopped = False

    @property
    def latest(self) -> Snapshot | None:
        """The newest snapshot, None before the first."""
        return self._session.latest if self._session else None

    def now(self) -> float:
        """Return the seconds since the session's start, 0 before it."""
        return self._session.now() if self._session else 0.0

    @property
    def duration_s(self) -> float | None:
        """How long it is, for a replay that can be paused and set; None where it can't."""
        return self._session.duration_s if self._session else None

    @property
    def paused(self) -> bool:
        """True while a replay stands still."""
        return self._session is not None and self._session.paused

    def say(self, text: str, person: str | None = None) -> None:
        """Pass on what a person says to the pacer: too_slow, too_fast, stop, go."""
        self._ask(lambda session: session.say(text, person))

    def mark(self, text: str, person: str | None = None, at_t: float | None = None) -> None:
        """Put a marker at this moment, or at ``at_t`` (s)."""
        self._ask(lambda session: session.mark(text, person, at_t))

    def note(self, person: str, text: str) -> None:
        """Note ``text`` down about ``person``."""
        self._ask(lambda session: session.note(person, text))

    def ask_charts(self, person: str) -> None:
        """Have the charts of ``person`` made in the session's thread; ``charted`` carries them."""
        self._ask(lambda session: self._chart(session, person))

    def join(self, newcomer: Callable[[], Newcomer], beside: Sequence[str] = ()) -> None:
        """Let whom ``newcomer`` makes (in the worker) take part, with the cue of ``beside``; else with that of those
        they were with before, or one of their own."""
        self._ask(lambda session: session.join(newcomer(), beside, again=True))

    def leave(self, person: str) -> None:
        """Let ``person`` go; with the last one the session ends."""
        self._ask(lambda session: session.leave(person))

    def pause(self) -> None:
        """Let a replay stand still."""
        self._ask(lambda session: session.pause())

    def go_on(self) -> None:
        """Let a replay play on."""
        self._ask(lambda session: session.go_on())

    def seek(self, t: float) -> None:
        """Set a replay to ``t`` seconds."""
        self._ask(lambda session: session.seek(t))

    def stop(self) -> None:
        """End the session cleanly; ``finished`` follows."""
        self._stopped = True
        if self._session:
            self.call(self._session.stop)
        else:  # it may still look for its straps
            self.cancel()

    def ask_to_end(self) -> None:
        """Ask the session to end cleanly."""
        self.stop()

    async def job(self) -> None:
        """Make the session and run it to its end."""
        made = self._make_session()
        session = await made if inspect.isawaitable(made) else made
        self._session = session
        _spare_what_is_loaded()
        if not self._stopped:
            await session.run()

    def _ask(self, what: Callable[[Session], None]) -> None:
        session = self._session
        if session is not None:
            self.call(self._try, what, session)

    def _chart(self, session: Session, person: str) -> None:
        made = session.charts(person)
        if made is not None and not self._closing:
            self.charted.emit(made)

    def _try(self, what: Callable[[Session], None], session: Session) -> None:
        try:
            what(session)
        except SessionProblem as problem:
            self.told.emit(sentence(problem))


def _spare_what_is_loaded() -> None:
    """Once: keep Python's collector from looking through all that was loaded, which stays; it took 35 ms each time,
    two frames of the cue."""
    if not gc.get_freeze_count():
        gc.freeze()


class Errand(Worker):
    """One question for the outside (a scan for straps), whose answer comes as ``answered``."""

    answered = Signal(object)

    def __init__(self, ask: Callable[[], Coroutine[Any, Any, object]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask = ask

    async def job(self) -> None:
        """Ask, and pass on the answer."""
        answer = await self._ask()
        if not self._closing:
            self.answered.emit(answer)
