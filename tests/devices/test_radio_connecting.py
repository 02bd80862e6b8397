"""Connections that do not come about: told in words, tried again, nothing stuck (bleak's real BlueZ backend)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from devices.connection_words import Trouble, words
from devices.link import Timing
from devices.radio import Radio
from tests.bluez.strap import Strap
from tests.devices.listening import PATIENT, QUICK, listening

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

ANA = "A0:9E:1A:00:00:01"
FAILED = "org.bluez.Error.Failed"


async def test_a_hanging_connection_leaves_no_stuck_client(fake_bluez: FakeBluez) -> None:
    """bleak 3.1.0: 'Client is already connected' on every retry with the same client."""
    fake_bluez.add(Strap(ANA, resolves="never", period_s=0.005))
    async with listening(ANA, timing=Timing(connect_s=0.05, backoff_s=(0.01,), let_go_s=0.5)) as heard:
        await heard.until(lambda h: words(Trouble.NO_ANSWER) in h.last.why)
        fake_bluez.change(ANA, resolves="yes")
        await heard.until_packets(3)
    assert heard.states[-2:] == ["live", "gone"]


async def test_links_that_break_in_discovery_are_tried_again_until_they_hold(fake_bluez: FakeBluez) -> None:
    """bleak #1489: 'failed to discover services, device disconnected', up to five times running."""
    fake_bluez.add(Strap(ANA, resolves="drops", period_s=0.005))
    async with listening(ANA) as heard:
        await heard.until(lambda h: h.states.count("connecting") >= 6)
        assert any(words(Trouble.BROKE_OFF) in change.why for change in heard.changes)
        fake_bluez.change(ANA, resolves="yes")
        await heard.until_packets(3)


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        ((FAILED, "Software caused connection abort"), Trouble.BROKE_OFF),
        ((FAILED, "le-connection-abort-by-remote"), Trouble.BROKE_OFF),
        (("org.bluez.Error.InProgress", "Operation already in progress"), Trouble.BUSY),
        ((FAILED, "le-connection-adapter-not-powered"), Trouble.OFF),
        ((FAILED, "something new"), Trouble.FAILED),
        (("org.freedesktop.DBus.Error.UnknownObject", "no object"), Trouble.VANISHED),
    ],
)
async def test_errors_of_a_connection_are_told_and_tried_again(
    fake_bluez: FakeBluez, error: tuple[str, str], trouble: Trouble
) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005, connect_errors=[error] * 3))
    async with listening(ANA) as heard:
        await heard.until_packets(3)
    told = [change.why for change in heard.changes if change.state == "searching"][1:]
    assert told == [f"{words(trouble)}; trying again"] * 3


async def test_abort_by_local_is_waited_out_by_bleak_and_then_by_us(fake_bluez: FakeBluez) -> None:
    """bleak waits for a 'disconnected' that may never come; its timeout ends that."""
    fake_bluez.add(Strap(ANA, period_s=0.005, connect_errors=[(FAILED, "le-connection-abort-by-local")]))
    async with listening(ANA) as heard:
        await heard.until_packets(3)


async def test_a_strap_held_by_another_app_is_told(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005, notify_error=("org.bluez.Error.NotPermitted", "Notify acquired")))
    async with listening(ANA) as heard:
        await heard.until(lambda h: words(Trouble.HELD) in h.last.why)
        fake_bluez.change(ANA, notify_error=None)
        await heard.until_packets(3)


async def test_a_strap_that_refuses_notifications_is_told(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, notify_error=(FAILED, "Operation failed with ATT error: 0x05")))
    async with listening(ANA) as heard:
        await heard.until(lambda h: words(Trouble.REFUSED) in h.last.why)


async def test_a_thing_without_heart_rate_is_told(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, heart_rate=False))
    async with listening(ANA) as heard:
        await heard.until(lambda h: words(Trouble.NO_HEART_RATE) in h.last.why)
    assert fake_bluez.linked() == set()


