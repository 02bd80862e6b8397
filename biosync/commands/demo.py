"""``biosync demo``: the main job with virtual people who wear virtual straps."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from biosync.commands.playing import PLAIN_DEMO_S, Playing, Wanted, add_common, play, whole
from biosync.commands.problems import WrongUse

if TYPE_CHECKING:
    from biosync.run import Cast

HELP = "try it without a strap: virtual people wear virtual straps"
MOST_PEOPLE = 16


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("--people", type=whole, default=1, metavar="N", help="how many people (default 1)")
    parser.add_argument("--seed", type=whole, default=1, metavar="K", help="who they are (default 1)")
    parser.add_argument("--store", action="store_true", help="keep the session (a demo is not kept otherwise)")
    add_common(parser)


def run(args: argparse.Namespace) -> int:
    """Play the demo."""
    if not 1 <= args.people <= MOST_PEOPLE:
        raise WrongUse(f"--people takes 1 to {MOST_PEOPLE}, not {args.people}")

    playing = Playing(args.seconds, args.speed, args.store, args.each, PLAIN_DEMO_S)
    wanted = Wanted(
        lambda: demo_cast(args.people, args.seed, each=args.each), args.people, together=not args.each
    )
    return play(wanted, playing, args)


def demo_cast(people: int, seed: int, *, each: bool) -> Cast:
    """Return a cast of virtual people, the same for the same seed."""
    from biosync.casting import cast, parts
    from biosync.sources import demo_people

    return cast(parts(demo_people(people, seed)), each=each)
