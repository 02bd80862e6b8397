"""What a strap tells about itself while it is connected: read once, its battery followed."""

from __future__ import annotations

import asyncio
import logging

from bleak import BleakClient

from devices import battery, information
from devices.link import Timing
from devices.radio.ear import Ear
from devices.radio.problems import FAULTS

_log = logging.getLogger(__name__)


async def describe(client: BleakClient, ear: Ear, timing: Timing) -> None:
    """Read what the strap offers about itself, and follow its battery for as long as the link holds."""
    level = await _take_battery(client, ear, timing)
    told = {uuid: await _read(client, uuid, timing) for uuid in information.UUIDS}
    ear.describe(information.info_of(told))
    if level is None or await _notifies_battery(client, ear, timing):
        return
    while True:
        await asyncio.sleep(timing.battery_s)
        await _take_battery(client, ear, timing)


async def _take_battery(client: BleakClient, ear: Ear, timing: Timing) -> bytes | None:
    level = await _read(client, battery.LEVEL, timing)
    if level is not None:
        ear.take(battery.LEVEL, level)
    return level


async def _notifies_battery(client: BleakClient, ear: Ear, timing: Timing) -> bool:
    try:
        async with asyncio.timeout(timing.answer_s):
            await client.start_notify(battery.LEVEL, ear.hear)
    except FAULTS as error:  # many straps only let it be read
        _log.debug("%s: no notification of the battery: %r", client.address, error)
        return False
    return True


async def _read(client: BleakClient, uuid: str, timing: Timing) -> bytes | None:
    """Return the value of a characteristic, None if the strap does not offer it or not give it."""
    try:
        async with asyncio.timeout(timing.read_s):
            return bytes(await client.read_gatt_char(uuid))
    except FAULTS as error:
        _log.debug("%s: %s was not read: %r", client.address, uuid, error)
        return None
