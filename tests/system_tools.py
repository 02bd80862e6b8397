"""The system programs that some tests need: which of them this machine lacks, and what installs them.

``python -m tests.system_tools`` tells; with ``--install`` it installs them on a Debian system, as root. The tests that
need one that is missing are skipped, and say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

TOOLS = {"dbus-daemon": "dbus"}
"""Programs, and the Debian packages that hold them."""


def missing() -> list[str]:
    return [package for program, package in TOOLS.items() if shutil.which(program) is None]


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
