"""Finds the straps that a command names only half: a known one, or the name of the one at an address."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from biosync.run_problems import SessionProblem
from biosync.sources import Source
from biosync.store.ledger.kinds import Strap
from biosync.store.ledger.straps import known_straps, wearer
from devices.link import Sighting
from devices.radio import Radio


def named(sources: Sequence[Source], seconds: float, say: Callable[[str], None]) -> list[Source]:
    """Return the sources with an address and a person for every strap, after a scan where that is needed.

    ``ble`` alone takes the best known strap that nobody else has; unknown ones are listed to ``say``, not used.
    SessionProblem when one is not found, RadioProblem when Bluetooth can't be used.
    """
    if all(source.kind != "ble" or (source.where and source.person) for source in sources):
        return list(sources)
    sightings = asyncio.run(Radio().scan(min(seconds, 8.0)))
    known = known_straps()
    taken = {source.where for source in sources if source.where}
    found = []
    for source in sources:
        if source.kind == "ble":
            sighting = _sighting(source, sightings, known, taken, say)
            taken.add(sighting.address)
            person = source.person or wearer(known, sighting.name, sighting.address) or sighting.name
            source = replace(source, where=sighting.address, person=person)
        found.append(source)
    return found


def _sighting(
    source: Source, sightings: list[Sighting], known: Sequence[Strap], taken: set[str], say: Callable[[str], None]
) -> Sighting:
    for sighting in sightings:
        if source.where and sighting.address.lower() == source.where.lower():
            return sighting
        free = sighting.address not in taken
        if not source.where and free and wearer(known, sighting.name, sighting.address) is not None:
            return sighting
    if source.where:
        raise SessionProblem(f"the strap {source.where} is not in range: wet it, wear it, and close other apps")
    for sighting in sightings:
        say(f"unknown: {sighting.name}  {sighting.address}")
    raise SessionProblem(
        "no strap that this biosync knows is in range; name one by its address, once its wearer has said yes:"
        " biosync run Ana=ble:ADDRESS"
    )
