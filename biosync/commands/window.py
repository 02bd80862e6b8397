"""The bare ``biosync``: opens the window; with no display it says so and runs the terminal view."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from biosync.commands.ledger_start import look_after

if TYPE_CHECKING:
    from biosync.run import LiveSession

DEMO_SEED = 1


def run(args: argparse.Namespace) -> int:
    """Open the window at its Start page, or play a virtual person in the terminal."""
    from biosync.commands.demo import demo_cast
    from biosync.commands.playing import PLAIN_DEMO_S, Playing, has_display, play

    if has_display():
        look_after(to_keep=True)  # a strap's session is
        return open_window(None, board=False)
    args.json = args.terminal = False
    return play(lambda: demo_cast(1, DEMO_SEED, each=False), Playing(None, 1.0, False, False, PLAIN_DEMO_S), args)


def open_window(
    make_session: Callable[[], LiveSession] | None, *, board: bool, close_when_over: bool = False
) -> int:
    """Open the window with this session, or at its Start page; ``board`` shows the coach's board."""
    from biosync.commands.demo import demo_cast
    from biosync.commands.playing import Playing, make
    from biosync.gui.app import run_window
    from biosync.gui_straps import listen_to, look_for

    return run_window(
        make_session,
        start_demo=lambda: make(demo_cast(1, DEMO_SEED, each=False), Playing(None, 1.0, False, False)),
        start_strap=lambda name, address: make(listen_to(name, address), Playing(None, 1.0, True, False)),
        scan=look_for,
        view="coach" if board else "breathe",
        close_when_over=close_when_over,
    )
