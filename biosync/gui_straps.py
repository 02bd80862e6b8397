"""What the window needs of straps: to look for them, and to listen to the one whose wearer said yes."""

from __future__ import annotations

from biosync.casting import Part, cast
from biosync.run import Cast
from biosync.sources import Source
from biosync.store.ledger.straps import remember
from biosync.strap_feed import StrapFeed
from devices.link import Sighting
from devices.radio import Radio


async def look_for(seconds: float) -> list[Sighting]:
    """Return the straps in range, strongest first; RadioProblem when Bluetooth can't be used."""
    return await Radio().scan(seconds)


def listen_to(person: str, address: str) -> Cast:
    """Return the cast of one person with the strap at ``address``, known to this biosync once it is there."""
    radio = Radio()
    part = Part(Source("ble", person, address))
    return cast([part], strap=lambda name, where: StrapFeed(radio, name, where, remember))
