"""What is done to straps, radio and daemon, and what biosync must make of it. One function a scenario."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from math import inf
from statistics import median

from tests.uml.bench import Bench
from tests.uml.cast import Strap
from tests.uml.program import COMMAND, Program

CONNECT_S = BACK_S = 240.0  # without latency one strap may be refused a dozen times running
CALM_S = 10.0
HOUR_S, DAY_S = 3600.0, 86400.0
MOST_DRIFT_MS = 10.0


@dataclass(frozen=True, slots=True)
class Scenario:
    """``run`` puts the faults in and returns what was wrong; ``straps``: how many there are.

    ``patience_s``: how long the guest may take, in this machine's time. ``tells_all``: BlueZ's daemon logs all it does.
    """

    run: Callable[[Bench], Awaitable[list[str]]]
    straps: int
    latencies_s: tuple[float, ...] = (0.0, 0.03)
    patience_s: float = 600.0
    tells_all: bool = True


async def scan(bench: Bench) -> list[str]:
    """``biosync scan`` finds every strap, with its name, once."""
    tool = await asyncio.create_subprocess_exec(
        COMMAND, "scan", "--seconds", "3", "--json", stdout=asyncio.subprocess.PIPE, stderr=sys.stderr
    )
    said, _ = await tool.communicate()
    found = {(line["address"], line["name"]) for line in map(json.loads, said.splitlines())}
    wanted = {(strap.address, strap.name) for strap in bench.straps}
    bench.figures["found"] = len(found)
    wrong = [] if found == wanted else [f"scan found {sorted(found)}"]
    return wrong if len(said.splitlines()) == len(found) else [*wrong, "scan names a strap twice"]


async def undisturbed(bench: Bench) -> list[str]:
    """All straps are connected, and nothing is lost or doubled."""
    program = await _all_live(bench)
    await asyncio.sleep(60.0)
    return await _stopped(bench, program)


async def closed(bench: Bench) -> list[str]:
    """A strap closes the link, three times: it is back each time, and the others do not notice."""
    return await _repeated(bench, "close", None, pause_s=0.0)


async def out_of_range(bench: Bench) -> list[str]:
    """A strap goes out of range for 8 s, three times."""
    return await _repeated(bench, "vanish", "back", pause_s=8.0)


async def silent(bench: Bench) -> list[str]:
    """A strap keeps its link and says nothing for 8 s: only a watchdog over the data sees that."""
    return await _repeated(bench, "mute", "unmute", pause_s=8.0)


async def daemon_killed(bench: Bench) -> list[str]:
    """BlueZ's daemon is killed and started again 3 s later, twice; nobody tells biosync."""
    program = await _all_live(bench)
    for _ in range(2):
        killed = time.monotonic()
        await bench.daemons.kill_bluetoothd()
        await asyncio.sleep(3.0)
        await bench.daemons.start_bluetoothd()
        await bench.until_powered()
        await _all_back(bench, program, killed, time.monotonic())
    return await _stopped(bench, program)


async def switched_off(bench: Bench) -> list[str]:
    """Bluetooth is switched off for 8 s."""
    program = await _all_live(bench)
    off = time.monotonic()
    await bench.daemons.power(False)
    await bench.until_all(program, False, BACK_S)
    await asyncio.sleep(8.0)
    await bench.daemons.power(True)
    await bench.until_powered()
    await _all_back(bench, program, off, time.monotonic())
    return await _stopped(bench, program)


async def pulled(bench: Bench) -> list[str]:
    """The adapter is pulled out, and put in again after 8 s."""
    program = await _all_live(bench)
    off = await bench.order("unplug")
    await bench.until_all(program, False, BACK_S)
    await asyncio.sleep(8.0)
    await bench.order("plug")
    await bench.until_powered()
    await _all_back(bench, program, off, time.monotonic())
    return await _stopped(bench, program)


async def killed_program(bench: Bench) -> list[str]:
    """biosync itself is killed: the next one takes the straps over as BlueZ still holds them."""
    first = await _all_live(bench)
    await first.stop(signal.SIGKILL)
    await asyncio.sleep(2.0)
    bench.figures["held_after_kill"] = await bench.daemons.connected()
    for strap in bench.straps:  # the first one's session is no part of the account
        bench.trouble(strap, 0.0, time.monotonic())
    program = await _all_live(bench)
    return await _stopped(bench, program)


async def second_biosync(bench: Bench) -> list[str]:
    """A second biosync asks for the first strap: it is told who has it, and the first one does not notice."""
    program, asked = await _all_live(bench), bench.straps[0]
    other = await bench.program("run", asked.source, "--seconds", "15", "--json", "--no-store")
    code = await other.ended(BACK_S)
    wrong = [] if code == 1 else [f"the second biosync ended with {code}"]
    if other.heard.beats or "another biosync" not in other.heard.why(asked.person):
        wrong.append(f"the second biosync had beats, or said only: {other.heard.why(asked.person)}")
    return wrong + await _stopped(bench, program)


