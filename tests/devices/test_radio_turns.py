"""An adapter scans and connects in turns: nobody who is called off in a turn takes the event loop with them."""

from __future__ import annotations

import asyncio
import contextlib
from typing import cast

from bleak import BleakClient

from devices.link import Timing
from devices.radio.adapter import Adapter
from tests.devices.connects import Connects

MOST_SCANS = 50


async def test_a_connection_called_off_in_the_moment_of_its_turn_does_not_keep_the_scanner_spinning() -> None:
    """As at the end of a session: one strap has just connected, the scanner waits, and so does another strap."""
    adapter = Adapter(None, Timing())

    async def scan_on() -> None:
        for _ in range(MOST_SCANS):
            await adapter.scan(lambda *_: None, lambda: False)
            if not adapter.busy:
                return
        raise AssertionError("whoever was called off never got to know it")

    connects = Connects(lambda: asyncio.get_running_loop().call_soon(called_off.cancel))
    connected = asyncio.create_task(adapter.connect(cast("BleakClient", connects)))
    await asyncio.sleep(0)
    scanning = asyncio.create_task(scan_on())
    await asyncio.sleep(0)
    called_off = asyncio.create_task(adapter.connect(cast("BleakClient", Connects(lambda: None))))
    await asyncio.sleep(0)
    connects.may.set()
    await connected
    await scanning
    with contextlib.suppress(asyncio.CancelledError):
        await called_off
    assert called_off.cancelled()
