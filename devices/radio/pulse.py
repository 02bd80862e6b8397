"""Asks a strap that has fallen silent whether the link to it is still there: bleak does not notice a service that died,
and a strap may well have nothing to say."""

from __future__ import annotations

import asyncio
import logging

from bleak import BleakClient

from devices import battery, information
from devices.connection_words import WHOLE_COMPUTER, Trouble
from devices.link import Timing
from devices.radio.problems import FAULTS, trouble_of

_log = logging.getLogger(__name__)

_NO_LINK = frozenset({Trouble.VANISHED, Trouble.BROKE_OFF})
GONE = WHOLE_COMPUTER | {Trouble.DROPPED}
"""What shows that there is no link any more, so that nobody is left who could let go of it."""


async def trouble_with(client: BleakClient, timing: Timing) -> Trouble | None:
    """Return what is wrong with the link: one of GONE, None if the strap answers, SILENT if that can't be told."""
    try:
        uuid = _readable(client)
        if uuid is None:
            return Trouble.SILENT
        async with asyncio.timeout(timing.silence_s - timing.ask_s):
            await client.read_gatt_char(uuid)
    except TimeoutError:
        return Trouble.SILENT
    except FAULTS as error:
        _log.debug("%s: asked in a silence: %r", client.address, error)
        return _meaning(trouble_of(error, Trouble.SILENT))
    return None


def _meaning(trouble: Trouble) -> Trouble | None:
    if trouble in _NO_LINK:
        return Trouble.DROPPED
    if trouble is Trouble.REFUSED:  # by the strap itself
        return None
    return trouble if trouble in WHOLE_COMPUTER else Trouble.SILENT


def _readable(client: BleakClient) -> str | None:
    """Return a characteristic that can be read, None if the strap offers none."""
    for uuid in (*information.UUIDS, battery.LEVEL):
        characteristic = client.services.get_characteristic(uuid)
        if characteristic is not None and "read" in characteristic.properties:
            return uuid
    return None
