"""What can be read of a Linux computer's Bluetooth without using it: the kernel's files, the groups, the service."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from devices.doctor_asking import answer
from devices.doctor_facts import Block, Computer

_SERVICES = (
    "usr/libexec/bluetooth/bluetoothd",
    "usr/lib/bluetooth/bluetoothd",
    "usr/sbin/bluetoothd",
    "usr/bin/bluetoothd",
    "snap/bin/bluez.bluetoothctl",
)
_CONTAINERS = (".dockerenv", "run/.containerenv", "run/systemd/container")
_USB_BLUETOOTH = ("e0", "01", "01")
"""USB class of a wireless controller, radio, Bluetooth (usb.org, defined class codes)."""


async def look() -> Computer:
    """Return what this computer's files tell, and the version of its BlueZ."""
    return computer(Path("/"), await version(), os.getgroups(), os.getuid())


def computer(root: Path, service_version: str | None, groups: Iterable[int], user: int) -> Computer:
    """Return what the files below ``root`` tell of its Bluetooth; what can't be read is left unknown.

    ``groups`` and ``user`` are the numbers that this process runs under.
    """
    may_use, may_use_now = _permission(root, set(groups), user)
    return Computer(
        container=any((root / name).exists() for name in _CONTAINERS),
        service_installed=any((root / name).exists() for name in _SERVICES),
        service_runs=_runs(root / "proc", "bluetoothd"),
        service_version=service_version,
        adapters=tuple(path.name for path in _inside(root / "sys/class/bluetooth") if ":" not in path.name),
        blocks=tuple(_blocks(root / "sys/class/rfkill")),
        plugged_in=any(_is_bluetooth(path) for path in _inside(root / "sys/bus/usb/devices")),
        may_use=may_use,
        may_use_now=may_use_now,
    )


async def version() -> str | None:
    """Return the version of BlueZ as its own tool tells it, such as '5.66', None where it can't be asked."""
    found = re.search(r"\d+\.\d+", await answer("bluetoothctl", "--version") or "")
    return found[0] if found else None


def _blocks(rfkill: Path) -> Iterable[Block]:
    for path in _inside(rfkill):
        if _read(path / "type") == "bluetooth":
            yield Block(soft=_read(path / "soft") == "1", hard=_read(path / "hard") == "1")


def _is_bluetooth(device: Path) -> bool:
    names = ("bDeviceClass", "bDeviceSubClass", "bDeviceProtocol")
    interface = ("bInterfaceClass", "bInterfaceSubClass", "bInterfaceProtocol")
    return _USB_BLUETOOTH in (tuple(_read(device / n) for n in names), tuple(_read(device / n) for n in interface))


def _runs(proc: Path, program: str) -> bool | None:
    """Tell if ``program`` runs, None where no process can be seen."""
    processes = [path for path in _inside(proc) if path.name.isdigit()]
    return any(_read(path / "comm") == program for path in processes) if processes else None


def _permission(root: Path, groups: set[int], user: int) -> tuple[bool | None, bool | None]:
    """Return whether the person's account, and this process, belong to the group 'bluetooth'; None without one."""
    for line in (_read(root / "etc/group") or "").splitlines():
        name, _, rest = line.partition(":")
        fields = rest.split(":")
        if name == "bluetooth" and len(fields) == 3 and fields[1].isdigit():
            now = user == 0 or int(fields[1]) in groups
            return now or _account(root, user) in fields[2].split(","), now
    return None, None


def _account(root: Path, user: int) -> str | None:
    for line in (_read(root / "etc/passwd") or "").splitlines():
        fields = line.split(":")
        if len(fields) > 2 and fields[2] == str(user):
            return fields[0]
    return None


def _inside(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return None
