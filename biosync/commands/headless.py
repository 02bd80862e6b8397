"""Runs a session without a window: as JSON lines, as plain lines, or in the terminal view."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Callable, Iterator

from biosync.clock import Clock, ReplayClock
from biosync.commands.asked import Desk, open_desk
from biosync.commands.playing import Playing, Surface, Wanted, make, make_player, say
from biosync.commands.problems import WorkFailed
from biosync.run import LiveSession, Session, Sink
from biosync.streams import From, JsonLines, PlainLines


def run_headless(wanted: Wanted, playing: Playing, shown: Surface, note: str = "") -> int:
    """Run the session that is ``wanted``, say ``note`` when it begins, and return the exit code; WorkFailed when
    nothing came from any strap."""
    session = asyncio.run(_run(wanted, playing, shown, note))
    if isinstance(session, LiveSession) and session.heard_nothing:
        raise WorkFailed("no beat came from any strap; biosync doctor looks for the cause")
    return 0


async def _run(wanted: Wanted, playing: Playing, shown: Surface, note: str) -> Session | None:
    """Look for straps where that is needed, and run the session, in one loop; None if it was ended before it began."""
    if wanted.find is not None:
        finding = asyncio.ensure_future(wanted.find())
        with _ended_by_signals(finding.cancel):
            await asyncio.wait({finding})
        if finding.cancelled():
            return None
        finding.result()
    if note:
        say(note)
    if shown == "terminal":
        return await _view(wanted, playing)
    session = _streamed(wanted, playing, shown)
    with _ended_by_signals(session.stop):
        if shown == "json":
            async with open_desk(Desk(session, say, together=wanted.together, real_time=playing.speed == 1.0)):
                await session.run()
        else:
            await session.run()
    return session


async def _view(wanted: Wanted, playing: Playing) -> Session:
    from biosync.terminal import show

    plays = wanted.plays(playing)
    session: Session = make_player(wanted, playing) if plays else make(wanted.cast(), playing)
    with _ended_by_signals(session.stop):
        await show(session)
    return session


def _streamed(wanted: Wanted, playing: Playing, shown: Surface) -> LiveSession:
    cast = wanted.cast()
    replayed = wanted.duration_s is not None or any(member.origin == "replay" for member in cast.members)
    plain = PlainLines(sys.stdout, replayed, cast.consents)
    sink: Sink = JsonLines(sys.stdout, wanted.truth, cast.consents) if shown == "json" else plain
    clock: Clock | None = None
    if playing.from_s > 0:
        sink = From(sink, playing.from_s)
        if playing.speed is not None:
            clock = ReplayClock(playing.speed)
            clock.set(playing.from_s)
    most_s = playing.plain_s if shown == "plain" else None
    return make(cast, playing, [sink], snapshots=False, most_s=most_s, clock=clock)


@contextlib.contextmanager
def _ended_by_signals(stop: Callable[[], object]) -> Iterator[None]:
    """Have ``stop`` called for Ctrl-C, SIGTERM and a terminal that is closed, while the context lasts."""
    loop, listened = asyncio.get_running_loop(), []
    for number in _signals():
        with contextlib.suppress(NotImplementedError):  # Windows has no handlers here: Ctrl-C is a KeyboardInterrupt
            loop.add_signal_handler(number, stop)
            listened.append(number)
    try:
        yield
    finally:
        for number in listened:
            loop.remove_signal_handler(number)


def _signals() -> list[signal.Signals]:
    """Return the signals that end a session; not SIGHUP under nohup, which asks to outlive the terminal."""
    numbers = [signal.SIGINT, signal.SIGTERM]
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        numbers.append(signal.SIGHUP)
    return numbers
