"""Starts the installed command against an emulated Bluetooth service, and reads what it says as it says it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from tests.driven import BIOSYNC, rest_of

if TYPE_CHECKING:
    from tests.bluez.control import FakeBluez

AT_MOST_S = "25"
"""Every session that a test starts ends by itself after so long: a test that waits in vain fails, and does not hang."""


def environment(fake: FakeBluez, home: Path) -> dict[str, str]:
    """Return what a program needs to meet the emulated service, with a home of its own and no display."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    own = {name: value for name, value in os.environ.items() if name not in screens}
    return {**own, **fake.environment, "BIOSYNC_HOME": str(home)}


def ask(fake: FakeBluez, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*BIOSYNC, *arguments], env=environment(fake, home), capture_output=True, text=True, check=False, timeout=60
    )


class Running:
    """``biosync run SOURCES --json``, read line by line; ended with the block."""

    def __init__(self, fake: FakeBluez, home: Path, *arguments: str) -> None:
        self.events: list[dict[str, Any]] = []
        self._process = subprocess.Popen(
            [*BIOSYNC, "run", *arguments, "--json", "--seconds", AT_MOST_S],
            env=environment(fake, home),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()
        self._process.__exit__(kind, error, trace)

    def until(self, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Return the next event that ``holds`` accepts; AssertionError if the session ends before."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.events.append(json.loads(line))
            if holds(self.events[-1]):
                return self.events[-1]
        raise AssertionError(f"it never came; links: {self.links()}")

    def until_link(self, state: str, person: str | None = None) -> dict[str, Any]:
        """Return the next link event of this state."""
        return self.until(
            lambda e: e["type"] == "link" and e["state"] == state and person in (None, e["person"])
        )

    def links(self) -> list[tuple[str, str]]:
        """Return the states of the links so far, and why."""
        return [(event["state"], event["why"]) for event in self.events if event["type"] == "link"]

    def kill(self) -> None:
        """End it as a crash does."""
        self._process.kill()
        self._process.wait()

    def end(self) -> str:
        """End it with SIGTERM, as a system does; return what it said to people."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        lines, errors = rest_of(self._process)
        self.events += [json.loads(line) for line in lines]
        return errors
