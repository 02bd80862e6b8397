"""The system's side, in the guest: a D-Bus system bus and BlueZ's daemon, which can be killed and started again."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

BUS = "unix:path=/run/dbus/system_bus_socket"
_BUS_CONFIG = f"""<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>{BUS}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_type="method_call"/>
    <allow send_type="signal"/>
    <allow send_requested_reply="true" send_type="method_return"/>
    <allow send_requested_reply="true" send_type="error"/>
    <allow receive_type="method_call"/>
    <allow receive_type="method_return"/>
    <allow receive_type="error"/>
    <allow receive_type="signal"/>
  </policy>
</busconfig>
"""


class Daemons:
    """``bluez`` is where Debian's package was unpacked; what the daemon says, all of it if
    ``tells_all``, goes to a file in ``out``."""

    def __init__(self, bluez: Path, out: Path, tells_all: bool) -> None:
        self._bluez = bluez
        self._out = out
        self._wordy = ["--debug"] if tells_all else []
        self._bluetoothd: asyncio.subprocess.Process | None = None

    async def start_bus(self) -> None:
        """Start the bus and wait until it answers."""
        Path("/run/dbus").mkdir()
        config = Path("/run/dbus.conf")
        config.write_text(_BUS_CONFIG, encoding="utf-8")
        bus = await asyncio.create_subprocess_exec(
            "dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address=1",
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert bus.stdout is not None
        if not await bus.stdout.readline():
            raise RuntimeError("the D-Bus daemon did not start")

    async def start_bluetoothd(self) -> None:
        """Start BlueZ; it powers the adapter on as soon as there is one."""
        with (self._out / "bluetoothd.log").open("ab") as log:
            self._bluetoothd = await asyncio.create_subprocess_exec(
                self._bluez / "usr/libexec/bluetooth/bluetoothd", "--nodetach", *self._wordy,
                f"--configfile={self._config()}", stdout=log, stderr=log,
            )  # fmt: skip

    async def kill_bluetoothd(self) -> None:
        """Kill it without a chance to say good-bye."""
        assert self._bluetoothd is not None
        self._bluetoothd.kill()
        await self._bluetoothd.wait()

    async def power(self, on: bool) -> str:
        """Switch the adapter on or off; return what bluetoothctl said."""
        return await self._bluetoothctl("power", "on" if on else "off")

    async def connected(self) -> int:
        """Return how many devices BlueZ holds a link to."""
        return (await self._bluetoothctl("devices", "Connected")).count("Device ")

    async def powered(self) -> bool:
        """Tell if the adapter is there and on."""
        return "Powered: yes" in await self._bluetoothctl("show")

    async def _bluetoothctl(self, *words: str) -> str:
        tool = await asyncio.create_subprocess_exec(
            self._bluez / "usr/bin/bluetoothctl", *words, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT, stdin=asyncio.subprocess.DEVNULL, env={**os.environ, "TERM": "dumb"},
        )  # fmt: skip
        said, _ = await tool.communicate()
        return said.decode(errors="replace")

    def _config(self) -> Path:
        config = Path("/run/bluetooth.conf")
        config.write_text("[General]\nFastConnectable=false\n[Policy]\nAutoEnable=true\n", encoding="utf-8")
        return config
