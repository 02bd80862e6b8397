"""What the window needs of straps: to look for them, and to listen to the one whose wearer said yes."""

from __future__ import annotations

from biosync.casting import Part, cast
from biosync.run import Cast
from biosync.sources import Source
from biosync.store.known_straps import KnownStrap, KnownStraps
from biosync.strap_feed import StrapFeed
from devices.link import Sighting
from devices.radio import Radio


class StrapsInRange:
    """Remembers what was seen, so that a strap that is chosen can be known by its name from then on."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    async def look_for(self, seconds: float) -> list[Sighting]:
        """Return the straps in range, strongest first; RadioProblem when Bluetooth can't be used."""
        sightings = await Radio().scan(seconds)
        self._names.update({sighting.address: sighting.name for sighting in sightings})
        return sightings

    def listen_to(self, person: str, address: str) -> Cast:
        """Return the cast of one person with the strap at ``address``; it is known from now on."""
        KnownStraps.load().add(KnownStrap(self._names.get(address, address), address, person))
        radio = Radio()
        part = Part(Source("ble", person, address))
        return cast([part], strap=lambda name, where: StrapFeed(radio, name, where))
