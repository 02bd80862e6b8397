"""A session bus of its own, which knows one service: the one through which screen readers see what is on the screen."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

from tests.system_tools import ACCESSIBLE

_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class SessionBus:
    """Running from construction to ``close``; ``address`` is what DBUS_SESSION_BUS_ADDRESS needs."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        (folder / "services").mkdir()
        (folder / "services" / ACCESSIBLE.name).write_text(ACCESSIBLE.read_text())
        (folder / "bus.conf").write_text(_CONFIG.format(folder=folder))
        self._process = subprocess.Popen(
            ["dbus-daemon", f"--config-file={folder / 'bus.conf'}", "--nofork", "--nopidfile", "--print-address=1"],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True,
        )
        assert self._process.stdout is not None
        self.address = self._process.stdout.readline().strip()
        if not self.address:
            self.close()
            raise RuntimeError("the session's dbus-daemon did not start")

    def close(self) -> None:
        """End it, with the services that it has started."""
        os.killpg(self._process.pid, signal.SIGTERM)
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
