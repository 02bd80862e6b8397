"""``biosync run``: the main job with real straps, recordings or virtual people."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from biosync.commands.playing import Playing, Wanted, add_common, checked_groups, play, say, seconds_in
from biosync.commands.problems import WrongUse

if TYPE_CHECKING:
    from biosync.run import Cast
    from biosync.sources import Source

HELP = "run with real straps, recordings or virtual people"


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    sources = "ble (a known strap), ble:ADDRESS, demo:NAME or replay:FILE; Ana=... names whose it is"
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help=sources)
    shared = "these share one cue, the rest are each alone"
    parser.add_argument("--group", action="append", default=[], metavar="A,B", help=shared)
    where = "begin a replay S seconds in; its figures are as if all before had been heard"
    parser.add_argument("--from", type=seconds_in, default=0.0, dest="begin", metavar="S", help=where)
    parser.add_argument("--no-store", action="store_true", help="keep nothing of this session")
    add_common(parser)


def run(args: argparse.Namespace) -> int:
    """Play the session."""
    from biosync.sources import SourceError, parse

    try:
        sources = [parse(text) for text in args.sources]
    except SourceError as error:
        raise WrongUse(str(error)) from None
    _no_strap_twice(sources)
    groups = checked_groups(args.group)
    if args.each and groups:
        raise WrongUse("--each is for everybody alone, --group for those who share a cue: leave out one of them")
    straps = any(source.kind == "ble" for source in sources)
    if straps and args.speed != 1.0:
        raise WrongUse("a strap beats at its own speed: --speed is for demo and replay sources")
    wanted = _wanted(sources, args, groups)
    _check_start(args.begin, wanted.duration_s)
    # What is virtual or recorded already is kept only where a person asks for it.
    store = straps and not args.no_store
    playing = Playing(args.seconds, args.speed, store, args.each or bool(groups), from_s=args.begin)
    return play(wanted, playing, args)


def _check_start(begin_s: float, duration_s: float | None) -> None:
    if begin_s == 0:
        return
    if duration_s is None:
        raise WrongUse("--from is for replay sources: what is live begins now")
    if begin_s >= duration_s:
        raise WrongUse(f"--from {begin_s:g} is after the end: the recording lasts {duration_s:.0f} s")


def _no_strap_twice(sources: list[Source]) -> None:
    addresses = [source.where.lower() for source in sources if source.kind == "ble" and source.where]
    for address in addresses:
        if addresses.count(address) > 1:
            raise WrongUse(f"the strap {address.upper()} is named twice; one strap is on one person")


def _wanted(sources: list[Source], args: argparse.Namespace, groups: list[tuple[str, ...]]) -> Wanted:
    from biosync.casting import cast, duration_s, parts, with_sources
    from biosync.commands.straps import FIND_S, find, strap_maker, unnamed

    everybody = parts(sources)
    for sentence in dict.fromkeys(s for part in everybody if part.recording for s in part.recording.told):
        say(sentence)

    chosen: frozenset[str] = frozenset()

    async def find_straps() -> None:
        nonlocal everybody, chosen
        asked = [part.source for part in everybody]
        found = await find(asked, args.seconds or FIND_S)
        everybody, chosen = with_sources(everybody, found), unnamed(asked, found)

    def make_cast() -> Cast:
        straps = any(part.source.kind == "ble" for part in everybody)
        return cast(everybody, each=args.each, groups=groups, strap=strap_maker(chosen) if straps else None)

    straps_to_find = any(part.source.kind == "ble" for part in everybody)
    return Wanted(
        make_cast,
        len(everybody),
        together=not args.each and not groups,
        find=find_straps if straps_to_find else None,
        duration_s=duration_s(everybody),
    )
