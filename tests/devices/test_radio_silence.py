"""A strap falls silent: is it the strap, the link, or the Bluetooth service? Against bleak's real BlueZ backend."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from devices.connection_words import Trouble, words
from tests.bluez.strap import Strap
from tests.devices.listening import QUICK, Heard, listening

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

ANA = "A0:9E:1A:00:00:01"
CALM = replace(QUICK, silence_s=1.0)
LONG = replace(QUICK, silence_s=4.0)
"""Time enough to ask before the watchdog bites."""


def counted(heard: Heard) -> list[int]:
    return [int.from_bytes(payload[2:4], "little") for payload in heard.packets]


def first_loss(heard: Heard) -> str:
    return next(change.why for change in heard.changes if change.state == "lost")


async def test_a_silent_strap_that_answers_keeps_its_link_and_is_live_with_its_next_word(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005))
    async with listening(ANA, timing=CALM) as heard:
        await heard.until_packets(3)
        fake_bluez.change(ANA, quiet=True)
        await heard.until_state("lost")
        assert words(Trouble.SILENT) in heard.last.why
        assert "still listening" in heard.last.why
        fake_bluez.change(ANA, quiet=False)
        await heard.until(lambda h: h.last.state == "live")
        assert fake_bluez.calls("Connect") == 1
    assert heard.states == ["searching", "connecting", "live", "lost", "live", "gone"]
    assert counted(heard) == list(range(fake_bluez.sent(ANA)))


async def test_a_strap_that_is_silent_for_too_long_is_connected_anew_though_it_answers(fake_bluez: FakeBluez) -> None:
    """A subscription may have been forgotten: then only a new link helps."""
    fake_bluez.add(Strap(ANA, period_s=0.005))
    async with listening(ANA) as heard:
        await heard.until_packets(3)
        fake_bluez.change(ANA, quiet=True)
        await heard.until(lambda h: h.states[-1] == "connecting")
        fake_bluez.change(ANA, quiet=False)
        await heard.until(lambda h: h.last.state == "live")
    assert fake_bluez.calls("Connect") >= 2
    assert counted(heard) == list(range(fake_bluez.sent(ANA)))


async def test_a_silent_strap_that_can_not_be_asked_is_connected_anew_at_once(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005, battery=None, information={}, location=None))
    async with listening(ANA) as heard:
        await heard.until_packets(3)
        fake_bluez.change(ANA, quiet=True)
        await heard.until(lambda h: h.states[-1] == "connecting")
    assert not any("still listening" in change.why for change in heard.changes)


async def test_a_service_that_is_killed_is_noticed_before_the_watchdog_bites(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005))
    async with listening(ANA, timing=LONG) as heard:
        await heard.until_packets(3)
        fake_bluez.crash()
        await heard.until_state("lost")
        assert words(Trouble.NO_SERVICE) in first_loss(heard)
        fake_bluez.start()
        await heard.until(lambda h: h.last.state == "live")
    assert counted(heard) == list(range(len(heard.packets)))


async def test_a_service_that_was_restarted_meanwhile_does_not_know_the_link(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005))
    async with listening(ANA, timing=LONG) as heard:
        await heard.until_packets(3)
        fake_bluez.crash()
        fake_bluez.start()
        await heard.until_state("lost")
        assert words(Trouble.DROPPED) in first_loss(heard)
        packets = len(heard.packets)
        await heard.until_packets(packets + 3)
        assert fake_bluez.listeners(ANA) == 1
    assert counted(heard) == list(range(len(heard.packets)))


async def test_after_the_service_was_away_its_old_list_of_links_is_not_believed(fake_bluez: FakeBluez) -> None:
    """bleak goes on to list the strap as connected; an attempt to take that link over finds nothing there."""
    fake_bluez.add(Strap(ANA, period_s=0.005))
    async with listening(ANA, timing=LONG) as heard:
        for _ in range(4):
            packets = len(heard.packets)
            await heard.until_packets(packets + 3)
            fake_bluez.crash()
            await heard.until(lambda h: h.last.state == "lost" and words(Trouble.NO_SERVICE) in h.last.why)
            fake_bluez.start()
            await heard.until(lambda h: h.last.state == "live")
    assert not any(words(Trouble.VANISHED) in change.why for change in heard.changes)
    assert counted(heard) == list(range(len(heard.packets)))


@pytest.mark.parametrize("gone", ["power", "plug"])
async def test_bluetooth_that_is_there_again_is_found_without_waiting_out_a_long_pause(
    fake_bluez: FakeBluez, gone: str
) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005))
    async with listening(ANA, timing=replace(QUICK, backoff_s=(3600.0,))) as heard:
        await heard.until_packets(3)
        trouble, off, on = {
            "power": (Trouble.OFF, lambda: fake_bluez.power(False), lambda: fake_bluez.power(True)),
            "plug": (Trouble.NO_ADAPTER, fake_bluez.unplug, fake_bluez.plug),
        }[gone]
        off()
        await heard.until(lambda h: words(trouble) in h.last.why)
        on()
        await heard.until(lambda h: h.last.state == "live")


async def test_a_strap_that_is_back_at_once_sends_once(fake_bluez: FakeBluez) -> None:
    """Of the emulation itself: the sender of a link that broke ends, however soon the next link is there."""
    fake_bluez.add(Strap(ANA, period_s=0.2))
    async with listening(ANA) as heard:
        await heard.until_packets(1)
        for _ in range(3):
            packets = len(heard.packets)
            fake_bluez.drop(ANA)
            await heard.until_packets(packets + 2)
        assert fake_bluez.senders(ANA) == 1
    assert counted(heard) == list(range(fake_bluez.sent(ANA)))
