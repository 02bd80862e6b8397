"""A desktop for each journey; skipped, and counted at the end, where none can be had."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from biosync import system_libraries
from tests.journey.desktop import Desktop, missing
from tests.journey.newcomer import BIOSYNC, Newcomer

NO_DESKTOP = "no desktop"


@pytest.fixture(scope="session")
def desktop() -> Iterator[Desktop]:
    """A screen, a mouse and a keyboard of its own."""
    why = missing() or ("" if BIOSYNC.exists() else "the command biosync is not installed beside this Python")
    if not why:
        with Desktop() as one:
            why = " ".join(_lacking(one))
            if not why:
                yield one
                return
    pytest.skip(f"{NO_DESKTOP}: {why}")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """biosync's home: a folder that is not there yet."""
    return tmp_path / "home"


@pytest.fixture
def arrive(desktop: Desktop, home: Path) -> Iterator[Callable[..., Newcomer]]:
    """Call it with biosync's arguments to start it."""
    from tests.journey.reader import Reader  # needs dbus-fast, which is only there on Linux

    came: list[Newcomer] = []
    with Reader(desktop.bus.address) as reader:

        def come(*command: str) -> Newcomer:
            came.append(Newcomer(desktop, reader, home, *command))
            return came[-1]

        try:
            yield come
        finally:
            for one in came:
                one.end()


def _lacking(desktop: Desktop) -> list[str]:
    """Return the packages of what Qt's window lacks on an X display."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", desktop.display)
        return system_libraries.missing()
