"""Looks for straps: lists them, says what is in the way, and finds those that a command names only half."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from biosync.home import home
from biosync.run_problems import SessionProblem
from biosync.sources import Source
from biosync.store.ledger.kinds import Strap
from biosync.store.ledger.strap_use import is_used
from biosync.store.ledger.straps import known_straps
from devices import doctor
from devices.doctor_meeting import meet
from devices.doctor_report import Report
from devices.known_straps import recognise, same_address
from devices.link import Sighting
from devices.radio import Radio, scan, shared_radio
from devices.straps import display_name, isolated
from devices.straps_in_range import FoundStrap, ranked


async def look_for(seconds: float) -> list[FoundStrap]:
    """Return the straps in range, best first, with reasons; RadioProblem when Bluetooth can't be used."""
    known = await _known()
    return ranked(await scan(seconds), known, is_taken)


async def examine(seconds: float, meeting_s: float = 0.0) -> Report:
    """Return what stands between this computer and a strap, after listening for ``seconds``.

    With ``meeting_s`` it also connects to the known straps in range, for as long at most.
    """
    return await doctor.examine(seconds, await _known(), is_taken, meeting_s=meeting_s)


def is_taken(address: str) -> bool:
    """Tell if a running biosync, this one or another, uses the strap at ``address``."""
    return is_used(home(), address)


async def _known() -> list[Strap]:
    return await asyncio.to_thread(known_straps)


async def named(
    sources: Sequence[Source], seconds: float, say: Callable[[str], None], radio: Radio | None = None
) -> list[Source]:
    """Return the sources with an address and a person for every strap, after a scan of ``seconds`` where that is
    needed; it ends early once all that were named by address, and for a ``ble`` alone all known ones, are in sight.

    ``ble`` alone takes the best known strap that nobody else has; unknown ones are listed to ``say``, not used, and
    one that only looks like a known one must prove it by its serial. SessionProblem when one is not found,
    RadioProblem when Bluetooth can't be used.
    """
    if all(source.kind != "ble" or (source.where and source.person) for source in sources):
        return list(sources)
    radio = radio or shared_radio()
    known = await _known()
    sightings = await radio.scan(seconds, partial(_all_in_sight, sources, known))
    search = _Search(radio, known, ranked(sightings, known, is_taken), say)
    search.reserve(source.where for source in sources if source.where)
    return [await search.complete(source) if source.kind == "ble" else source for source in sources]


def _all_in_sight(sources: Sequence[Source], known: Sequence[Strap], seen: Sequence[Sighting]) -> bool:
    """Tell if nothing could be found that would change who gets which strap."""
    straps = [source for source in sources if source.kind == "ble"]
    by_address = {sighting.address.casefold(): sighting.name for sighting in seen}
    if any(source.where and not _has_name(by_address, source.where) for source in straps):
        return False
    mine = {(one.address.casefold(), one.name) for one in known}
    alone = sum(not source.where for source in straps)
    return not alone or (len(mine) >= alone and mine <= by_address.items())


def _has_name(by_address: Mapping[str, str], address: str) -> bool:
    """Tell if the strap at ``address`` is in sight with a name of its own, which may come later than its address."""
    return by_address.get(address.casefold(), display_name(None, address)) != display_name(None, address)


class _Search:
    """What is in range, and which of it is given away already."""

    def __init__(
        self, radio: Radio, known: Sequence[Strap], straps: Sequence[FoundStrap], say: Callable[[str], None]
    ) -> None:
        self._radio = radio
        self._known = known
        self._straps = straps
        self._say = say
        self._given: set[str] = set()

    def reserve(self, addresses: Iterable[str]) -> None:
        """Keep the straps that are named by their address for those who named them."""
        self._given.update(address.casefold() for address in addresses)

    async def complete(self, source: Source) -> Source:
        """Return ``source`` with address and person; SessionProblem if its strap is not there."""
        strap = self._at(source.where) if source.where else await self._known_one()
        self._given.add(strap.address.casefold())
        wearer = strap.person if strap.sure or not source.where else None
        return replace(source, where=strap.address, person=source.person or wearer or strap.name)

    def _at(self, address: str) -> FoundStrap:
        for strap in self._straps:
            if same_address(strap.address, address):
                return strap
        raise SessionProblem(f"the strap {address} is not in range: wet it, wear it, and close other apps")

    async def _known_one(self) -> FoundStrap:
        for strap in self._straps:
            if strap.person is None or strap.taken or strap.address.casefold() in self._given:
                continue
            if strap.sure or await self._proves_to_be(strap):
                return strap
        for strap in self._straps:
            self._say(f"{self._standing(strap)}: {isolated(strap.label)}  {strap.address}")
        raise SessionProblem(self._why_none())

    def _why_none(self) -> str:
        if not self._straps:
            return "no heart-rate strap is in range: wet it, wear it, and close other apps that may hold it"
        free = next((strap.address for strap in self._straps if self._standing(strap) == "unknown"), "ADDRESS")
        return (
            "no strap that this biosync knows is in range; name one by its address, once its wearer has said yes:"
            f" biosync run Ana=ble:{free}"
        )

    async def _proves_to_be(self, strap: FoundStrap) -> bool:
        """Connect to a strap that is probably known, and let it go; tell if its serial shows that it is."""
        met = await meet(self._radio, strap.address, beats=False)
        serial = met.info.serial if met.info else None
        whose = recognise(strap.name, strap.address, self._known)
        if whose is not None and whose.is_proved_by(serial):
            return True
        why = "this is another strap of the same name" if serial else "its serial number can't be read"
        self._say(f"{isolated(strap.label)} is not used: it looked like {isolated(strap.person or '')}'s, but {why}")
        return False

    def _standing(self, strap: FoundStrap) -> str:
        if strap.taken:
            return "in use by a running biosync"
        return "given to another source" if strap.address.casefold() in self._given else "unknown"
