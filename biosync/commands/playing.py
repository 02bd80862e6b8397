"""What ``demo``, ``run`` and the bare command share: a session shown in a window, a terminal, plain lines or JSON."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import math
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from biosync.commands.ledger_start import look_after
from biosync.commands.problems import WorkFailed, WrongUse

if TYPE_CHECKING:
    from biosync.run import Cast, LiveSession, Sink, Store

Surface = Literal["json", "window", "terminal", "plain"]
PLAIN_DEMO_S = 60.0


@dataclass(frozen=True, slots=True)
class Playing:
    """How a session is played: for how long (s, None: until it ends), how fast (None: as fast as can be), kept or not,
    everybody alone or not; ``plain_s``: when plain lines end by themselves."""

    seconds: float | None
    speed: float | None
    store: bool
    each: bool
    plain_s: float | None = None


def add_common(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments that every live command takes."""
    parser.add_argument("--each", action="store_true", help="every person alone, with a cue of their own")
    parser.add_argument("--seconds", type=positive, metavar="S", help="end after S seconds")
    parser.add_argument("--speed", type=speed, default=1.0, metavar="X", help="X times as fast, or max")
    parser.add_argument("--terminal", action="store_true", help="show it in the terminal instead of a window")
    parser.add_argument("--json", action="store_true", help="one JSON object a line on standard output")


def positive(text: str) -> float:
    """Return a number above 0; ArgumentTypeError in words otherwise."""
    try:
        value = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return value


def whole(text: str) -> int:
    """Return a whole number; ArgumentTypeError in words otherwise."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None


def speed(text: str) -> float | None:
    """Return how many times as fast, None for max."""
    return None if text == "max" else positive(text)


def surface(json: bool, terminal: bool) -> Surface:
    """Return what the session is shown in: what was asked for, else a window where a display is."""
    if json:
        return "json"
    if not terminal and has_display():
        return "window"
    return "terminal" if sys.stdout.isatty() else "plain"


def has_display() -> bool:
    """Tell if a window can be opened here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def play(cast: Callable[[], Cast], playing: Playing, args: argparse.Namespace) -> int:
    """Play the session of the cast that ``cast`` makes, where ``args`` say, and return the exit code."""
    look_after(to_keep=playing.store)
    shown = surface(args.json, args.terminal)
    if shown == "window":
        if missing := _missing_for_qt():
            raise WorkFailed(f"{missing} Or use --terminal.")
        from biosync.commands.window import open_window

        people = cast().members  # what can't be read is told here, not in a window
        return open_window(
            lambda: make(cast(), playing),
            board=playing.each and len(people) > 1,
            close_when_over=playing.seconds is not None,
        )
    if shown != "json" and not args.terminal:
        say("There is no display here, so biosync runs in the terminal." if shown == "terminal" else
            "There is no display and no terminal here, so biosync writes plain lines.")  # fmt: skip
    return _in_terminal(cast(), playing, shown)


def say(text: str) -> None:
    """Say something to the person, beside the output."""
    print(text, file=sys.stderr, flush=True)


def _in_terminal(cast: Cast, playing: Playing, shown: Surface) -> int:
    from biosync.streams import JsonLines, PlainLines

    if shown == "json":
        session = make(cast, playing, [JsonLines(sys.stdout)], snapshots=False)
    elif shown == "plain":
        lines = PlainLines(sys.stdout, _replayed(cast))
        session = make(cast, playing, [lines], snapshots=False, most_s=playing.plain_s)
    else:
        session = make(cast, playing)
    asyncio.run(_run(session, shown == "terminal"))
    if cast.straps and not any(session.engine.beats().values()):
        raise WorkFailed("no beat came from any strap: wet it, wear it, and close other apps that may hold it")
    return 0


def _replayed(cast: Cast) -> bool:
    return any(member.origin == "replay" for member in cast.members)


async def _run(session: LiveSession, in_terminal: bool) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no handlers here: Ctrl-C is a KeyboardInterrupt
            loop.add_signal_handler(number, session.stop)
    if not in_terminal:
        await session.run()
        return
    from biosync.terminal import show

    await show(session)


def make(
    cast: Cast,
    playing: Playing,
    sinks: list[Sink] | None = None,
    *,
    snapshots: bool = True,
    most_s: float | None = None,
) -> LiveSession:
    """Return the session of ``cast``; ``most_s`` ends it where ``playing`` names no end."""
    from biosync.run import LiveSession

    return LiveSession(
        cast,
        seconds=playing.seconds or most_s,
        speed=playing.speed,
        sinks=sinks or [],
        open_store=_open_store if playing.store else None,
        snapshots=snapshots,
    )


def _open_store(session_id: str, cast: Cast) -> Store:
    from biosync.home import home
    from biosync.store.ledger.writer import LedgerStore

    return LedgerStore(home(), session_id, cast.members, cast.groups, say, cast.settings)


def _missing_for_qt() -> str:
    """Return one sentence that names the system libraries Qt lacks and the command that installs them, or ""."""
    from biosync.system_libraries import sentence

    return sentence()


def checked_groups(texts: list[str]) -> list[tuple[str, ...]]:
    """Return the groups that ``--group A,B`` names; WrongUse if one has a nameless member."""
    groups = [tuple(name.strip() for name in text.split(",")) for text in texts]
    if any(not name for group in groups for name in group):
        raise WrongUse("--group takes names with commas between, such as --group Ana,Ben")
    return groups