async def hour(bench: Bench) -> list[str]:
    """An hour in which nothing happens: nothing is lost and nothing doubled."""
    return await _left_alone(bench, HOUR_S)


async def soak(bench: Bench) -> list[str]:
    """A day in which nothing happens: nothing is lost, nothing doubled, and the beat clocks stay within 10 ms."""
    wrong = await _left_alone(bench, DAY_S)
    if not (drift_ms := bench.figures.get("drift_ms", inf)) < MOST_DRIFT_MS:
        wrong.append(f"a beat clock drifted by {drift_ms} ms")
    return wrong


SCENARIOS = {
    "scan": Scenario(scan, 4),
    "four": Scenario(undisturbed, 4),
    "sixteen": Scenario(undisturbed, 16),
    "closed": Scenario(closed, 4),
    "out-of-range": Scenario(out_of_range, 4),
    "silent": Scenario(silent, 4),
    "daemon-killed": Scenario(daemon_killed, 4),
    "switched-off": Scenario(switched_off, 4),
    "pulled": Scenario(pulled, 4),
    "biosync-killed": Scenario(killed_program, 4),
    "second-biosync": Scenario(second_biosync, 4),
    "hour": Scenario(hour, 4, latencies_s=(0.03,), patience_s=1200.0, tells_all=False),
    "soak": Scenario(soak, 4, latencies_s=(0.03,), patience_s=14400.0, tells_all=False),
}


async def _all_live(bench: Bench) -> Program:
    program = await bench.run()
    bench.figures["all_live_s"] = round(await bench.until_all(program, True, CONNECT_S), 2)
    await asyncio.sleep(CALM_S)
    return program


async def _left_alone(bench: Bench, seconds: float) -> list[str]:
    """Run for ``seconds``, until biosync ends by itself."""
    program = await bench.run("--seconds", str(seconds))
    await bench.until_all(program, True, CONNECT_S)
    code = await program.ended(seconds + 600.0)
    wrong = [] if code == 0 else [f"biosync ended with {code}"]
    return wrong + await _judged(bench, program, program.heard.start_at + seconds)


async def _repeated(bench: Bench, fault: str, cure: str | None, pause_s: float) -> list[str]:
    """Put ``fault`` into the first strap three times, and take the median of how long it takes to be back."""
    program, strap, back = await _all_live(bench), bench.straps[0], []
    for _ in range(3):
        start = cured = await bench.order(fault, strap)
        await _until_told(program, strap, "lost", start)
        await asyncio.sleep(pause_s)
        if cure is not None:
            cured = await bench.order(cure, strap)
        back.append(await _back(bench, program, strap, start, cured))
        await asyncio.sleep(CALM_S)
    bench.figures["back_s"] = round(median(back), 2)
    return await _stopped(bench, program)


async def _back(bench: Bench, program: Program, strap: Strap, start: float, cured: float) -> float:
    """Wait until ``strap`` is live again after a fault from ``start`` to ``cured``; return how long that took (s).

    That the fault is over is seen from outside only some time later: a strap may be back before, which counts as 0.
    """
    lost = await _until_told(program, strap, "lost", start)
    live = await _until_told(program, strap, "live", lost)
    bench.trouble(strap, start, live)
    return max(0.0, live - cured)


async def _until_told(program: Program, strap: Strap, state: str, at: float) -> float:
    """Wait until the link of ``strap`` is told to be in ``state`` after ``at``; return when that was (s)."""
    await program.until(lambda heard: heard.since(strap.person, state, at) is not None, BACK_S)
    return program.heard.since(strap.person, state, at) or at


async def _all_back(bench: Bench, program: Program, start: float, cured: float) -> None:
    took = [await _back(bench, program, strap, start, cured) for strap in bench.straps]
    bench.figures["back_s"], bench.figures["last_back_s"] = round(median(took), 2), round(max(took), 2)
    await asyncio.sleep(CALM_S)


async def _stopped(bench: Bench, program: Program) -> list[str]:
    """End biosync as the system does; return what was wrong with the session, and with its end."""
    ended_at = time.monotonic()
    code = await program.stop()
    wrong = [] if code == 0 else [f"biosync ended with {code} on SIGTERM"]
    bench.figures["end_s"] = round(time.monotonic() - ended_at, 2)
    if held := await bench.daemons.connected():
        wrong.append(f"{held} straps are still connected after the end")
    return wrong + await _judged(bench, program, ended_at)


async def _judged(bench: Bench, program: Program, ended_at: float) -> list[str]:
    story = await bench.story(program, ended_at)
    bench.figures |= story.figures()
    return story.wrong() + bench.uncouth()
