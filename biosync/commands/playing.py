"""What ``demo``, ``run`` and the bare command share: a session shown in a window, a terminal, plain lines or JSON."""

from __future__ import annotations

import argparse
import math
import os
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from biosync.commands.ledger_start import look_after
from biosync.commands.problems import WorkFailed, WrongUse

if TYPE_CHECKING:
    from biosync.clock import Clock
    from biosync.player import Player
    from biosync.run import Cast, LiveSession, Session, Sink, Store

Surface = Literal["json", "window", "terminal", "plain"]
PLAIN_DEMO_S = 60.0
_INSTEAD: dict[Surface, str] = {
    "terminal": "There is no display here, so biosync runs in the terminal.",
    "plain": "There is no display and no terminal here, so biosync writes plain lines.",
}
"""What is said where nobody asked for what the session is shown in."""


@dataclass(frozen=True, slots=True)
class Playing:
    """How a session is played: for how long (s, None: until it ends), how fast (None: as fast as can be), kept or not,
    everybody alone or not; ``plain_s``: when plain lines end by themselves; ``from_s``: where a replay begins."""

    seconds: float | None
    speed: float | None
    store: bool
    each: bool
    plain_s: float | None = None
    from_s: float = 0.0

    @property
    def end_s(self) -> float | None:
        """When it ends, in seconds since the session's start; None: when its sources do."""
        return None if self.seconds is None else self.from_s + self.seconds


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to take part: ``cast`` makes the cast, anew each time, of so many ``people`` to begin with.

    ``find`` looks for their straps first, where that is needed; ``together``: who joins shares everybody's cue;
    ``duration_s`` how long it lasts where everything is recorded, else None; ``truth`` what is true of virtual people.
    """

    cast: Callable[[], Cast]
    people: int
    together: bool = True
    find: Callable[[], Awaitable[None]] | None = None
    duration_s: float | None = None
    truth: Mapping[str, Any] | None = None

    def plays(self, playing: Playing) -> bool:
        """Tell if it is something that can be paused and set; as fast as can be, nothing is."""
        return self.duration_s is not None and playing.speed is not None


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


def seconds_in(text: str) -> float:
    """Return a number that is not below 0; ArgumentTypeError in words otherwise."""
    return 0.0 if text.strip() == "0" else positive(text)


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


def play(wanted: Wanted, playing: Playing, args: argparse.Namespace) -> int:
    """Play the session that is ``wanted``, where ``args`` say, and return the exit code."""
    shown = surface(args.json, args.terminal)
    if shown != "window":  # the window looks after the ledger itself, and asks in itself for a passphrase
        look_after(to_keep=playing.store)
    if wanted.find is None:
        wanted.cast()  # what can't be read, or put together, is told here, before anything opens
    if shown == "window":
        return _in_window(wanted, playing)
    from biosync.commands.headless import run_headless

    return run_headless(wanted, playing, shown, "" if args.terminal else _INSTEAD.get(shown, ""))


def _in_window(wanted: Wanted, playing: Playing) -> int:
    if missing := _missing_for_qt():
        raise WorkFailed(f"{missing} Or use --terminal.")
    from biosync.commands.window import open_window
    from biosync.commands.window_world import WindowWorld

    world = WindowWorld()

    async def session() -> Session:
        if wanted.find is not None:
            await wanted.find()
        return make_player(wanted, playing) if wanted.plays(playing) else world.make(wanted.cast(), playing)

    board = playing.each and wanted.people > 1
    ends = playing.seconds is not None
    return open_window(world, session, board=board, keeps=playing.store, close_when_over=ends)


def say(text: str) -> None:
    """Say something to the person, beside the output."""
    print(text, file=sys.stderr, flush=True)


def make(
    cast: Cast,
    playing: Playing,
    sinks: Sequence[Sink] = (),
    *,
    snapshots: bool = True,
    most_s: float | None = None,
    clock: Clock | None = None,
    tell: Callable[[str], None] = say,
) -> LiveSession:
    """Return the session of ``cast``; ``most_s`` ends it where ``playing`` names no end, ``clock`` is its own; ``tell``
    gets what there is to say of the ledger."""
    from biosync.casting import remembering
    from biosync.home import home
    from biosync.run import LiveSession
    from biosync.store.memory import Memory

    # A demo that is not kept is the same each time, whatever was kept before.
    knows = playing.store or bool(cast.straps)
    return LiveSession(
        remembering(cast, Memory.of(home())) if knows else cast,
        seconds=playing.end_s or most_s,
        speed=playing.speed,
        sinks=sinks,
        open_store=partial(_open_store, tell) if playing.store else None,
        snapshots=snapshots,
        clock=clock,
    )


def make_player(wanted: Wanted, playing: Playing) -> Player:
    """Return the recordings that are wanted as something that can be paused and set, from ``playing.from_s`` on."""
    from biosync.clock import ReplayClock
    from biosync.player import Player

    assert wanted.duration_s is not None and playing.speed is not None
    duration_s = min(wanted.duration_s, playing.end_s or wanted.duration_s)
    player = Player(
        lambda clock: make(wanted.cast(), playing, clock=clock), duration_s, ReplayClock(playing.speed)
    )
    player.seek(playing.from_s)
    return player


def _open_store(tell: Callable[[str], None], session_id: str, cast: Cast) -> Store:
    from biosync.home import home
    from biosync.store.ledger.writer import LedgerStore

    return LedgerStore(home(), session_id, cast.members, cast.groups, tell, cast.settings, cast.consents)


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
