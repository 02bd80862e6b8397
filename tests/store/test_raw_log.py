"""The raw log: all that came in, as it came in, readable by its owner only, whatever happens to the disk."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from biosync.casting import cast, parts
from biosync.events import End, Notification
from biosync.run import LiveSession
from biosync.sources import parse
from biosync.store.reading import read_recordings
from biosync.store.session_store import SessionStore
from tests.playing import play


def keep(folder: Path, tell: list[str], seconds: float = 60) -> list[object]:
    """Run a virtual session that is kept in ``folder``; return its events."""
    seen: list[object] = []
    session = LiveSession(
        cast(parts([parse("demo:Ana?seed=1")])),
        seconds=seconds,
        speed=None,
        sinks=[seen.append],
        open_store=lambda session_id: SessionStore(folder, session_id, tell.append),
    )
    asyncio.run(session.run())
    return seen


def test_every_notification_is_kept_as_it_arrived(tmp_path: Path) -> None:
    told: list[str] = []
    seen = keep(tmp_path / "sessions", told)
    end = seen[-1]
    assert isinstance(end, End)
    path = tmp_path / "sessions" / f"{end.stored}.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    kept = [(r["t"], r["characteristic"], r["hex"]) for r in records if r["type"] == "notification"]
    assert kept == [(n.t, n.characteristic, n.payload.hex()) for n in seen if isinstance(n, Notification)]
    assert records[0]["type"] == "session"
    assert records[-1]["type"] == "end"
    assert not told


def test_what_was_kept_can_be_played_again_with_the_same_beats(tmp_path: Path) -> None:
    end = keep(tmp_path, [])[-1]
    assert isinstance(end, End)
    path = tmp_path / f"{end.stored}.jsonl"
    again = play(f"replay:{path}", seconds=60)[-1]
    assert isinstance(again, End)
    assert again.beats == end.beats
    assert [r.person for r in read_recordings(path)] == ["Ana"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    keep(tmp_path / "sessions", [], seconds=3)
    (path,) = (tmp_path / "sessions").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_folder_that_can_not_be_is_told_once_and_the_session_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    told: list[str] = []
    end = keep(tmp_path / "file" / "sessions", told, seconds=30)[-1]
    assert isinstance(end, End)
    assert end.stored is None
    assert end.beats["Ana"] > 20
    assert len(told) == 1
    assert "can't be kept" in told[0]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_told_once_and_the_session_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really_open = os.open
    monkeypatch.setattr(os, "open", lambda path, flags, mode=0o777: really_open("/dev/full", os.O_WRONLY))
    told: list[str] = []
    end = keep(tmp_path, told, seconds=30)[-1]
    assert isinstance(end, End)
    assert end.stored is None
    assert len(told) == 1
    assert "No space left" in told[0]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not there")
def test_a_killed_program_loses_no_line_that_was_told(tmp_path: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "biosync.cli", "demo", "--store", "--json", "--seed", "1", "--speed", "20"],
        env={**os.environ, "BIOSYNC_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    beats = 0
    for line in program.stdout:
        beats += json.loads(line)["type"] == "beat"
        if beats == 40:
            break
    program.send_signal(signal.SIGKILL)
    program.wait()
    program.stdout.close()
    (path,) = (tmp_path / "sessions").iterdir()
    (recording,) = read_recordings(path)
    assert len(recording) >= beats
