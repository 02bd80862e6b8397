"""Bluetooth that can't be used from the start: one sentence with the next step, and the end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from devices.connection_words import RadioProblem, Trouble, words
from devices.link import Timing
from devices.radio import Radio
from tests.bluez.strap import Strap
from tests.devices.listening import QUICK, Heard

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

ANA = "A0:9E:1A:00:00:01"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a system bus")


async def fails(radio: Radio, trouble: Trouble) -> None:
    """Scan and listen; both end in this trouble, the listening with 'gone'."""
    with pytest.raises(RadioProblem) as scanned:
        await radio.scan(1.0)
    heard = Heard()
    with pytest.raises(RadioProblem) as listened:
        await radio.listen(ANA, now=heard.now, on_data=heard.take_data, on_state=heard.take_state)
    assert str(scanned.value) == str(listened.value) == words(trouble)
    assert scanned.value.trouble is listened.value.trouble is trouble
    assert heard.states == ["searching", "gone"] and heard.last.why == words(trouble)


@LINUX
async def test_no_bus_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    await fails(Radio(timing=QUICK), Trouble.NO_BUS)


@LINUX
async def test_a_bus_address_that_makes_no_sense(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "nonsense")
    await fails(Radio(timing=QUICK), Trouble.NO_BUS)


async def test_no_service(fake_bluez: FakeBluez) -> None:
    fake_bluez.crash()
    await fails(Radio(timing=QUICK), Trouble.NO_SERVICE)


async def test_a_service_that_does_not_answer(fake_bluez: FakeBluez) -> None:
    fake_bluez.hang()
    await fails(Radio(timing=Timing(start_s=0.1)), Trouble.SERVICE_SILENT)


async def test_no_adapter(fake_bluez: FakeBluez) -> None:
    fake_bluez.unplug()
    await fails(Radio(timing=QUICK), Trouble.NO_ADAPTER)


async def test_adapter_off(fake_bluez: FakeBluez) -> None:
    fake_bluez.power(False)
    await fails(Radio(timing=QUICK), Trouble.OFF)


async def test_the_chosen_adapter_is_not_there(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(ANA))
    radio = Radio("hci7", timing=QUICK)
    with pytest.raises(RadioProblem, match="chosen Bluetooth adapter"):
        await radio.scan(1.0)


async def test_not_allowed(fake_bluez: FakeBluez) -> None:
    fake_bluez.refuse_discovery("org.freedesktop.DBus.Error.AccessDenied", "Rejected send message")
    await fails(Radio(timing=QUICK), Trouble.NO_PERMISSION)
