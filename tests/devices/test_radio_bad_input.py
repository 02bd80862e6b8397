"""Straps that send garbage, far too much, or call themselves anything: through bleak's real backend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from devices.radio import Radio
from tests.bluez.strap import Strap, packet
from tests.devices.listening import PATIENCE_S, PATIENT, QUICK, listening

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

ANA, BEN = "A0:9E:1A:00:00:01", "A0:9E:1A:00:00:02"


@given(st.lists(st.binary(max_size=512), min_size=1, max_size=40))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
async def test_any_bytes_are_passed_on_as_they_are_and_the_link_holds(
    fake_bluez: FakeBluez, payloads: list[bytes]
) -> None:
    fake_bluez.add(Strap(ANA))
    async with listening(ANA, timing=PATIENT) as heard:
        await heard.until(lambda h: h.last.info is not None)
        fake_bluez.notify(ANA, *payloads)
        await heard.until_packets(len(payloads))
    assert heard.packets == payloads
    assert set(heard.states) <= {"searching", "connecting", "live", "weak", "hr_only", "gone"}


async def test_intervals_of_zero_are_passed_on_and_the_strap_stays_live(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA))
    zeros = [bytes([0x10, 60, 0, 0])] * 5
    async with listening(ANA, timing=PATIENT) as heard:
        await heard.until(lambda h: h.last.info is not None)
        fake_bluez.notify(ANA, *zeros)
        await heard.until_packets(5)
        assert heard.last.state == "live"
    assert heard.packets == zeros


async def test_a_strap_that_turns_to_garbage_and_back_is_weak_and_live_again(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA))
    async with listening(ANA, timing=PATIENT) as heard:
        await heard.until(lambda h: h.last.info is not None)
        fake_bluez.notify(ANA, packet(0), *[b"\x11" + bytes(511)] * 3)
        await heard.until_state("weak")
        fake_bluez.notify(ANA, packet(1))
        await heard.until(lambda h: h.last.state == "live")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b]0;owned\x07Polar", "]0;ownedPolar"),
        ("\u202egnp.exe", "gnp.exe"),
        ("ساعة القلب", "ساعة القلب"),
        ("\u200b\u2060", "Strap 00:01"),
        ("a\nb\tc", "abc"),
        ("x" * 248, "x" * 40),
    ],
)
async def test_a_name_is_shown_safely_wherever_it_goes(fake_bluez: FakeBluez, raw: str, shown: str) -> None:
    fake_bluez.add(Strap(ANA, name=raw, period_s=0.01))
    (sighting,) = await Radio(timing=QUICK).scan(PATIENCE_S, enough=bool)
    async with listening(ANA) as heard:
        await heard.until_packets(1)
    assert sighting.name == heard.last.device == shown
    assert all(character.isprintable() for character in sighting.name)


async def test_two_straps_of_one_name_are_two_straps(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA, name="Polar H10", period_s=0.01), Strap(BEN, name="Polar H10", rssi=-70, period_s=0.01))
    radio = Radio(timing=QUICK)
    assert [(s.name, s.address) for s in await radio.scan(0.2)] == [("Polar H10", ANA), ("Polar H10", BEN)]
    async with listening(ANA, radio) as ana, listening(BEN, radio) as ben:
        await ana.until_packets(3)
        await ben.until_packets(3)
        fake_bluez.drop(BEN)
        await ben.until_state("lost")
    assert "lost" not in ana.states
