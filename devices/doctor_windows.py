"""What can be told of Windows' Bluetooth without using it: its service, and the privacy switch for radios."""

from __future__ import annotations

import re
import sys

from devices.doctor_asking import answer
from devices.doctor_facts import Computer

_RUNNING = "4"
_SWITCH = r"Software\Microsoft\Windows\CurrentVersion\CapabilityAccessManager\ConsentStore\radios"


async def look() -> Computer:
    """Return whether the Bluetooth Support Service runs, and what the privacy switch says."""
    return Computer(service_runs=service_runs(await answer("sc", "query", "bthserv")), privacy=_privacy())


def service_runs(said: str | None) -> bool | None:
    """Return what ``sc query`` said about a service: its state stands as a number, whatever the language; None is
    unknown."""
    states = re.findall(r"^\s*\S+\s*:\s*([1-7])\s+\S+", said or "", re.MULTILINE)
    return states[0] == _RUNNING if states else None


def _privacy() -> bool | None:
    """Return what Settings, Privacy & security, Radios allows: this person's apps or not, None where nothing is set."""
    if sys.platform != "win32":
        return None
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, _SWITCH) as key:
            value, _ = winreg.QueryValueEx(key, "Value")
    except OSError:
        return None
    return {"Allow": True, "Deny": False}.get(str(value))
