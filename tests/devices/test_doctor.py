"""The doctor on bleak's real backend: every state of an emulated Bluetooth service leads to its verdict."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from devices import doctor
from devices.doctor_facts import Computer
from devices.doctor_linux import computer
from devices.doctor_report import Report
from devices.link import Timing
from devices.radio import Radio
from tests.bluez.strap import Strap
from tests.devices.listening import QUICK
from tests.devices.test_doctor_linux import write
from tests.devices.test_known_straps import Known

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

A, B = "A0:9E:1A:00:00:01", "A0:9E:1A:00:00:02"
ANA = Known("Polar H10 12345678", A, "Ana", "12345678")
SCAN_S = 0.3
NOTHING_KNOWN = Computer()
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a system bus")


async def examined(
    *known: Known, on: Computer = NOTHING_KNOWN, timing: Timing = QUICK, meeting_s: float = 5.0
) -> Report:
    return await doctor.examine(SCAN_S, known, radio=Radio(timing=timing), computer=on, meeting_s=meeting_s)


async def test_a_known_strap_is_met_and_let_go(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(A, period_s=0.02))
    report = await examined(ANA)
    assert report.verdict == "ok"
    (strap,) = report.straps
    assert (strap.person, strap.serial, strap.firmware, strap.battery_percent) == ("Ana", "12345678", "5.0.0", 87)
    assert strap.why == "the strap is heard well"
    assert fake_bluez.linked() == set()


async def test_nobody_connects_to_a_strap_whose_wearer_said_nothing(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(A), Strap(B, name="TICKR"))
    assert (await examined()).verdict == "ok"
    assert (await examined(ANA, meeting_s=0)).verdict == "ok"
    assert fake_bluez.calls("Connect") == 0


async def test_off(fake_bluez: FakeBluez) -> None:
    fake_bluez.power(False)
    assert (await examined(ANA)).verdict == "off"


@pytest.mark.parametrize(("soft", "hard", "verdict"), [("1", "0", "blocked"), ("0", "1", "hard_blocked")])
async def test_blocked(
    fake_bluez: FakeBluez, tmp_path: Path, soft: str, hard: str, verdict: str
) -> None:
    folder = "sys__class__rfkill__rfkill0__"
    write(tmp_path, **{folder + "type": "bluetooth", folder + "soft": soft, folder + "hard": hard})
    fake_bluez.power(False)
    assert (await examined(ANA, on=computer(tmp_path, None, (), 1000))).verdict == verdict


async def test_no_adapter(fake_bluez: FakeBluez) -> None:
    fake_bluez.unplug()
    assert (await examined(ANA)).verdict == "no_adapter"
    assert (await examined(ANA, on=Computer(adapters=("hci0",)))).verdict == "unseen_adapter"
    assert (await examined(ANA, on=Computer(plugged_in=True))).verdict == "no_driver"


async def test_no_service(fake_bluez: FakeBluez) -> None:
    fake_bluez.crash()
    assert (await examined(ANA, on=Computer(service_installed=True))).verdict == "no_service"
    assert (await examined(ANA, on=Computer(service_installed=False))).verdict == "not_installed"


async def test_a_service_that_does_not_answer(fake_bluez: FakeBluez) -> None:
    fake_bluez.hang()
    assert (await examined(ANA, timing=Timing(start_s=0.1))).verdict == "service_silent"


@LINUX
async def test_no_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    assert (await examined(ANA)).verdict == "no_bus"


@pytest.mark.parametrize(
    ("groups", "verdict"), [((1000,), "no_permission"), ((1000, 111), "forbidden")]
)
async def test_not_allowed(
    fake_bluez: FakeBluez, tmp_path: Path, groups: tuple[int, ...], verdict: str
) -> None:
    write(tmp_path, etc__group="bluetooth:x:111:\n")
    fake_bluez.refuse_discovery("org.freedesktop.DBus.Error.AccessDenied", "Rejected send message")
    assert (await examined(ANA, on=computer(tmp_path, None, groups, 1000))).verdict == verdict


async def test_asleep(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(A, advertises=False))
    report = await examined()
    assert report.verdict == "not_seen"
    assert report.cause is not None and "put it on" in report.cause.next_step


async def test_held_by_a_phone(fake_bluez: FakeBluez) -> None:
    """It was used here before, and does not advertise now: asleep, away or held, which nobody can tell apart."""
    fake_bluez.add(Strap(A, advertises=False))
    report = await examined(ANA)
    assert report.verdict == "not_seen"
    assert report.cause is not None and "phone" in report.cause.next_step


async def test_held_by_this_computer(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(A))
    fake_bluez.hold(A)
    report = await examined(ANA)
    assert report.verdict == "held"
    assert fake_bluez.linked() == {A}, "what another program uses is left alone"


async def test_used_by_a_running_biosync(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(A))
    fake_bluez.hold(A)
    report = await doctor.examine(SCAN_S, (ANA,), lambda address: address == A, radio=Radio(timing=QUICK))
    assert report.verdict == "in_use"


async def test_a_known_sensor_without_intervals(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(A, name="Polar OH1 5", period_s=0.02))
    assert (await examined(Known("Polar OH1 5", A, "Ana"))).verdict == "no_rr"


async def test_another_strap_of_the_known_name(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(A, period_s=0.02))
    report = await examined(Known("Polar H10 12345678", A, "Ana", "87654321"))
    assert report.verdict == "other_strap"
    assert "Ana" not in " ".join(report.straps[0].reasons) and report.straps[0].person is None
    assert fake_bluez.linked() == set()


async def test_a_strap_that_only_looks_like_a_known_one_is_not_touched(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(B, period_s=0.02))
    (strap,) = (await examined(ANA)).straps
    assert (strap.known, strap.person, strap.state) == (False, "Ana", "ok") and "serial" in strap.why
    assert fake_bluez.calls("Connect") == 0


async def test_of_many_known_straps_a_few_are_asked(fake_bluez: FakeBluez) -> None:
    addresses = [f"A0:9E:1A:00:01:{n:02X}" for n in range(7)]
    fake_bluez.add(*(Strap(address, name=f"H10 {address}", period_s=0.02) for address in addresses))
    report = await examined(*(Known(f"H10 {address}", address, "Ana") for address in addresses))
    assert report.verdict == "ok" and len(report.straps) == 7
    assert fake_bluez.calls("Connect") == 4


async def test_a_strap_that_does_not_answer(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(A, hangs=True))
    report = await examined(ANA, meeting_s=1.0)
    assert report.verdict == "no_answer"
    assert report.cause is not None and "does not answer" in report.cause.why


async def test_bluetooth_that_goes_away_in_the_middle_is_told_too(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(A, connect_errors=[("org.bluez.Error.NotReady", "Resource Not Ready")] * 99))
    met = await doctor.meet(Radio(timing=QUICK), A, 0.5)
    assert met.state == "searching" and "switched off" in met.why


async def test_names_that_would_mislead_are_shown_safely(fake_bluez: FakeBluez) -> None:
    fake_bluez.add(Strap(A, name="\x1b[31mH10\u202e\n"), Strap(B, name="\u200f"))
    names = {strap.name for strap in (await examined()).straps}
    assert names == {"[31mH10", "Strap 00:02"}


async def test_without_its_usage_text_an_app_never_touches_bluetooth(fake_bluez: FakeBluez) -> None:
    report = await examined(ANA, on=Computer(usage_text=False))
    assert report.verdict == "no_usage_text"
    assert fake_bluez.calls("GetManagedObjects") == 0
