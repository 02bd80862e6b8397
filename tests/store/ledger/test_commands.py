"""What the commands say of the ledger: sessions that were cut off, and its lock."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from biosync.cli import main
from biosync.store.ledger import keys
from biosync.store.ledger.reader import Ledger

BIOSYNC = [sys.executable, "-m", "biosync.cli"]
WORDS = "some words that nobody knows"


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, and no display."""
    home = tmp_path / "home"
    monkeypatch.setenv("BIOSYNC_HOME", str(home))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not there")
def test_the_next_start_closes_a_session_that_was_cut_off_and_says_so_once(
    at_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    victim = subprocess.Popen(
        [*BIOSYNC, "demo", "--store", "--json", "--speed", "20"], stdout=subprocess.PIPE, text=True
    )
    assert victim.stdout is not None
    first = json.loads(victim.stdout.readline())
    for line in victim.stdout:
        if json.loads(line).get("t", 0.0) > 30:
            break
    with Ledger.open(at_home) as ledger:
        (running,) = ledger.sessions()
    assert running.running, "another biosync that looks closes nothing"
    victim.send_signal(signal.SIGKILL)
    victim.communicate()
    for times in (1, 0):
        assert main(["demo", "--json", "--seconds", "2", "--speed", "max"]) == 0
        assert capsys.readouterr().err.count(f"Session {first['id']} was cut off") == times
    with Ledger.open(at_home) as ledger:
        (session,) = ledger.sessions()
    assert (session.id, session.running, session.complete) == (first["id"], False, False)


def test_the_lock_is_changed_by_a_command(
    at_home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = ["demo", "--json", "--seconds", "5", "--speed", "max", "--store"]
    assert main(keep) == 0
    monkeypatch.setenv("BIOSYNC_NEW_PASSPHRASE", WORDS)
    assert main(["sessions", "lock", "--passphrase"]) == 0
    assert "nobody can bring the key back" in capsys.readouterr().err
    keys.mark(at_home, "passphrase")  # as in a new process
    assert main(["sessions", "list"]) == 1
    assert "locked with a passphrase" in capsys.readouterr().err
    assert main(keep) == 0
    out, err = capsys.readouterr()
    assert json.loads(out.splitlines()[-1])["stored"] is None
    assert "This session is not kept" in err
    monkeypatch.setenv(keys.VARIABLE, WORDS)
    assert main(keep) == 0
    assert main(["sessions", "lock", "--off"]) == 0
    monkeypatch.delenv(keys.VARIABLE)
    with Ledger.open(at_home) as ledger:
        assert len(ledger.sessions()) == 2


def test_without_a_terminal_a_new_passphrase_must_be_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert main(["sessions", "lock", "--passphrase"]) == 2
    assert "BIOSYNC_NEW_PASSPHRASE" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no terminals to play here")
def test_in_a_terminal_the_passphrase_is_asked_for(at_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    main(["demo", "--json", "--seconds", "5", "--speed", "max", "--store"])
    monkeypatch.setenv("BIOSYNC_NEW_PASSPHRASE", WORDS)
    main(["sessions", "lock", "--passphrase"])
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [*BIOSYNC, "sessions", "list", "--json"], stdin=theirs, stdout=subprocess.PIPE, stderr=theirs,
        start_new_session=True,
    )  # fmt: skip
    os.close(theirs)
    asked = b""
    while b"Passphrase of the ledger: " not in asked:
        asked += os.read(ours, 1000)
    os.write(ours, WORDS.encode() + b"\n")
    out, _ = process.communicate(timeout=30)
    os.close(ours)
    assert process.returncode == 0
    assert len(json.loads(out)) == 1


def test_a_file_that_is_no_ledger_is_told_by_the_commands_and_kept(
    at_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at_home.mkdir(parents=True)
    (at_home / "ledger.sqlite").write_bytes(b"Dear diary, today I breathed slowly. " * 100)
    assert main(["sessions", "list"]) == 1
    (said,) = capsys.readouterr().err.splitlines()
    assert "is no ledger of biosync" in said and "start biosync again" in said and "passphrase" not in said
    assert main(["sessions", "list"]) == 0
    assert "ledger.damaged-1.sqlite" in capsys.readouterr().err
    assert (at_home / "ledger.damaged-1.sqlite").read_bytes().startswith(b"Dear diary")
