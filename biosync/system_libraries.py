"""The system libraries that Qt needs and pip can't bring: which of them this machine lacks, and what installs them.

``python -m biosync.system_libraries`` tells; with ``--install`` it installs them on a Debian system, as root.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""Shared objects that Qt's widgets load, and the Debian packages that hold them."""

X11_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
}
"""What a window on an X11 display takes besides."""


def missing() -> list[str]:
    """Return the Debian packages of what can't be loaded here; none on systems that bring all with Qt."""
    if sys.platform != "linux":
        return []
    wanted = LIBRARIES | X11_LIBRARIES if os.environ.get("DISPLAY") else LIBRARIES
    return [package for name, package in wanted.items() if not loads(name)]


def sentence() -> str:
    """Return one sentence that names what is missing and the command that installs it, or ""."""
    packages = " ".join(missing())
    if not packages:
        return ""
    if shutil.which("apt-get"):
        return f"The window needs system libraries that are missing; install them with: sudo apt-get install {packages}"
    return f"The window needs system libraries that are missing here; on Debian they are called {packages}."


def install() -> bool:
    """Install what is missing, as root on a Debian system; True when nothing is missing any more."""
    if missing() and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False, stdout=subprocess.DEVNULL)
        subprocess.run(
            ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *missing()],
            check=False,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        )
    return not missing()


def loads(name: str) -> bool:
    """Tell if the shared object ``name`` can be loaded here."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    done = install() if "--install" in sys.argv else not missing()
    if not done:
        print(sentence(), file=sys.stderr)
