"""A home with three sessions, and a window to look at them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from biosync.events import Marker
from biosync.gui.theme import Look
from biosync.store.ledger.reader import Ledger
from tests.gui.review.scene import Scene
from tests.store.review.made import STARTED, keep


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BIOSYNC_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("BIOSYNC_PASSPHRASE", raising=False)
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def ids(home: Path) -> list[str]:
    """Three sessions, the oldest first: Ana's, both who keep theirs, Ben's made-up heart, cut off."""
    with Ledger.open(home) as ledger:
        return [
            keep(ledger, "Ana", seconds=150, markers=[Marker(60.0, "Ana", "the door bell")]),
            keep(ledger, "Ana", "Ben", seconds=100, sharing={"Ana": "rhythm", "Ben": "rhythm"},
                 started=STARTED + timedelta(days=1)),
            keep(ledger, "Ben", seconds=60, origin="simulated", complete=False, started=STARTED + timedelta(days=2)),
        ]


@pytest.fixture
def scene(look: Look, home: Path) -> Iterator[Scene]:
    made_scene = Scene(look)
    yield made_scene
    made_scene.window.close()
