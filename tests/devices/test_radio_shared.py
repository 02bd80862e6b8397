"""One radio an event loop, and a look for straps that begins in another loop while a session listens."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from devices.link import Sighting
from devices.radio import scan, shared_radio
from tests.bluez.strap import Strap
from tests.devices.listening import Heard, listening, until

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

A, B = "A0:9E:1A:00:00:01", "A0:9E:1A:00:00:02"


def seen_from_another_loop(seconds: float) -> list[str]:
    """Return whom a scan in a loop of its own sees; for a thread of its own."""
    return sorted(sighting.address for sighting in asyncio.run(scan(seconds)))


async def test_a_loop_has_one_radio_and_another_loop_another() -> None:
    async def shared() -> int:
        return id(shared_radio())

    assert shared_radio() is shared_radio()
    assert await asyncio.to_thread(lambda: asyncio.run(shared())) != id(shared_radio())


async def test_a_scan_in_another_loop_and_a_link_that_comes_back_take_turns(fake_bluez: FakeBluez) -> None:
    """As in a window that looks for one more strap while the session runs in its own thread."""
    fake_bluez.add(Strap(A, period_s=0.05, connect_s=0.1, again_s=0.1), Strap(B))
    async with listening(A, shared_radio()) as heard:
        await heard.until_packets(2)
        looking = asyncio.create_task(asyncio.to_thread(seen_from_another_loop, 1.5))
        for _ in range(3):
            await until(fake_bluez.discovering)
            await back_after_a_drop(fake_bluez, heard)
        assert B in await looking
    assert fake_bluez.clashes() == 0


async def back_after_a_drop(fake: FakeBluez, heard: Heard) -> None:
    changes = len(heard.changes)
    await asyncio.to_thread(fake.drop, A)
    await heard.until_state("live", after=changes)


async def test_a_scan_goes_on_alone_when_the_session_s_loop_ends(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(A, period_s=0.05), Strap(B))
    sessions: list[asyncio.Task[None]] = []

    async def session() -> None:
        sessions.append(asyncio.current_task())  # type: ignore[arg-type]  # one runs
        loops.append(asyncio.get_running_loop())
        heard = Heard()
        await shared_radio().listen(A, now=heard.now, on_data=heard.take_data, on_state=heard.take_state)

    loops: list[asyncio.AbstractEventLoop] = []
    running = asyncio.create_task(asyncio.to_thread(_run_until_cancelled, session))
    await until(lambda: fake_bluez.linked() == {A})
    looking: asyncio.Task[list[Sighting]] = asyncio.create_task(scan(1.0))
    await until(fake_bluez.discovering)
    loops[0].call_soon_threadsafe(sessions[0].cancel)
    await running
    assert B in {sighting.address for sighting in await looking}


def _run_until_cancelled(session: object) -> None:
    try:
        asyncio.run(session())  # type: ignore[operator]
    except asyncio.CancelledError:
        return


async def test_a_scan_that_is_called_off_ends_in_the_other_loop_too(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(A, period_s=0.05))
    async with listening(A, shared_radio()) as heard:
        await heard.until_packets(2)

        async def called_off() -> None:
            looking = asyncio.create_task(scan(60.0))
            while not fake_bluez.discovering():
                await asyncio.sleep(0)
            looking.cancel()
            await asyncio.wait({looking})

        await asyncio.to_thread(lambda: asyncio.run(called_off()))
        await until(lambda: not fake_bluez.discovering())
