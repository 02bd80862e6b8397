"""Everything that is known to go wrong between a computer and a strap, against bleak's real BlueZ backend."""

from __future__ import annotations

import asyncio
import gc
import itertools
from typing import TYPE_CHECKING

import pytest

from devices.connection_words import Trouble, words
from devices.link import Timing
from devices.radio import Radio
from tests.bluez.strap import Strap, packet
from tests.devices.listening import PATIENT, QUICK, Heard, listening, until

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

ANA, BEN = "A0:9E:1A:00:00:01", "A0:9E:1A:00:00:02"
FAILED = "org.bluez.Error.Failed"


def counted(packets: list[bytes]) -> list[int]:
    """Return the numbers that the emulated strap counted into its packets."""
    return [int.from_bytes(payload[2:4], "little") for payload in packets]


async def back(heard: Heard) -> None:
    """Wait until the strap is lost, or has been, and is live again with a few packets."""
    changes, packets = len(heard.changes), len(heard.packets)
    await heard.until_state("live", after=changes)
    await heard.until_packets(packets + 3)


async def test_dropped_links_come_back_three_times_without_a_double(fake_bluez: FakeBluez) -> None:
    """bleak #2002: after a reconnect without disconnect() every value comes twice, then three times."""
    fake_bluez.add(Strap(ANA, period_s=0.005))
    async with listening(ANA) as heard:
        await heard.until_packets(3)
        for _ in range(3):
            fake_bluez.drop(ANA)
            await back(heard)
            assert fake_bluez.listeners(ANA) == 1
    assert heard.states == ["searching", *["connecting", "live", "lost"] * 3, "connecting", "live", "gone"]
    numbers = counted(heard.packets)
    assert numbers == list(range(numbers[-1] + 1))


async def test_silence_is_lost_although_the_system_says_connected(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA))
    async with listening(ANA) as heard:
        await heard.until(lambda h: h.last.info is not None or h.last.state == "lost")
        fake_bluez.notify(ANA, packet(0))
        await heard.until_state("lost")
        assert words(Trouble.SILENT) in heard.last.why
        await heard.until(lambda h: h.last.info is not None and h.last.state == "connecting")
    assert fake_bluez.linked() == set()


async def test_a_strap_that_connects_and_never_sends_counts_as_failed(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA))
    async with listening(ANA, timing=Timing(silence_s=0.02, backoff_s=(0.01,))) as heard:
        await heard.until(lambda h: h.last.state == "searching" and words(Trouble.SILENT) in h.last.why)
    assert "live" not in heard.states and "lost" not in heard.states


async def test_service_killed_is_found_by_the_watchdog_and_its_return_too(fake_bluez: FakeBluez) -> None:
    """bleak does not notice: no callback, is_connected stays true."""
    fake_bluez.add(Strap(ANA, period_s=0.005))
    async with listening(ANA) as heard:
        await heard.until_packets(3)
        fake_bluez.crash()
        await heard.until(lambda h: h.last.state == "lost" and words(Trouble.NO_SERVICE) in h.last.why)
        fake_bluez.start()
        await back(heard)
    numbers = counted(heard.packets)
    assert numbers == list(range(numbers[-1] + 1))


async def test_service_that_answers_nothing_and_recovers(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005))
    quick = Timing(0.1, 0.1, 0.1, 0.2, 0.1, 0.1, 0.1, 0.1, backoff_s=(0.01,))
    async with listening(ANA, timing=quick) as heard:
        await heard.until_packets(3)
        fake_bluez.hang()
        fake_bluez.drop(ANA)
        await heard.until(lambda h: h.last.state == "lost" and words(Trouble.SERVICE_SILENT) in h.last.why)
        fake_bluez.hang(False)
        await back(heard)


async def test_service_that_froze_during_a_scan_is_scanned_with_again(fake_bluez: FakeBluez) -> None:
    quick = Timing(0.1, 0.05, 0.2, 0.2, 0.2, 0.2, 1.0, 0.1, backoff_s=(0.01,))
    async with listening(ANA, timing=quick) as heard:
        await heard.until(lambda h: words(Trouble.NOT_SEEN) in h.last.why)
        fake_bluez.hang()
        await heard.until(lambda h: words(Trouble.SERVICE_SILENT) in h.last.why)
        fake_bluez.hang(False)
        fake_bluez.add(Strap(ANA, period_s=0.005))
        await heard.until_packets(3)


