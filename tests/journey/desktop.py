"""A desktop of its own: an X server with nobody before it, and a session bus with the service that screen readers use.

``Desktop`` runs from construction to ``close``. Programs get ``environment``; ``hand`` moves its mouse and presses its
keys through the X server, as hardware does; ``picture`` reads what its screen shows.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt

from tests import system_tools
from tests.journey.bus import SessionBus

WIDE, HIGH = 1440, 900
_HEADER_WORDS = 25
"""An XWD file begins with so many 32 bit words, big end first; the first is how long the whole header is."""
Pixels = npt.NDArray[np.uint8]


def missing() -> str | None:
    """Return why no desktop can be had here, None if one can."""
    if sys.platform != "linux":
        return "a virtual X server is there on Linux only"
    packages = system_tools.missing()
    return f"not installed (Debian: apt-get install {' '.join(packages)})" if packages else None


class Desktop:
    """One screen of 1440x900, without a window manager."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="desktop-")
        folder = Path(self._folder.name)
        self._server, self.display = _start_server(folder)
        self.environment = self._environment(folder)
        self.bus = SessionBus(folder, self.environment)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self.bus.address

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *about: object) -> None:
        self.close()

    def close(self) -> None:
        """Take the bus and the screen away; every program on them ends."""
        self.bus.close()
        _end(self._server)
        self._folder.cleanup()

    def hand(self, *told: str) -> str:
        """Have xdotool do what is ``told``, and return what it says."""
        done = subprocess.run(["xdotool", *told], env=self.environment, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def click(self, x: int, y: int) -> None:
        """Move the mouse there, and press its left button."""
        self.hand("mousemove", "--sync", str(x), str(y), "click", "1")

    def press(self, *keys: str) -> None:
        """Press these keys (X's names) one after the other."""
        self.hand("key", "--clearmodifiers", *keys)

    def write(self, text: str) -> None:
        """Write ``text`` on the keyboard."""
        self.hand("type", text)

    def titles(self) -> list[str]:
        """Return the titles of the windows that can be seen."""
        windows = self.hand("search", "--onlyvisible", "--name", ".+").split()
        return [self.hand("getwindowname", window) for window in windows]

    def windows(self) -> int:
        """Return how many windows can be seen, with menus."""
        return len(self.hand("search", "--onlyvisible", "--class", "biosync").split())

    def picture(self) -> Pixels:
        """Return what the screen shows, as (height, width, red green blue)."""
        raw = np.fromfile(Path(self._folder.name) / "Xvfb_screen0", np.uint8)
        header = raw[: 4 * _HEADER_WORDS].view(">u4")
        begin = int(header[0]) + 12 * int(header[19])
        shown = raw[begin : begin + int(header[12]) * HIGH].reshape(HIGH, int(header[12]) // 4, 4)
        return shown[:, :WIDE, 2::-1].copy()

    def _environment(self, folder: Path) -> dict[str, str]:
        other = {name: value for name, value in os.environ.items()
                 if not name.startswith(("QT_", "WAYLAND_", "LC_", "LANG", "DBUS_", "AT_SPI_", "XDG_"))}
        for name in ("runtime", "home"):
            (folder / name).mkdir(mode=0o700)
        return {
            **other, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "XDG_RUNTIME_DIR": str(folder / "runtime"), "HOME": str(folder / "home"), "LANG": "en_US.UTF-8",
        }


def _start_server(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """Start an X server on a free display, its screen in a file of ``folder``; return it and the display's name."""
    told, tell = os.pipe()
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(tell), "-screen", "0", f"{WIDE}x{HIGH}x24", "-fbdir", str(folder),
             "-nolisten", "tcp", "-noreset"],
            pass_fds=(tell,), stdout=log, stderr=log,
        )
    os.close(tell)
    with os.fdopen(told) as answer:
        number = answer.readline().strip()  # it comes once the server is ready, or not at all
    if not number:
        _end(server)
        raise RuntimeError(f"Xvfb did not start: {(folder / 'server.log').read_text()}")
    return server, f":{number}"


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait()
