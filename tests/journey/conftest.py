"""A desktop for each journey; skipped, and counted at the end, where none can be had."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import NO_DESKTOP
from tests.journey.desktop import Desktop, missing
from tests.journey.newcomer import BIOSYNC, Newcomer


@pytest.fixture(scope="session")
def desktop() -> Iterator[Desktop]:
    """A screen, a mouse and a keyboard of its own."""
    why = missing() or (None if BIOSYNC.exists() else "the command biosync is not installed beside this Python")
    if why:
        pytest.skip(f"{NO_DESKTOP}: {why}")
    with Desktop() as one:
        yield one


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