async def test_a_scan_that_begins_after_nobody_waits_for_it_any_more_is_ended(fake_bluez: FakeBluez) -> None:
    """It would go on for ever, and no other could begin: bleak can only stop what it knows to have started."""
    quick = Timing(0.1, 0.05, 0.2, 0.2, 0.2, 0.2, 1.0, 0.1, backoff_s=(0.01,))
    async with listening(ANA, timing=quick) as heard:
        await heard.until(lambda h: words(Trouble.NOT_SEEN) in h.last.why)
        fake_bluez.hold_discovery()
        await heard.until(lambda h: words(Trouble.SERVICE_SILENT) in h.last.why)
        fake_bluez.hold_discovery(False)
        fake_bluez.add(Strap(ANA, period_s=0.005))
        await heard.until_packets(3)
    await until(lambda: not fake_bluez.discovering())


async def test_out_of_range_and_back(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005))
    async with listening(ANA) as heard:
        await heard.until_packets(3)
        fake_bluez.leave(ANA)
        await heard.until(lambda h: h.last.state == "lost" and words(Trouble.NOT_SEEN) in h.last.why)
        fake_bluez.change(ANA, in_range=True)
        await back(heard)
    assert "searching" not in heard.states[1:]


async def test_a_strap_that_appears_late_is_found(fake_bluez: FakeBluez) -> None:
    async with listening(ANA) as heard:
        await heard.until(lambda h: words(Trouble.NOT_SEEN) in h.last.why)
        assert heard.last.state == "searching"
        fake_bluez.add(Strap(ANA, period_s=0.005))
        await heard.until_packets(3)


async def test_bluetooth_switched_off_and_on(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005), Strap(BEN, period_s=0.005))
    radio = Radio(timing=QUICK)
    async with listening(ANA, radio) as ana, listening(BEN, radio) as ben:
        for heard in (ana, ben):
            await heard.until_packets(3)
        fake_bluez.power(False)
        for heard in (ana, ben):
            await heard.until(lambda h: h.last.state == "lost" and words(Trouble.OFF) in h.last.why)
        fake_bluez.power(True)
        await asyncio.gather(back(ana), back(ben))


async def test_adapter_pulled_and_plugged_in_again(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005))
    async with listening(ANA) as heard:
        await heard.until_packets(3)
        fake_bluez.unplug()
        await heard.until(lambda h: h.last.state == "lost" and words(Trouble.NO_ADAPTER) in h.last.why)
        fake_bluez.plug()
        await back(heard)


async def test_one_strap_that_hangs_does_not_keep_the_others_out(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, hangs=True), Strap(BEN, period_s=0.005))
    radio = Radio(timing=QUICK)
    async with listening(ANA, radio) as ana, listening(BEN, radio) as ben:
        await ben.until_packets(3)
        await ana.until(lambda h: words(Trouble.NO_ANSWER) in h.last.why)
    assert "lost" not in ben.states


async def test_a_fault_of_one_strap_leaves_no_trace_on_another(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005), Strap(BEN, period_s=0.005))
    radio = Radio(timing=QUICK)
    async with listening(ANA, radio) as ana, listening(BEN, radio) as ben:
        await ana.until_packets(3)
        await ben.until_packets(3)
        fake_bluez.drop(ANA)
        await back(ana)
    numbers = counted(ben.packets)
    assert numbers == list(range(len(numbers)))
    assert ben.states == ["searching", "connecting", "live", "gone"]


async def test_the_bus_itself_dies(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005))
    async with listening(ANA) as heard:
        await heard.until_packets(3)
        fake_bluez.bus.stop()
        await heard.until(lambda h: h.last.state == "lost" and words(Trouble.NO_BUS) in h.last.why)