@pytest.mark.parametrize("how", ["drops", "half", "ends"])
async def test_a_discovery_that_breaks_is_begun_anew(fake_bluez: FakeBluez, how: str) -> None:
    """Before the first service, after it, and just when all are there: bleak then calls it a success, and trips over
    an assertion of its own when it is told to disconnect."""
    fake_bluez.add(Strap(ANA, resolves=how, period_s=0.005))
    async with listening(ANA) as heard:
        await heard.until(lambda h: h.states.count("connecting") >= 10)
        assert any(words(Trouble.BROKE_OFF) in change.why for change in heard.changes)
        fake_bluez.change(ANA, resolves="yes")
        await heard.until_packets(3)
        await heard.until(lambda h: h.last.info is not None)
    assert fake_bluez.linked() == set()


async def test_a_strap_that_a_phone_takes_is_found_when_the_phone_lets_it_go(fake_bluez: FakeBluez) -> None:
    """A strap that is held does not advertise; the sentence names the usual reason."""
    fake_bluez.add(Strap(ANA, period_s=0.005))
    async with listening(ANA) as heard:
        await heard.until_packets(3)
        fake_bluez.change(ANA, advertises=False)
        fake_bluez.drop(ANA)
        await heard.until(lambda h: "close other apps and watches that may hold it" in h.last.why)
        packets = len(heard.packets)
        fake_bluez.change(ANA, advertises=True)
        await heard.until_packets(packets + 3)


async def test_a_strap_that_was_seen_and_then_taken_by_a_phone_does_not_hold_up_the_search(
    fake_bluez: FakeBluez,
) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005, connect_errors=[(FAILED, "le-connection-timeout")]))
    async with listening(ANA) as heard:
        await heard.until_state("connecting")
        fake_bluez.change(ANA, advertises=False)
        await heard.until(lambda h: words(Trouble.NOT_SEEN) in h.last.why)
        fake_bluez.change(ANA, advertises=True)
        await heard.until_packets(3)


async def test_what_another_program_subscribes_to_comes_twice_and_is_passed_on_as_it_comes(
    fake_bluez: FakeBluez,
) -> None:
    """The real service signals each value once a subscription, to everybody; who counts beats takes one of the two."""
    fake_bluez.add(Strap(ANA))
    async with listening(ANA, timing=PATIENT) as heard:
        await heard.until(lambda h: h.last.info is not None)
        fake_bluez.share(ANA)
        fake_bluez.notify(ANA, b"\x10\x3c\x00\x04", b"\x10\x3c\x01\x04")
        await heard.until_packets(4)
    assert heard.packets == [b"\x10\x3c\x00\x04"] * 2 + [b"\x10\x3c\x01\x04"] * 2


async def test_a_minute_without_a_single_strap_puts_the_scan_in_doubt(fake_bluez: FakeBluez) -> None:
    """BlueZ before 5.88 can scan and find nothing for ever (bleak #2021)."""
    async with listening(ANA, timing=replace(QUICK, empty_s=0.5)) as heard:
        await heard.until(lambda h: words(Trouble.NOT_SEEN) in h.last.why)
        await heard.until(lambda h: words(Trouble.NONE_SEEN) in h.last.why)
        assert fake_bluez.calls("StartDiscovery") >= 2, "the scanner was opened anew"
        fake_bluez.add(Strap(ANA, period_s=0.005))
        await heard.until_packets(3)


async def test_while_another_strap_is_heard_the_scan_is_not_in_doubt(fake_bluez: FakeBluez) -> None:
    ben = "A0:9E:1A:00:00:02"
    fake_bluez.add(Strap(ben, period_s=0.01))
    radio = Radio(timing=replace(QUICK, empty_s=0.01))
    async with listening(ben, radio) as heard:
        await heard.until_packets(3)
        async with listening(ANA, radio) as missing:
            await missing.until(lambda h: words(Trouble.NOT_SEEN) in h.last.why)
    assert not any(words(Trouble.NONE_SEEN) in change.why for change in missing.changes)


async def test_a_drop_that_is_signalled_twice_and_a_late_value_change_nothing(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, period_s=0.005))
    async with listening(ANA) as heard:
        for _ in range(3):
            await heard.until_packets(len(heard.packets) + 3)
            fake_bluez.twice(ANA)
            fake_bluez.stray(ANA, b"\x00\x3c")
        await heard.until_packets(len(heard.packets) + 3)
    numbers = [int.from_bytes(payload[2:4], "little") for payload in heard.packets if payload != b"\x00\x3c"]
    assert numbers == list(range(fake_bluez.sent(ANA)))
