"""Commands as a person types them, and what they are answered."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from biosync.cli import main
from biosync.store.ledger.reader import Ledger
from biosync.store.timeline import Timeline, timeline

Capsys = pytest.CaptureFixture[str]


def said(capsys: Capsys, *command: str) -> tuple[int, list[str], str]:
    """Return the exit code, the lines of output and the errors of a command."""
    capsys.readouterr()
    code = main(command)
    out, err = capsys.readouterr()
    return code, out.splitlines(), err


def kept(capsys: Capsys, *options: str, seconds: int = 70) -> str:
    """Play a demo that is kept, and return its id."""
    demo = ("demo", "--json", "--store", "--speed", "max", "--seconds", str(seconds), *options)
    _, out, _ = said(capsys, *demo)
    stored = json.loads(out[-1])["stored"]
    assert isinstance(stored, str)
    return stored


def listed(capsys: Capsys, *options: str) -> list[dict[str, object]]:
    code, (line,), _ = said(capsys, "sessions", "list", "--json", *options)
    assert code == 0
    found = json.loads(line)
    assert isinstance(found, list)
    return found


def failed(capsys: Capsys, *command: str, code: int = 1) -> str:
    """Return the one sentence with which a command fails."""
    found, out, err = said(capsys, "sessions", *command)
    assert (found, out) == (code, [])
    assert err.startswith("biosync: ") and err.count("\n") == 1
    return err.removeprefix("biosync: ").rstrip()


def recording_file(path: Path, rr_ms: float = 850.0, beats: int = 200) -> Path:
    wave = [rr_ms + 40 * np.sin(k / 2.1) + 9 * np.sin(2.7 * k) for k in range(beats)]
    path.write_text("".join(f"{rr:.1f}\n" for rr in wave))
    return path

def stored_lines(home: Path) -> dict[str, Timeline]:
    """Return when everybody's beats were in the only session of a home."""
    with Ledger.open(home) as ledger:
        (session,) = ledger.sessions()
        return {name: timeline(ledger.recording(session.id, name)) for name in session.people}
