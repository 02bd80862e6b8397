"""Which adapter takes a strap that several of them hear."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

_STRAP_DB = 4.0
"""Every strap an adapter has already counts like so much weaker a signal: equal signals are spread evenly, and a strap
that is heard far better by one adapter goes there all the same."""
_LAST_DB = 12.0
"""A strap stays where it worked unless another adapter hears it four times as strong in amplitude."""
_FAILURE_DB = 10.0


class Place(NamedTuple):
    """One adapter that hears a strap: how strong, how many other straps it has, whether it holds no more of them,
    whether this strap last worked there, and how many attempts in a row have failed there since."""

    adapter: str
    rssi_dbm: int
    straps: int = 0
    full: bool = False
    worked_last: bool = False
    failures: int = 0


def best(places: Iterable[Place]) -> Place | None:
    """Return the place to connect from, the first of equals; None if every adapter is full."""
    return max((place for place in places if not place.full), key=_worth_db, default=None)


def _worth_db(place: Place) -> float:
    sticky = _LAST_DB if place.worked_last else 0.0
    return place.rssi_dbm - _STRAP_DB * place.straps - _FAILURE_DB * place.failures + sticky
