"""The one radio that all of a program's straps, scans and meetings share: one an event loop."""

from __future__ import annotations

import asyncio

from devices.link import Sighting
from devices.radio.radio import Radio

_radios: dict[asyncio.AbstractEventLoop, Radio] = {}


def shared_radio() -> Radio:
    """Return the radio of the event loop that runs, always the same one: only so do scans and connections take turns,
    and straps spread over the adapters."""
    loop = asyncio.get_running_loop()
    if loop not in _radios:
        for closed in [other for other in list(_radios) if other.is_closed()]:
            _radios.pop(closed, None)
        _radios[loop] = Radio()
    return _radios[loop]


async def scan(seconds: float) -> list[Sighting]:
    """Return what ``Radio.scan`` does, with the radio that listens to straps in another loop of this program, if there
    is one: a window looks for straps in a loop of its own while the session runs in its."""
    elsewhere = _listening_elsewhere()
    if elsewhere is not None:
        loop, radio = elsewhere
        scanning = radio.scan(seconds)
        try:
            there = asyncio.run_coroutine_threadsafe(scanning, loop)
        except RuntimeError:  # that loop was closed in this moment
            scanning.close()
        else:
            ours = asyncio.wrap_future(there)
            try:
                await asyncio.wait({ours})
            finally:
                ours.cancel()  # nothing to one that is done; else this scan was called off
            if not ours.cancelled():
                return ours.result()
    return await shared_radio().scan(seconds)  # also where that session ended meanwhile, and its scan with it


def _listening_elsewhere() -> tuple[asyncio.AbstractEventLoop, Radio] | None:
    here = asyncio.get_running_loop()
    others = [(loop, radio) for loop, radio in list(_radios.items()) if loop is not here and loop.is_running()]
    return next(((loop, radio) for loop, radio in others if radio.listens), None)
