"""Starts the guest: a User-Mode Linux whose root is this machine's own file tree; what it writes goes into a folder."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_MEMORY = "1024M"
_INIT = """#!/bin/sh
# /proc and /sys of this machine mean nothing in the guest.
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /var/lib
{exports}
cd {root}
{python} -m tests.uml.guest {name} {latency} >{out}/guest.log 2>&1
sync
# An init that ends is a kernel that panics: switch off.
{python} -c 'import ctypes; ctypes.CDLL(None).reboot(0x4321FEDC)'
"""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a guest is made of: the kernel, BlueZ as unpacked, and a Python that has bumble."""

    kernel: Path
    bluez: Path
    radio_python: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a scenario; ``took_s`` in this machine's time, ``guest_s`` in the guest's."""

    wrong: tuple[str, ...]
    figures: dict[str, float]
    took_s: float
    guest_s: float


def run(parts: Parts, name: str, latency_s: float, out: Path, patience_s: float, skip_idle: bool = True) -> Outcome:
    """Run one scenario in a guest of its own; ``skip_idle`` lets the guest's time jump where nothing happens."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    init = out / "init"
    init.write_text(_init(parts, name, latency_s, out), encoding="utf-8")
    init.chmod(0o755)
    command = [
        str(parts.kernel), f"mem={_MEMORY}", "rootfstype=hostfs", "rootflags=/", "rw", f"init={init}",
        f"uml_dir={out}", "con=null", "con0=null,fd:1", "quiet", *(["time-travel"] if skip_idle else []),
    ]  # fmt: skip
    start = time.monotonic()
    wrong = _boot(command, out / "console.log", patience_s)
    took_s = time.monotonic() - start
    if not (out / "result.json").exists():
        return Outcome((wrong or f"the guest ended without a result: see {out}",), {}, took_s, 0.0)
    result: dict[str, Any] = json.loads((out / "result.json").read_text(encoding="utf-8"))
    return Outcome(tuple(result["wrong"]), result["figures"], took_s, result["guest_s"])


def _boot(command: list[str], console: Path, patience_s: float) -> str:
    """Run the kernel until it halts; return what was wrong, "" if nothing was."""
    with console.open("wb") as log:
        kernel = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            env={**os.environ, "TMPDIR": "/dev/shm" if os.access("/dev/shm", os.W_OK | os.X_OK) else "/tmp"},
        )  # fmt: skip
        try:
            kernel.wait(patience_s)
        except subprocess.TimeoutExpired:
            return f"the guest was still running after {patience_s:g} s"
        finally:
            if kernel.poll() is None:
                os.killpg(kernel.pid, 9)  # its processes are processes here
                kernel.wait()
    return ""


def _init(parts: Parts, name: str, latency_s: float, out: Path) -> str:
    exports = {
        "PATH": os.environ["PATH"], "HOME": "/run", "TMPDIR": "/run", "LANG": "C.UTF-8", "UML_OUT": str(out),
        "UML_BLUEZ": str(parts.bluez), "UML_RADIO_PYTHON": str(parts.radio_python),
        "DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/run/dbus/system_bus_socket",
        **({"PYTHONPATH": os.environ["PYTHONPATH"]} if "PYTHONPATH" in os.environ else {}),
    }  # fmt: skip
    return _INIT.format(
        exports="\n".join(f"export {key}={shlex.quote(value)}" for key, value in exports.items()),
        root=shlex.quote(str(ROOT)), python=shlex.quote(sys.executable), name=name, latency=latency_s,
        out=shlex.quote(str(out)),
    )  # fmt: skip
