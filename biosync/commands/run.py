"""``biosync run``: the main job with real straps, recordings or virtual people."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from biosync.commands.playing import Playing, add_common, checked_groups, play, say
from biosync.commands.problems import WorkFailed, WrongUse

if TYPE_CHECKING:
    from biosync.run import Cast
    from biosync.sources import Source

HELP = "run with real straps, recordings or virtual people"
FIND_S = 20.0


def add(parser: argparse.ArgumentParser) -> None:
    """Describe the command's arguments."""
    sources = "ble:ADDRESS, demo:NAME or replay:FILE; Ana=... names it"
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help=sources)
    parser.add_argument("--group", action="append", default=[], metavar="A,B", help="these belong together")
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
    straps = any(source.kind == "ble" for source in sources)
    # What is virtual or recorded already is kept only where a person asks for it.
    playing = Playing(args.seconds, args.speed, straps and not args.no_store, args.each or bool(groups))
    if straps:
        if args.speed != 1.0:
            raise WrongUse("a strap beats at its own speed: --speed is for demo and replay sources")
        sources = _found(sources, args.seconds or FIND_S)
    return play(lambda: _cast(sources, args.each, groups), playing, args)


def _no_strap_twice(sources: list[Source]) -> None:
    addresses = [source.where.lower() for source in sources if source.kind == "ble" and source.where]
    for address in addresses:
        if addresses.count(address) > 1:
            raise WrongUse(f"the strap {address.upper()} is named twice; one strap is on one person")


def _cast(sources: list[Source], each: bool, groups: list[tuple[str, ...]]) -> Cast:
    from biosync.casting import cast, parts

    everybody = parts(sources)
    for sentence in dict.fromkeys(s for part in everybody if part.recording for s in part.recording.told):
        say(sentence)
    if not any(source.kind == "ble" for source in sources):
        return cast(everybody, each=each, groups=groups)
    from biosync.store.ledger.straps import remember
    from biosync.strap_feed import StrapFeed
    from devices.radio import Radio

    radio = Radio()
    return cast(
        everybody, each=each, groups=groups, strap=lambda person, address: StrapFeed(radio, person, address, remember)
    )


def _found(sources: list[Source], seconds: float) -> list[Source]:
    """Return the sources with a name and an address for every strap: known ones are looked for where none is given."""
    from biosync.strap_search import named
    from devices.connection_words import RadioProblem

    try:
        return named(sources, seconds, say)
    except RadioProblem as problem:
        raise WorkFailed(str(problem)) from None
