"""What is done differently on Linux, Windows and macOS."""

from __future__ import annotations

import pytest
from bleak import BleakClient
from bleak.backends.device import BLEDevice
from bleak.exc import BleakDBusError, BleakError

from devices.connection_words import Trouble
from devices.link import Timing, settle_s
from devices.radio.adapter import Adapter
from devices.radio.platforms import adapter_names, lets_go_by_itself, winrt_arguments
from devices.radio.problems import trouble_of


def test_only_linux_has_several_adapters_to_try() -> None:
    assert adapter_names(None, "linux")[:2] == ("hci0", "hci1")
    assert adapter_names("hci1", "linux") == ("hci1",)
    assert adapter_names(None, "win32") == adapter_names(None, "darwin") == (None,)


def test_every_second_attempt_distrusts_what_windows_remembers_of_the_strap() -> None:
    assert [winrt_arguments(failures) for failures in range(4)] == [{}, {"use_cached_services": False}] * 2


def test_windows_alone_needs_a_pause_after_every_link() -> None:
    assert 1.0 <= settle_s("win32") <= 2.0
    assert settle_s("linux") == settle_s("darwin") == 0.0
    assert Timing(settle_s=settle_s("win32")).pause_s(0) == settle_s("win32")


def test_only_on_linux_a_client_that_failed_has_closed_its_own_way_out() -> None:
    assert lets_go_by_itself("linux")
    assert not lets_go_by_itself("win32") and not lets_go_by_itself("darwin")


@pytest.mark.parametrize(
    ("error", "linux", "elsewhere"),
    [
        (OSError(13, "no"), Trouble.NO_BUS, Trouble.NO_ANSWER),
        (EOFError(), Trouble.NO_BUS, Trouble.NO_ANSWER),
        (AssertionError(), Trouble.BROKE_OFF, Trouble.BROKE_OFF),
        (BleakError("Could not get GATT services: Unreachable"), Trouble.NO_ANSWER, Trouble.NO_ANSWER),
        (BleakDBusError("org.bluez.Error.NotReady", []), Trouble.OFF, Trouble.OFF),
    ],
)
def test_an_error_of_the_system_means_the_bus_only_on_linux(
    error: Exception, linux: Trouble, elsewhere: Trouble
) -> None:
    assert trouble_of(error, Trouble.NO_ANSWER, "linux") is linux
    for system in ("win32", "darwin"):
        assert trouble_of(error, Trouble.NO_ANSWER, system) is elsewhere


async def test_every_attempt_has_a_new_client_of_the_fresh_advertisement() -> None:
    """A Mac's strap has a UUID for an address; nothing is done with it but hand it back."""
    device = BLEDevice("2F1C0A3E-0000-4000-8000-000000000001", "Polar H10", {"path": "/org/bluez/hci0/dev_X"})
    adapter = Adapter(None, Timing())
    clients = [adapter.client(device, lambda: None, failures) for failures in range(2)]
    assert clients[0] is not clients[1]
    assert all(isinstance(client, BleakClient) and client.address == device.address for client in clients)
