"""Any sequence of faults: when all is well again the strap is live, and no packet came twice or out of order."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.link import Timing
from tests.bluez.strap import Strap
from tests.devices.listening import listening

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

ANA = "A0:9E:1A:00:00:01"
FAST = Timing(
    start_s=0.2,
    slice_s=0.05,
    search_s=0.05,
    connect_s=0.1,
    answer_s=0.1,
    read_s=0.05,
    silence_s=0.1,
    let_go_s=0.1,
    settle_s=0.0,
    backoff_s=(0.01,),
)


def power(bluez: FakeBluez) -> None:
    bluez.power(False)
    bluez.power(True)


def pull(bluez: FakeBluez) -> None:
    bluez.unplug()
    bluez.plug()


def kill(bluez: FakeBluez) -> None:
    bluez.crash()
    bluez.start()


def walk_away(bluez: FakeBluez) -> None:
    bluez.leave(ANA)
    bluez.change(ANA, in_range=True)


def refuse(bluez: FakeBluez) -> None:
    bluez.change(ANA, connect_errors=[("org.bluez.Error.Failed", "le-connection-abort-by-remote")] * 2)
    bluez.drop(ANA)


def freeze(bluez: FakeBluez) -> None:
    bluez.hang()
    bluez.drop(ANA)
    bluez.hang(False)


def drop(bluez: FakeBluez) -> None:
    bluez.drop(ANA)


FAULTS = [drop, power, pull, kill, walk_away, refuse, freeze]


@given(st.lists(st.tuples(st.sampled_from(FAULTS), st.integers(0, 3)), max_size=8))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
async def test_after_any_faults_the_strap_is_live_and_nothing_came_twice(
    fake_bluez: FakeBluez, faults: list[tuple[Callable[[FakeBluez], None], int]]
) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.002))
    async with listening(ANA, timing=FAST) as heard:
        await heard.until_packets(1)
        for fault, packets_before in faults:
            if packets_before:
                await heard.until_packets(len(heard.packets) + packets_before)
            fault(fake_bluez)
        await heard.until_packets(len(heard.packets) + 30)
        assert heard.last.state == "live"
        assert fake_bluez.listeners(ANA) == 1
    numbers = [int.from_bytes(payload[2:4], "little") for payload in heard.packets]
    assert all(after > before for before, after in pairwise(numbers))
    assert fake_bluez.linked() == set()
