"""What the window needs of straps: to look for them, to say what is in the way, and to listen to those agreed to."""

from __future__ import annotations

from biosync.cast import Cast
from biosync.casting import Part, cast
from biosync.sources import Source
from biosync.store.ledger.straps import known_straps, remember
from biosync.strap_feed import StrapFeed
from biosync.strap_search import examine as examine
from biosync.strap_search import look_for as look_for
from devices.radio import Radio


def listen_to(person: str, address: str) -> Cast:
    """Return the cast of one person with the strap at ``address``, known to this biosync once it is there."""
    radio, known = Radio(), known_straps()
    part = Part(Source("ble", person, address))
    return cast([part], strap=lambda name, where: StrapFeed(radio, name, where, remember, known))
