"""``biosync demo``: the main job with virtual people who wear virtual straps."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from biosync.commands.playing import PLAIN_DEMO_S, Playing, Wanted, add_common, play, whole
from biosync.commands.problems import WrongUse
from devices.coupling import SCENARIOS

if TYPE_CHECKING:
    from biosync.run import Cast
    from devices.scenario import Scene

HELP = "try it without a strap: virtual people wear virtual straps"
MOST_PEOPLE = 16


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    parser.add_argument("--people", type=whole, metavar="N", help="how many people (default 1; in a scenario 2 or 5)")
    stories = f"let people belong together in a known way: {', '.join(SCENARIOS)}"
    parser.add_argument("--scenario", metavar="NAME", help=stories)
    parser.add_argument("--seed", type=whole, default=1, metavar="K", help="who they are (default 1)")
    parser.add_argument("--store", action="store_true", help="keep the session (a demo is not kept otherwise)")
    add_common(parser)


def run(args: argparse.Namespace) -> int:
    """Play the demo."""
    playing = Playing(args.seconds, args.speed, args.store, args.each, PLAIN_DEMO_S)
    return play(_scenario(args) if args.scenario is not None else _plain(args), playing, args)


def demo_cast(people: int, seed: int, *, each: bool) -> Cast:
    """Return a cast of virtual people, the same for the same seed."""
    from biosync.casting import cast, parts
    from biosync.sources import demo_people

    return cast(parts(demo_people(people, seed)), each=each)


def scenario_scene(scenario: str, people: int, seed: int) -> Scene:
    """Return the scenario with so many of the demo's people, the same for the same seed."""
    from biosync.sources import demo_people
    from devices.scenario import scene

    sources = demo_people(people, seed)
    return scene(scenario, {one.person: one.traits for one in sources if one.person and one.traits}, seed)


def scene_cast(scene: Scene) -> Cast:
    """Return the cast of a scene: one group with one cue, who live on together in one room."""
    from biosync.cast import Cast
    from biosync.engine import Member
    from biosync.feeds import VirtualFeed
    from devices.room import Room

    names = scene.truth.people
    room = Room(scene.truth, scene.traits)
    members = tuple(Member(name, "simulated", "virtual strap") for name in names)
    return Cast(members, (names,), tuple(VirtualFeed(guest.name, guest) for guest in room.guests))


def _plain(args: argparse.Namespace) -> Wanted:
    people = 1 if args.people is None else args.people
    if not 1 <= people <= MOST_PEOPLE:
        raise WrongUse(f"--people takes 1 to {MOST_PEOPLE}, not {people}")
    return Wanted(lambda: demo_cast(people, args.seed, each=args.each), people, together=not args.each)


def _scenario(args: argparse.Namespace) -> Wanted:
    size = SCENARIOS.get(args.scenario)
    if size is None:
        raise WrongUse(f"there is no scenario {args.scenario!r}; there are: {', '.join(SCENARIOS)}")
    if args.each:
        raise WrongUse(f"--scenario {args.scenario} is of people who share one cue: leave out --each")
    people = size.usual if args.people is None else args.people
    if not size.least <= people <= size.most:
        raise WrongUse(f"--scenario {args.scenario} takes {size} people, not {people}")
    scene = scenario_scene(args.scenario, people, args.seed)
    return Wanted(lambda: scene_cast(scene), people, truth=scene.truth.as_json())
