"""The parts of the guest, made once and kept outside the project: a kernel, BlueZ unpacked, a Python with bumble."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.uml.machine import Parts
from tests.uml.needs import Missing, apt

LINUX = "linux-source-6.1"
BUMBLE = "bumble==0.0.236"  # air.py repairs what this version lacks
_CONFIG = Path(__file__).with_name("kernel.config")
_MORE_REGISTERS = "sed -i 's/HOST_FP_SIZE, 2696/HOST_FP_SIZE, 16384/' arch/x86/um/user-offsets.c"
"""This kernel keeps no room for the registers of a processor with AMX, and panics there as its first program starts."""


def folder() -> Path:
    """Return where everything is kept; Missing if the path can't stand on a kernel's command line."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache").resolve()
    if " " in str(base):
        raise Missing(f"a kernel's command line can't hold the space in {base}: set XDG_CACHE_HOME to a path without")
    return base / "biosync" / "uml"


def parts(say: Callable[[str], None]) -> Parts:
    """Return the parts, making what is not there yet; ``say`` is told what takes long. Missing if it can't be made."""
    home = folder()
    home.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256((LINUX + _MORE_REGISTERS).encode() + _CONFIG.read_bytes()).hexdigest()[:8]
    kernel, bluez, radio = home / f"linux-{digest}", home / "bluez", home / BUMBLE.replace("==", "-")
    if not kernel.exists():
        say("Building the kernel (once, two to six minutes) ...")
        _made(kernel, _build_kernel)
    if not bluez.exists():
        say("Unpacking BlueZ (once) ...")
        _made(bluez, _unpack_bluez)
    if not radio.exists():
        say("Setting up the virtual radio (once) ...")
        _install_bumble(radio)
    return Parts(kernel, bluez, radio / "bin" / "python")


def _made(place: Path, make: Callable[[Path, Path], None]) -> None:
    """Have ``make`` make ``place`` in a scratch folder, and put it there only when it is whole."""
    with tempfile.TemporaryDirectory(dir=place.parent, prefix="making-") as name:
        scratch = Path(name)
        made = scratch / "made"
        make(scratch, made)
        made.rename(place)


def _build_kernel(scratch: Path, made: Path) -> None:
    apt("download", LINUX, folder=scratch)
    log = scratch / "log"
    steps = (
        f"dpkg-deb --fsys-tarfile {LINUX}_*.deb | tar -xO ./usr/src/{LINUX}.tar.xz | tar -xJ",
        f"cd {LINUX} && {_MORE_REGISTERS} && make ARCH=um tinyconfig",
        f"cd {LINUX} && ARCH=um scripts/kconfig/merge_config.sh -m .config {_CONFIG} && "
        "make ARCH=um olddefconfig && grep -q '^CONFIG_BT_HCIVHCI=y' .config",
        f"cd {LINUX} && nice -n 10 make -j{os.cpu_count() or 1} ARCH=um linux && strip linux",
    )
    with log.open("wb") as out:
        for step in steps:
            if subprocess.run(step, shell=True, cwd=scratch, stdout=out, stderr=out, check=False).returncode != 0:
                kept = made.parents[1] / "kernel-build.log"
                shutil.copy(log, kept)
                raise Missing(f"the kernel could not be built: see {kept}")
    (scratch / LINUX / "linux").rename(made)


def _unpack_bluez(scratch: Path, made: Path) -> None:
    apt("download", "bluez", folder=scratch)
    package = next(scratch.glob("bluez_*.deb"))
    subprocess.run(["dpkg-deb", "-x", package, made], check=True)
    daemon = made / "usr/libexec/bluetooth/bluetoothd"
    linked = subprocess.run(["ldd", daemon], check=True, capture_output=True, text=True).stdout
    lacking = [line.split()[0] for line in linked.splitlines() if "not found" in line]
    if lacking:
        raise Missing(f"BlueZ's daemon needs {', '.join(lacking)}: sudo apt-get install bluez brings it")


def _install_bumble(place: Path) -> None:
    """Make a virtual environment at ``place``, where it stays: it knows its own path."""
    pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", BUMBLE]
    try:
        subprocess.run([sys.executable, "-m", "venv", place], check=True, capture_output=True)
        subprocess.run(pip, check=True, capture_output=True)
    except subprocess.CalledProcessError as error:
        shutil.rmtree(place, ignore_errors=True)
        last = error.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise Missing(f"{BUMBLE} could not be installed: {' '.join(last)}") from None
