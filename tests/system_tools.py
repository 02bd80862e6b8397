"""The system programs that some tests need: which of them this machine lacks, and what installs them.

``python -m tests.system_tools`` tells; with ``--install`` it installs them on a Debian system, as root. The tests that
need one that is missing are skipped, and say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from biosync.system_libraries import X11_LIBRARIES, loads

TOOLS = {"dbus-daemon": "dbus", "Xvfb": "xvfb", "xdotool": "xdotool"}
"""Programs, and the Debian packages that hold them."""
ACCESSIBLE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
"""Says how the service is started through which screen readers see what is on the screen; in at-spi2-core."""


def missing() -> list[str]:
    """Return the Debian packages of what is not there, with the libraries of a window on a virtual X display."""
    tools = [package for program, package in TOOLS.items() if shutil.which(program) is None]
    tools += [] if ACCESSIBLE.exists() else ["at-spi2-core"]
    return tools + [package for library, package in X11_LIBRARIES.items() if not loads(library)]


def install() -> None:
    if missing() and shutil.which("apt-get") and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-qq", "-y", "--no-install-recommends", *missing()]):
            subprocess.run(["apt-get", *command], check=False, stdout=subprocess.DEVNULL, env=environment)


if __name__ == "__main__" and sys.platform == "linux":
    if "--install" in sys.argv:
        install()
    if missing():
        packages = " ".join(missing())
        print(f"Some tests will be skipped; to run them all: sudo apt-get install {packages}", file=sys.stderr)
