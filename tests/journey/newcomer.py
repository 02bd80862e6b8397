"""Somebody before the desktop who has never seen biosync: starts it, looks, clicks, presses keys, and waits to see."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtGui import QImage

from tests.journey.desktop import Desktop, Pixels
from tests.journey.reader import Reader, Seen

T = TypeVar("T")
BIOSYNC = Path(sys.executable).with_name("biosync")
PROGRAM = "biosync"
PICTURES = "BIOSYNC_JOURNEY_PICTURES"
"""Name a folder here, and a picture of every step goes there."""
_LOOKS_EVERY_S = 0.1
_LOOKS = 1200
"""So often somebody looks before they give up: two minutes and more, on however slow a machine."""


class Newcomer:
    """One run of the installed command on ``desktop``, at ``home`` in a folder of its own."""

    def __init__(self, desktop: Desktop, reader: Reader, home: Path, *command: str) -> None:
        self._desktop, self._reader = desktop, reader
        self._log = (home.parent / "biosync.log").open("w+b")
        self._process = subprocess.Popen(
            [str(BIOSYNC), *command], env={**desktop.environment, "BIOSYNC_HOME": str(home)},
            stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log,
        )
        self._steps = 0

    @property
    def screen(self) -> list[Seen]:
        """Everything that is on the screen now, as a screen reader tells it."""
        return self._reader.seen(PROGRAM)

    @property
    def words(self) -> list[str]:
        """The names on the screen now."""
        return [one.name for one in self.screen if one.name]

    def find(self, name: str, role: str = "") -> Seen | None:
        """Return what is called ``name`` or begins so, None where nothing does; the whole name goes first."""
        found = [one for one in self.screen if one.name.startswith(name) and one.role.startswith(role)]
        return min(found, key=lambda one: len(one.name), default=None)

    def until(self, true: Callable[[], T | None], what: str) -> T:
        """Look until it is ``true``, and return what was; AssertionError when biosync ends before, or it never is."""
        for _ in range(_LOOKS):
            if found := true():
                return found
            try:
                code = self._process.wait(_LOOKS_EVERY_S)
            except subprocess.TimeoutExpired:
                continue
            raise AssertionError(f"biosync ended with {code} before {what}: {self.said}")
        raise AssertionError(f"never seen: {what}; on the screen: {self.words}; said: {self.said}")

    def sees(self, name: str, role: str = "") -> Seen:
        """Wait until ``name`` is on the screen and can be used, and return it."""

        def there() -> Seen | None:
            one = self.find(name, role)
            return one if one is not None and one.enabled else None

        return self.until(there, name)  # not looked for anew: what shows for a moment only may be gone by now

    def misses(self, name: str) -> None:
        """Wait until ``name`` is not on the screen any more."""
        self.until(lambda: self.find(name) is None, f"{name} gone")

    def click(self, name: str, role: str = "") -> None:
        """Click on ``name``, as soon as it is there."""
        self._desktop.click(*self.sees(name, role).middle)

    def choose(self, told: str, entry: str) -> None:
        """Choose ``entry`` in the list whose description begins with ``told``."""
        lists = [one for one in self.screen if one.role == "combo box" and one.description.startswith(told)]
        assert lists, (told, self.words)
        self._desktop.click(*lists[0].middle)
        self.click(entry, "list item")

    @property
    def brightness(self) -> float:
        """How bright the window's corner is, 0 to 255."""
        return float(self._desktop.picture()[4:12, 4:12].mean())

    def press(self, *keys: str) -> None:
        """Press keys by X's names."""
        self._desktop.press(*keys)

    def hand_to(self, title: str) -> None:
        """Let the window of this title have the keyboard: there is no window manager that would."""
        self._desktop.hand("search", "--onlyvisible", "--name", f"^{title}", "windowfocus", "--sync")

    def write(self, text: str) -> None:
        """Write ``text``."""
        self._desktop.write(text)

    def told(self, name: str) -> str:
        """Return what a screen reader says of ``name`` beside its name, empty while it is not there."""
        found = self.find(name)
        return found.description if found is not None else ""

    def part(self, name: str) -> Pixels:
        """Return the picture of ``name``."""
        left, top, width, height = self.sees(name).place
        return self._desktop.picture()[top : top + height, left : left + width]

    def moves(self, name: str, pictures: int = 4) -> None:
        """Wait until ``name`` has been seen in so many pictures, each unlike all others."""
        seen: set[bytes] = set()
        self.until(lambda: seen.add(self.part(name).tobytes()) or len(seen) >= pictures, f"{name} moving")

    def keep(self, step: str) -> None:
        """Keep a picture of this step where a folder for it is named."""
        self._steps += 1
        folder = os.environ.get(PICTURES)
        if folder:
            Path(folder).mkdir(parents=True, exist_ok=True)
            shown = self._desktop.picture()
            height, width = shown.shape[:2]
            image = QImage(shown.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888)
            image.save(str(Path(folder) / f"{step}-{self._steps:02d}.png"))

    def leaves(self) -> int:
        """Close the window by its key, and return the command's exit code."""
        self.press("ctrl+q")
        return self._process.wait(_LOOKS * _LOOKS_EVERY_S)

    @property
    def said(self) -> str:
        """What biosync has written to its terminal."""
        self._log.seek(0)
        return self._log.read().decode(errors="replace")

    def end(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()
        self._log.close()
