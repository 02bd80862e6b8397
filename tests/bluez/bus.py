"""A private dbus-daemon on a socket of its own."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def missing() -> str | None:
    """Return why no private bus can be run here, None if it can."""
    return None if shutil.which("dbus-daemon") else "dbus-daemon is not installed (Debian: apt install dbus-daemon)"


class PrivateBus:
    """Running from construction to ``stop``; ``address`` is what DBUS_SYSTEM_BUS_ADDRESS needs."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="bluez-")
        config = Path(self._folder.name) / "bus.conf"
        config.write_text(_CONFIG.format(folder=self._folder.name))
        self._process = subprocess.Popen(
            ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile", "--print-address=1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()
        if not self.address:
            self.stop()
            raise RuntimeError("the private dbus-daemon did not start")

    def stop(self) -> None:
        """End the daemon; every program on it loses its bus."""
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._folder.cleanup()
