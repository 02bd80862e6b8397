"""Whatever happens to the disk: one clear sentence, the session goes on, and what was stored stays."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import apsw
import pytest

from biosync.home import ledger_file
from biosync.store.ledger.problems import LedgerError
from biosync.store.ledger.reader import Ledger
from tests.store.ledger.disks import fill, held, read_only, small_disk
from tests.store.ledger.live import demo, keep
from tests.store.ledger.running import Running

LIMITED = """
import resource, sys
from pathlib import Path
from tests.store.ledger.running import Running
first = Running(Path(sys.argv[1]), "first")
first.beat(50)
first.end()
resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
running = Running(Path(sys.argv[1]), "second")
running.beat(5000)
running.end()
print(running.store.kept)
print(*running.told, sep="\\n")
"""


def test_a_disk_that_is_full_from_the_start_is_told_and_kept_from_when_there_is_room(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        filler = fill(disk)
        running = Running(disk)
        running.beat(30)
        running.hears("can't be kept just now")
        assert not running.store.kept
        filler.unlink()
        running.hears("being kept again; nothing was lost")
        running.beat(30)
        running.end()
        assert running.store.kept
        assert running.kept() == running.everything()
        assert len(running.told) == 2


def test_a_disk_that_fills_up_costs_nothing_that_was_stored(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        first = Running(disk, "first")
        first.beat(100)
        first.end()
        running = Running(disk, "second")
        running.beat()
        running.is_listed()
        filler = fill(disk)
        running.beat(20_000)
        sentence = running.hears("can't be kept just now")
        assert "full" in sentence and "free some space" in sentence
        assert first.kept() == first.everything()
        filler.unlink()
        assert "nothing was lost" in running.hears("being kept again")
        running.end()
        assert running.store.kept
        assert running.kept() == running.everything()


def test_a_quota_is_told_and_costs_nothing_that_was_stored(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    out = subprocess.run([sys.executable, "-c", LIMITED, str(tmp_path)], capture_output=True, text=True, check=True)
    kept, *told = out.stdout.splitlines()
    assert kept == "False", out
    assert "can't be kept just now" in told[0]
    assert "could not be kept" in told[-1]
    with Ledger.open(tmp_path) as ledger:
        assert ledger.session("first").complete
        assert len(ledger.recording("first", "Ana")) == 50
    assert apsw.Connection(str(ledger_file(tmp_path))).pragma("integrity_check") == "ok"


def test_what_waits_is_bounded_and_what_is_missing_is_said(tmp_path: Path) -> None:
    running = Running(tmp_path, most_waiting=100)
    running.beat(10)
    running.end()
    with held(ledger_file(tmp_path)):
        running = Running(tmp_path, "second", most_waiting=100)
        running.beat(1000)
        running.hears("waited too long")
    assert "900 entries are missing" in running.hears("being kept again")
    running.beat(5)
    running.end()
    assert not running.store.kept
    assert len(running.kept()) == 105
    with Ledger.open(tmp_path) as ledger:
        assert not ledger.session("second").complete


def test_a_folder_that_can_not_be_is_told_once_and_the_session_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    told: list[str] = []
    end = keep(tmp_path / "file" / "home", demo("demo:Ana?seed=1"), seconds=30, told=told)[-1]
    assert end.stored is None  # type: ignore[union-attr]
    assert end.beats["Ana"] > 20  # type: ignore[union-attr]
    assert len(told) == 2
    assert "can't be kept just now" in told[0]
    assert "could not be kept" in told[1]


def test_a_read_only_folder_is_told_and_can_be_read_all_the_same(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "4m") as disk:
        first = Running(disk, "first")
        first.beat(100)
        first.end()
        read_only(disk)
        assert first.kept() == first.everything()
        with Ledger.open(disk) as ledger, pytest.raises(LedgerError, match="can't be written"):
            ledger.delete_session("first")
        running = Running(disk, "second")
        running.beat(30)
        running.hears("can't be kept just now")
        read_only(disk, on=False)
        running.hears("being kept again; nothing was lost")
        running.end()
        assert running.kept() == running.everything()


def test_another_program_that_holds_the_file_delays_only_the_writing(tmp_path: Path) -> None:
    first = Running(tmp_path, "first")
    first.beat(10)
    first.end()
    with held(ledger_file(tmp_path)):
        running = Running(tmp_path, "second")
        start = time.perf_counter()
        running.beat(1000)
        assert time.perf_counter() - start < 0.5, "arrivals had to wait"
        assert "another program holds" in running.hears("can't be kept just now")
    running.hears("being kept again; nothing was lost")
    running.end()
    assert running.store.kept
    assert running.kept() == running.everything()


def test_two_biosyncs_keep_their_own_sessions_at_the_same_time(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "biosync.cli", "demo", "--store", "--json", "--speed", "20", "--seconds", "30"]
    environment = {**os.environ, "BIOSYNC_HOME": str(tmp_path)}
    both = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(2)]  # fmt: skip
    outputs = [process.communicate(timeout=60) for process in both]
    assert [errors for _, errors in outputs] == ["", ""]
    ends = [json.loads(out.splitlines()[-1]) for out, _ in outputs]
    with Ledger.open(tmp_path) as ledger:
        sessions = {one.id: one for one in ledger.sessions()}
        assert set(sessions) == {end["stored"] for end in ends}
        assert len(sessions) == 2
        assert all(sessions[end["stored"]].beats == end["beats"] and sessions[end["stored"]].complete for end in ends)


def test_a_clock_that_was_set_back_changes_nothing_but_the_order_of_the_list(tmp_path: Path) -> None:
    for id, started in (("late", "2026-10-25T01:30:00Z"), ("early", "2026-10-25T00:30:00Z")):
        running = Running(tmp_path, id, started)
        running.beat(20)
        running.end()
        assert running.kept() == running.everything()
    with Ledger.open(tmp_path) as ledger:
        assert [(one.id, one.complete, one.duration_s) for one in ledger.sessions()] == [
            ("early", True, 20.0),
            ("late", True, 20.0),
        ]


def test_an_id_that_is_taken_is_refused_and_the_first_session_stays(tmp_path: Path) -> None:
    first = Running(tmp_path)
    first.beat(20)
    first.end()
    second = Running(tmp_path)
    second.beat(3)
    second.end()
    assert not second.store.kept
    assert "there is a session 20260101-120000-0001 already" in second.told[0]
    assert first.kept() == first.everything()


def test_a_ledger_that_is_taken_away_is_begun_anew(tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.beat(5)
    running.is_listed()
    for path in tmp_path.glob("ledger.sqlite*"):
        path.unlink()
    running.beat(5)
    running.end()
    assert running.kept()[-5:] == running.everything()[-5:]
