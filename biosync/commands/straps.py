"""What the commands need of straps: to find those that are named by half, and to listen to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from biosync.commands.playing import say
from biosync.run_problems import SessionProblem

if TYPE_CHECKING:
    from biosync.casting import MakeStrap
    from biosync.sources import Source


async def find(sources: Sequence[Source], seconds: float) -> list[Source]:
    """Return the sources with a name and an address for every strap; SessionProblem when one can't be found."""
    from biosync.strap_search import named
    from devices.connection_words import RadioProblem

    try:
        return await named(sources, seconds, say)
    except RadioProblem as problem:
        raise SessionProblem(str(problem)) from None


def strap_maker() -> MakeStrap:
    """Return what makes the listener of a person and an address, all of them on one radio."""
    from biosync.store.ledger.straps import known_straps, remember
    from biosync.strap_feed import StrapFeed
    from devices.radio import Radio

    radio, known = Radio(), known_straps()
    return lambda person, address: StrapFeed(radio, person, address, remember, known)
