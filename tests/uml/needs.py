"""What `make test-bluez` needs on this machine; installed where that may be done, else told in one sentence."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

PROGRAMS = {
    "gcc": "build-essential", "make": "build-essential", "flex": "flex", "bison": "bison", "bc": "bc",
    "xz": "xz-utils", "dbus-daemon": "dbus-daemon", "dpkg-deb": "dpkg",
}  # fmt: skip
"""Programs, and the Debian packages that hold them."""
HEADERS = {"gelf.h": "libelf-dev", "openssl/ssl.h": "libssl-dev"}
_HEADER_FOLDERS = ("/usr/include", "/usr/include/x86_64-linux-gnu")


class Missing(Exception):
    """This machine can't do it; the text is one sentence for the person."""


def check(install: bool) -> None:
    """Return if all is there, after installing what is missing where ``install`` and we are root; else Missing."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        raise Missing("the guest is a User-Mode Linux: it runs on Linux on x86-64 only")
    if shutil.which("apt-get") is None:
        raise Missing("kernel and BlueZ come from Debian's packages: run this on Debian 12 or Ubuntu")
    if missing() and install and os.geteuid() == 0:
        apt("update", "-qq")
        apt("install", "-qq", "-y", "--no-install-recommends", *missing())
    if missing():
        raise Missing(f"some packages are missing: sudo apt-get install {' '.join(missing())}")


def missing() -> list[str]:
    """Return the Debian packages that are needed and not there."""
    programs = {package for program, package in PROGRAMS.items() if shutil.which(program) is None}
    headers = {package for header, package in HEADERS.items() if not _has_header(header)}
    return sorted(programs | headers)


def apt(*words: str, folder: Path | None = None) -> None:
    """Run apt-get quietly in ``folder``; Missing with its last words if it fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    ran = subprocess.run(["apt-get", *words], cwd=folder, env=environment, check=False, capture_output=True, text=True)
    if ran.returncode != 0:
        last = (ran.stderr.strip().splitlines() or ["it did not say why"])[-1]
        raise Missing(f"apt-get {' '.join(words)} failed ({last}); sudo apt-get update may help")


def _has_header(name: str) -> bool:
    return any((Path(folder) / name).exists() for folder in _HEADER_FOLDERS)
