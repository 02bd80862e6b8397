"""What the commands need of straps: to find those that are named by half, and to listen to them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from biosync.commands.playing import say
from biosync.run_problems import SessionProblem

if TYPE_CHECKING:
    from biosync.casting import MakeStrap
    from biosync.sources import Source


FIND_S = 8.0
"""No strap that can be heard is longer unheard."""


async def find(sources: Sequence[Source], seconds: float = FIND_S) -> list[Source]:
    """Return the sources with a name and an address for every strap, found within ``seconds`` and ``FIND_S``;
    SessionProblem when one can't be found."""
    from biosync.strap_search import named
    from devices.connection_words import RadioProblem

    try:
        return await named(sources, min(seconds, FIND_S), say)
    except RadioProblem as problem:
        raise SessionProblem(str(problem)) from None


def unnamed(asked: Sequence[Source], found: Sequence[Source]) -> frozenset[str]:
    """Return the addresses of the straps that nobody named: those ``found`` for a ``ble`` alone among the ``asked``."""
    pairs = zip(asked, found, strict=True)
    return frozenset(after.where for before, after in pairs if before.kind == "ble" and not before.where)


def strap_maker(unnamed: Collection[str] = ()) -> MakeStrap:
    """Return what makes the listener of a person and an address; the straps at ``unnamed`` were chosen as known."""
    from biosync.store.ledger.straps import known_straps, remember
    from biosync.strap_feed import StrapFeed

    known = known_straps()
    return lambda person, address: StrapFeed(person, address, remember, known, unnamed=address in unnamed)
