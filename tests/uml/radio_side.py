"""The radio side of a run, in the guest: ``python -m tests.uml.radio_side COUNT LATENCY_S LOG SOCKET``.

One radio is BlueZ's, through /dev/vhci; the others are straps. Commands come as JSON lines over a Unix socket,
``{"do": "close", "strap": 1}``, and are answered with the time at which they were done.
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TextIO

from bumble.transport.common import Transport
from bumble.transport.vhci import open_vhci_transport

from tests.uml.air import Air, Radio
from tests.uml.air_strap import AirStrap
from tests.uml.cast import straps

DONGLE = "00:1A:7D:DA:71:13"


class AirField:
    """The dongle and all straps."""

    def __init__(self, count: int, latency_s: float, log: TextIO) -> None:
        self._air = Air(latency_s)
        self._log = log
        origin = asyncio.get_running_loop().time()
        self._straps = {s.number: AirStrap(s, self._air, origin, self._write) for s in straps(count)}
        self._transport: Transport | None = None
        self._dongle: Radio | None = None

    async def start(self) -> None:
        """Let the straps live and plug the dongle in."""
        for strap in self._straps.values():
            await strap.start()
        await self.plug()

    async def plug(self) -> None:
        """Give BlueZ a radio."""
        self._transport = await open_vhci_transport("/dev/vhci")
        self._dongle = Radio("dongle", self._air, DONGLE, self._transport.source, self._transport.sink)

    async def unplug(self) -> None:
        """Pull BlueZ's radio out; the straps notice it as they notice any silence."""
        assert self._dongle is not None and self._transport is not None
        self._air.pull_out(self._dongle)
        self._dongle.set_packet_sink(None)
        await self._transport.close()

    async def obey(self, order: dict[str, object]) -> None:
        """Do what ``order`` says."""
        match order:
            case {"do": "plug"}:
                await self.plug()
            case {"do": "unplug"}:
                await self.unplug()
            case {"do": "flush"}:
                self._log.flush()
            case {"do": action, "strap": int(number)}:
                await self._fault(self._straps[number], str(action))
            case _:
                raise ValueError(f"not an order: {order}")

    async def _fault(self, strap: AirStrap, action: str) -> None:
        match action:
            case "close":
                await strap.close()
            case "vanish":
                strap.vanish()
            case "back":
                strap.back()
            case "mute" | "unmute":
                strap.muted = action == "mute"
            case _:
                raise ValueError(f"not something a strap does: {action}")

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry out the orders of one connection."""
        while line := await reader.readline():
            t = asyncio.get_running_loop().time()
            await self.obey(json.loads(line))
            writer.write(json.dumps({"t": t}).encode() + b"\n")
        writer.close()

    def _write(self, line: dict[str, object]) -> None:
        self._log.write(json.dumps(line) + "\n")


async def main(count: int, latency_s: float, log: TextIO, socket: str) -> None:
    """Run until killed."""
    field = AirField(count, latency_s, log)
    await field.start()
    server = await asyncio.start_unix_server(field.serve, socket)
    await server.serve_forever()


if __name__ == "__main__":
    with Path(sys.argv[3]).open("w", encoding="utf-8") as out:
        asyncio.run(main(int(sys.argv[1]), float(sys.argv[2]), out, sys.argv[4]))
