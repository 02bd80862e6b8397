"""The bare ``biosync``: opens the window; with no display it says so and runs the terminal view."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from biosync.commands.window_world import WindowWorld
    from biosync.gui.bridge import MakeSession

DEMO_SEED = 1


def run(args: argparse.Namespace) -> int:
    """Open the window at its Start page, or play a virtual person in the terminal."""
    from biosync.commands.demo import demo_cast
    from biosync.commands.playing import PLAIN_DEMO_S, Playing, Wanted, has_display, play
    from biosync.commands.window_world import WindowWorld

    if has_display():
        return open_window(WindowWorld(), None)
    args.json = args.terminal = False
    wanted = Wanted(lambda: demo_cast(1, DEMO_SEED, each=False), 1)
    return play(wanted, Playing(None, 1.0, False, False, PLAIN_DEMO_S), args)


def open_window(
    world: WindowWorld,
    make_session: MakeSession | None,
    *,
    board: bool = False,
    keeps: bool = True,
    close_when_over: bool = False,
) -> int:
    """Open the window with this session, or at its Start page; ``board`` shows the coach's board, ``keeps`` tells that
    the session is to be kept."""
    from biosync.gui.app import run_window

    return run_window(
        make_session,
        world.outside(),
        view="coach" if board else "breathe",
        keeps=keeps,
        close_when_over=close_when_over,
    )
