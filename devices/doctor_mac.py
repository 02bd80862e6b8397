"""What can be told of a Mac app before it touches Bluetooth: without its usage text, macOS ends it at the first try."""

from __future__ import annotations

import plistlib
import sys
from pathlib import Path

from devices.doctor_facts import Computer

USAGE_TEXT = "NSBluetoothAlwaysUsageDescription"


async def look() -> Computer:
    """Return whether this program, where it is an app of its own, has the text that macOS asks the person with."""
    return Computer(usage_text=has_usage_text(Path(sys.executable)))


def has_usage_text(executable: Path) -> bool | None:
    """Tell if the app around ``executable`` (NAME.app/Contents/MacOS/name) has its usage text, None outside an app.

    Outside of an app, the terminal that started it is asked about.
    """
    contents = executable.parent.parent
    if executable.parent.name != "MacOS" or contents.name != "Contents":
        return None
    try:
        told = plistlib.loads((contents / "Info.plist").read_bytes())
    except (OSError, plistlib.InvalidFileException, ValueError):
        return None
    return bool(isinstance(told, dict) and told.get(USAGE_TEXT))
