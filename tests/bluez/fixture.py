"""The fixture ``fake_bluez``: an emulated Bluetooth service on a private D-Bus (pytest plugin).

In the test's own process bleak meets it by itself (the fixture sets DBUS_SYSTEM_BUS_ADDRESS), and so does any
program that the test starts:

    def test_run(fake_bluez):
        fake_bluez.add(Strap("A0:9E:1A:00:00:01", period_s=0.02))
        subprocess.run([..., "run", "ble:A0:9E:1A:00:00:01", "--json"], env={**os.environ, **fake_bluez.environment})

By hand: ``python -m tests.bluez`` prints the address of the bus and keeps some straps going.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.bluez import bus

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez


@pytest.fixture
def fake_bluez(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeBluez]:
    """An emulated bluetoothd with an adapter and no straps yet; skipped where no private D-Bus can be run."""
    reason = bus.missing()
    if reason:
        pytest.skip(reason)
    from tests.bluez.control import FakeBluez  # needs dbus-fast, which is only there on Linux

    with FakeBluez() as fake:
        for name, value in fake.environment.items():
            monkeypatch.setenv(name, value)
        yield fake
