"""The computer sleeps and wakes: links are renewed at once, scans begin anew, and nobody waits out a pause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from devices.connection_words import Trouble, words
from devices.link import Timing
from devices.radio import Radio
from devices.uptime import clock_that_counts_sleep
from tests.bluez.strap import Strap
from tests.devices.listening import QUICK, listening, until

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

ANA = "A0:9E:1A:00:00:01"
SLEEPY = replace(QUICK, silence_s=30.0, slept_s=0.5)


@dataclass
class SleepyClock:
    """The computer's clock, and how long it has slept."""

    slept_s: float = 0.0
    real: Callable[[], float] = clock_that_counts_sleep

    def __call__(self) -> float:
        return self.real() + self.slept_s


async def test_after_a_sleep_the_link_is_renewed_at_once_and_it_is_told(fake_bluez: FakeBluez) -> None:
    """The system says connected and no watchdog has bitten: the radio went down while nobody looked."""
    fake_bluez.add(Strap(ANA, period_s=0.005))
    clock = SleepyClock()
    async with listening(ANA, Radio(timing=SLEEPY, clock=clock)) as heard:
        await heard.until_packets(3)
        fake_bluez.change(ANA, quiet=True)
        clock.slept_s += 3600.0
        await heard.until(lambda h: h.last.state == "lost" and words(Trouble.SLEPT) in h.last.why)
        packets = len(heard.packets)
        fake_bluez.change(ANA, quiet=False)
        await heard.until_packets(packets + 3)
    assert heard.states == ["searching", "connecting", "live", "lost", "connecting", "live", "gone"]
    numbers = [int.from_bytes(payload[2:4], "little") for payload in heard.packets]
    assert numbers == list(range(fake_bluez.sent(ANA)))


async def test_a_pause_between_attempts_is_cut_short_by_a_wakening(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005, connect_errors=[("org.bluez.Error.Failed", "br-connection-unknown")]))
    clock = SleepyClock()
    timing = replace(SLEEPY, backoff_s=(3600.0,))
    async with listening(ANA, Radio(timing=timing, clock=clock)) as heard:
        await heard.until(lambda h: words(Trouble.FAILED) in h.last.why)
        clock.slept_s += 3600.0
        await heard.until_packets(3)


async def test_a_scan_begins_anew_after_a_sleep(fake_bluez: FakeBluez) -> None:
    clock = SleepyClock()
    timing = replace(SLEEPY, slice_s=3600.0, search_s=3600.0)
    async with listening(ANA, Radio(timing=timing, clock=clock)):
        await until(fake_bluez.discovering)
        scans = fake_bluez.calls("StartDiscovery")
        clock.slept_s += 3600.0
        await until(lambda: fake_bluez.calls("StartDiscovery") > scans)


async def test_a_steady_clock_renews_nothing(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.01))
    timing = Timing(slept_s=2.0)
    looks: list[float] = []

    def clock() -> float:
        looks.append(clock_that_counts_sleep())
        return looks[-1]

    async with listening(ANA, Radio(timing=timing, clock=clock)) as heard:
        await heard.until(lambda h: len(looks) > 3)
    assert heard.states == ["searching", "connecting", "live", "gone"]


def test_the_clock_never_falls() -> None:
    times = [clock_that_counts_sleep() for _ in range(100)]
    assert times == sorted(times)
