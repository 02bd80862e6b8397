"""The bench of one scenario, in the guest: daemons, straps and biosync, faults to put in, and what came of it."""

from __future__ import annotations

import asyncio
import json
import os
import time
from contextlib import suppress
from pathlib import Path

from tests.uml.cast import Strap, straps
from tests.uml.daemons import Daemons
from tests.uml.heard import Heard
from tests.uml.program import COMMAND, Program
from tests.uml.story import UNDER_WAY_S, Story, stored_payloads
from tests.uml.wire import read

ROOT = Path(__file__).parents[2]
_SOCKET = "/run/straps"
_START_S = 30.0


class Bench:
    """``count`` straps, a radio whose packets take ``latency_s``; all files go below ``out``."""

    def __init__(self, count: int, latency_s: float, out: Path, tells_all: bool) -> None:
        self.straps = straps(count)
        self.latency_s = latency_s
        self.daemons = Daemons(Path(os.environ["UML_BLUEZ"]), out, tells_all)
        self.figures: dict[str, float] = {}
        self._out = out
        self._programs: list[Program] = []
        self._home = Path("/run/biosync")
        self._troubles: dict[int, list[tuple[float, float]]] = {}
        self._orders: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def start(self) -> None:
        """Start everything but biosync; return when the adapter is there and powered."""
        os.environ["BIOSYNC_HOME"] = str(self._home)
        await self.daemons.start_bus()
        await self._start_straps()
        await self.daemons.start_bluetoothd()
        await self.until_powered()

    async def until_powered(self) -> None:
        """Wait until BlueZ has a powered adapter."""
        async with asyncio.timeout(_START_S):
            while not await self.daemons.powered():
                await asyncio.sleep(0.1)

    async def order(self, do: str, strap: Strap | None = None) -> float:
        """Have the radio side do something; return when (s, the guest's monotonic clock)."""
        assert self._orders is not None
        reader, writer = self._orders
        order = {"do": do} if strap is None else {"do": do, "strap": strap.number}
        writer.write(json.dumps(order).encode() + b"\n")
        return float(json.loads(await reader.readline())["t"])

    async def run(self, *more: str, each: bool = True) -> Program:
        """Start ``biosync run`` with all straps; everybody alone, unless ``each`` is False."""
        together = ["--each"] if each else []
        return await self.program("run", *(strap.source for strap in self.straps), *together, *more, "--json")

    async def program(self, *arguments: str) -> Program:
        """Start biosync with ``arguments``."""
        program = Program(list(arguments), self._out / "biosync.err")
        await program.start()
        self._programs.append(program)
        return program

    def uncouth(self) -> list[str]:
        """Return what biosync wrote that no person should see."""
        said = (self._out / "biosync.err").read_text(encoding="utf-8", errors="replace")
        return ["biosync wrote a traceback: see biosync.err"] if "Traceback" in said else []

    def write_links(self) -> None:
        """Write down how every link went, for whoever looks into a failure."""
        with (self._out / "links.txt").open("w", encoding="utf-8") as out:
            for link in (link for program in self._programs for link in program.heard.links):
                out.write(f"{link.at:10.3f}  {link.person}  {link.state:10}  {link.why}\n")

    async def until_all(self, program: Program, live: bool, patience_s: float) -> float:
        """Wait until every strap's link is live, or none is; return how long after biosync's start that was (s)."""
        people = [strap.person for strap in self.straps]
        await program.until(
            lambda heard: all((heard.state(person) == "live") == live for person in people), patience_s
        )
        return time.monotonic() - program.started_at

    def trouble(self, strap: Strap, start: float, end: float) -> None:
        """From ``start`` to ``end`` what ``strap`` sends may be lost: a fault was put in. So may what was under way."""
        under_way_s = self.latency_s + UNDER_WAY_S
        self._troubles.setdefault(strap.number, []).append((start - under_way_s, end))

    async def story(self, program: Program, ended_at: float) -> Story:
        """Return everybody's side of a session that stopped to listen at ``ended_at``."""
        await self.order("flush")
        with (self._out / "straps.jsonl").open(encoding="utf-8") as lines:
            logs = read(lines)
        return Story(self.straps, program.heard, logs, await self._stored(program.heard), self._troubles, ended_at)

    async def _stored(self, heard: Heard) -> dict[str, list[str]]:
        """Return the payloads that the ledger kept of each person."""
        if heard.end is None or heard.end["stored"] is None:
            raise AssertionError(f"the session was not stored: {heard.end}")
        file = Path("/run/export.jsonl")
        tool = await asyncio.create_subprocess_exec(
            COMMAND, "sessions", "export", heard.end["stored"],
            "--format", "jsonl", "--output", file, "--force", stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        if await tool.wait() != 0:
            raise AssertionError("the stored session can't be exported")
        with file.open(encoding="utf-8") as lines:
            return stored_payloads(lines)

    async def _start_straps(self) -> None:
        with (self._out / "straps.err").open("ab") as errors:
            await asyncio.create_subprocess_exec(
                os.environ["UML_RADIO_PYTHON"], "-m", "tests.uml.radio_side", str(len(self.straps)),
                str(self.latency_s), self._out / "straps.jsonl", _SOCKET,
                cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=errors,
            )  # fmt: skip
        async with asyncio.timeout(_START_S):
            while self._orders is None:
                with suppress(OSError):  # not there yet
                    self._orders = await asyncio.open_unix_connection(_SOCKET)
                await asyncio.sleep(0.05)