async def test_a_computer_that_held_the_strap_and_lost_its_service_does_not_cling_to_it(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005, resolves="yes"))
    fake_bluez.hold(ANA)
    radio = Radio(timing=QUICK)
    await radio.scan(0.05)
    fake_bluez.crash()
    async with listening(ANA, radio) as heard:
        await heard.until(lambda h: words(Trouble.NO_SERVICE) in h.last.why)
        fake_bluez.start()
        await heard.until_packets(3)


async def test_a_scanner_that_a_restarted_service_forgot_is_opened_anew(fake_bluez: FakeBluez) -> None:
    """The old scan finds nothing for ever, and no error says so."""
    radio = Radio(timing=Timing(slice_s=0.05, search_s=30.0, backoff_s=(0.01,)))
    async with listening(ANA, radio) as heard:
        await until(fake_bluez.discovering)
        fake_bluez.crash()
        fake_bluez.start()
        fake_bluez.add(Strap(ANA, period_s=0.005))
        await heard.until_packets(3)


async def test_a_property_that_changes_is_no_advertisement(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005))
    radio = Radio(timing=QUICK)
    await radio.scan(0.05)
    fake_bluez.change(ANA, in_range=False)
    async with listening(ANA, radio) as heard:
        await until(fake_bluez.discovering)
        fake_bluez.touch(ANA)
        await heard.until(lambda h: words(Trouble.NOT_SEEN) in h.last.why)
    assert heard.states == ["searching", "gone"]


async def test_a_service_that_hangs_while_it_connects_does_not_hold_the_turn_for_ever(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, hangs=True, period_s=0.005))
    quick = Timing(0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 1.0, 0.1, backoff_s=(0.01,))
    async with listening(ANA, timing=quick) as heard:
        await until(lambda: fake_bluez.calls("Connect") > 0)
        fake_bluez.hang()
        await heard.until(lambda h: "trying again" in h.last.why)
        fake_bluez.change(ANA, hangs=False)
        fake_bluez.hang(False)
        await heard.until_packets(3)


async def test_what_arrived_before_the_end_is_passed_on(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, battery=None))
    heard = Heard()

    def end_at_first(uuid: str, payload: bytes, t: float) -> None:
        heard.take_data(uuid, payload, t)
        if len(heard.packets) == 1:
            fake_bluez.notify(ANA, *(packet(n) for n in range(1, 200)))
            asyncio.get_running_loop().call_soon(task.cancel)

    task = asyncio.create_task(
        Radio(timing=PATIENT).listen(ANA, now=heard.now, on_data=end_at_first, on_state=heard.take_state)
    )
    await heard.until(lambda h: h.last.info is not None)
    fake_bluez.notify(ANA, packet(0))
    with pytest.raises(asyncio.CancelledError):
        await task
    assert counted(heard.packets) == list(range(len(heard.packets)))
    assert len({t for _, _, t in heard.data}) == heard.now(), "a packet that was stamped is missing"


async def test_what_a_listener_raises_comes_out_and_the_strap_is_let_go(fake_bluez: FakeBluez) -> None:
    """A full disk is no fault of the strap's: it may not end in another attempt."""
    fake_bluez.add(Strap(ANA, period_s=0.005))
    heard = Heard()

    def full(uuid: str, payload: bytes, t: float) -> None:
        raise OSError("no space left on device")

    with pytest.raises(OSError, match="no space"):
        await Radio(timing=QUICK).listen(ANA, now=heard.now, on_data=full, on_state=heard.take_state)
    assert fake_bluez.linked() == set()


async def test_nothing_is_printed_or_left_behind_by_a_fault_tour(
    fake_bluez: FakeBluez, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005, connect_errors=[(FAILED, "le-connection-abort-by-remote")]))
    tasks = len(asyncio.all_tasks())
    async with listening(ANA) as heard:
        await heard.until_packets(3)
        for disturb in itertools.chain([fake_bluez.drop] * 2, [fake_bluez.leave]):
            disturb(ANA)
            await heard.until_state("lost", after=len(heard.changes) - 1)
            fake_bluez.change(ANA, in_range=True)
            await back(heard)
    gc.collect()
    assert capfd.readouterr() == ("", "")
    assert not [warning for warning in recwarn if "bleak" not in warning.filename]
    assert len(asyncio.all_tasks()) <= tasks + 1  # bleak's own watcher of the bus may have begun
