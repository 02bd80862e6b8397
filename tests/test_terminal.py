"""The terminal view: what it says of a person in every state, and that it runs and ends in a real terminal."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from biosync.casting import cast, parts
from biosync.engine import Engine
from biosync.events import Link, Metrics
from biosync.snapshot import PersonView, Snapshot
from biosync.snapshots import Snapshots
from biosync.sources import parse
from biosync.terminal import picture
from tests.playing import play

NOTHING = Metrics(5.0, "Ana", None, None, None, None, None, None, None, None, None, "none", None, "no beats for 9 s")


def shown(view: PersonView, now: float = 5.0) -> str:
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(picture(Snapshot(now, (view,)), now))
    return console.export_text()


def test_before_the_first_beat() -> None:
    text = shown(PersonView("Ana", 0, "strap", "strap", None, None, 64.0, None))
    assert "Ana" in text
    assert "waiting for the strap" in text
    assert "SIMULATED" not in text


def test_what_is_not_known_is_a_dash_with_the_reason() -> None:
    link = Link(0.0, "Ana", "live", "all is well", 80)
    text = shown(PersonView("Ana", 0, "simulated", "virtual strap", link, NOTHING, 64.0, None))
    assert "SIMULATED" in text
    assert "no beats for 9 s" in text
    assert re.search(r"heart rate +–", text)


def test_a_whole_session_shows_figures_and_the_cue() -> None:
    people = cast(parts([parse("demo:Ana?seed=1")]))
    engine = Engine(people.members, people.groups)
    snapshots = Snapshots(engine)
    for event in play("demo:Ana?seed=1", seconds=90):
        if type(event).__name__ in ("Notification", "Tick", "Link"):
            for derived in engine.feed(event):  # type: ignore[arg-type]
                snapshots.note(derived)
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(picture(snapshots.take(90.0), 90.0))
    text = console.export_text()
    assert "bpm" in text
    assert "RMSSD" in text
    assert "breathe" in text
    assert "1:30" in text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals")
def test_it_runs_and_ends_in_a_real_terminal(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80", "BIOSYNC_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "biosync.cli", "demo", "--terminal", "--seconds", "2"]
    program = subprocess.Popen(command, stdout=follower, stdin=follower, stderr=subprocess.PIPE, env=environment)
    os.close(follower)
    painted = b""
    while True:
        try:
            painted += os.read(leader, 65536)
        except OSError:  # the program has closed its end
            break
    os.close(leader)
    _, err = program.communicate(timeout=20)
    assert program.returncode == 0
    assert err == b""
    assert "SIMULATED" in painted.decode()
