"""What the ledger says of its sessions."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest

from biosync.consent import Consent
from biosync.events import Cue, Interval, Session
from biosync.replay import start_s
from biosync.store.ledger.problems import LedgerError, NoSuchPerson, NoSuchSession
from biosync.store.ledger.reader import Ledger
from biosync.store.recording import Recording
from biosync.store.timeline import beats, timeline
from tests.store.ledger.live import demo, keep, stored, worn

STARTED = datetime(2026, 3, 29, 1, 30, tzinfo=timezone(timedelta(hours=1)))


def recorded(person: str, start_s: float, count: int = 300) -> Recording:
    rr_ms = 800 + 40 * np.sin(np.arange(count) / 3)
    t_s = start_s + np.cumsum(rr_ms) / 1000
    t_s[count // 2 :] += 7.0
    return Recording(person, rr_ms, np.zeros(count, dtype=bool), t_s=t_s)


def test_a_session_is_listed_with_all_that_the_contract_asks(tmp_path: Path) -> None:
    live = keep(tmp_path, demo("demo:Ana?seed=1", "demo:Ben?seed=2"), seconds=30)
    began = live[0]
    assert isinstance(began, Session)
    with Ledger.open(tmp_path) as ledger:
        (session,) = ledger.sessions()
    assert (session.id, session.started) == (began.id, began.started)
    assert session.duration_s == live[-1].t == 30
    assert session.people == ("Ana", "Ben")
    assert session.beats == live[-1].beats  # type: ignore[union-attr]
    assert (session.simulated, session.complete, session.running) == (True, True, False)


def test_cues_markers_says_and_consents_come_back_as_they_were(tmp_path: Path) -> None:
    said = "Ben sees the rhythm that we share"
    yes = Consent("Ana", "coach", "2026-01-01T10:00:00Z", "Cleo", ("heart_rate_bpm", "rmssd_ms"), said)
    live = keep(tmp_path, worn("Ana", "Ben"), seconds=60, consents=(yes,))
    with Ledger.open(tmp_path) as ledger:
        id = stored(live)
        assert ledger.cues(id) == [event for event in live if isinstance(event, Cue)]
        assert sorted(one.text for one in ledger.markers(id)) == ["Ana laughs", "Ben laughs"]
        said_by = {(one.person, one.text) for one in ledger.says(id)}
        both = {(name, text) for name in ("Ana", "Ben") for text in ("too_slow", "lead")}
        assert said_by == both | {(None, "without")}
        assert ledger.consents(id) == [yes]
        assert ledger.groups(id) == [("Ben", "Ana")]
        settings = ledger.settings(id)
        assert settings is not None and settings.slowest_bpm == 5.0 and settings.leader == "Ana"


def test_the_beginning_of_an_id_will_do_where_it_is_enough(tmp_path: Path) -> None:
    with Ledger.open(tmp_path) as ledger:
        first = ledger.store_recording(recorded("Ana", 0.0), STARTED)
        second = ledger.store_recording(recorded("Ana", 0.0), STARTED + timedelta(days=1))
        assert ledger.session(first).id == ledger.session(first[:8]).id == first
        for asked, words in ((first[:6], "2 sessions begin"), ("x", "no session x"), ("", "no session")):
            with pytest.raises(NoSuchSession, match=words):
                ledger.session(asked)
        assert ledger.session(second).id == second


def test_times_are_utc_whatever_the_time_zone_and_the_season(tmp_path: Path) -> None:
    with Ledger.open(tmp_path) as ledger:
        id = ledger.store_recording(recorded("Ana", 0.0), STARTED)
        assert ledger.session(id).started == "2026-03-29T00:30:00Z"
        assert id.startswith("20260329-003000-")
        assert ledger.recording(id, "Ana").clock_zero_s == STARTED.timestamp()


def test_people_recorded_on_one_clock_are_imported_on_it(tmp_path: Path) -> None:
    ana, ben = recorded("Ana", 1000.0), recorded("Ben", 1010.0)
    with Ledger.open(tmp_path) as ledger:
        id = ledger.store_recordings([ana, ben], STARTED)
    with Ledger.open(tmp_path) as ledger:
        session = ledger.session(id)
        assert session.beats == {"Ana": 300, "Ben": 300}
        assert session.complete and not session.simulated
        begin = start_s(ana)
        for one in (ana, ben):
            again = ledger.recording(id, one.person)
            assert np.array_equal(again.rr_ms, timeline(one).rr_ms)
            assert np.allclose(beats(again).t_s, timeline(one).t_s - begin, atol=1e-9)
            assert np.array_equal(beats(again).gap, timeline(one).gap)
        times = [event.t for event in ledger.raw_events(id) if not isinstance(event, Interval)]
        assert times == [float(second) for second in range(1, len(times) + 1)]
        assert len(times) == int(session.duration_s)


def test_an_import_that_fails_stores_nothing(tmp_path: Path) -> None:
    empty = Recording("Ben", np.empty(0), np.empty(0, dtype=bool))
    with Ledger.open(tmp_path) as ledger:
        with pytest.raises(LedgerError, match="without a single interval"):
            ledger.store_recordings([recorded("Ana", 0.0), empty], STARTED)
        assert ledger.sessions() == []
        assert ledger.people() == []
    assert list(tmp_path.iterdir()) == []


def test_looking_makes_nothing(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "home") as ledger:
        assert ledger.sessions() == []
    assert list(tmp_path.iterdir()) == []


def test_who_took_no_part_has_no_recording(tmp_path: Path) -> None:
    with Ledger.open(tmp_path) as ledger:
        id = ledger.store_recording(recorded("Ana", 0.0), STARTED)
        with pytest.raises(NoSuchPerson, match="there are: Ana"):
            ledger.recording(id, "Ben")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "home"
    old = os.umask(0)
    try:
        with Ledger.open(home) as ledger:
            ledger.store_recording(recorded("Ana", 0.0), STARTED)
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in home.iterdir()}
    finally:
        os.umask(old)
    assert modes == {
        "ledger.sqlite": 0o600,
        "ledger.sqlite-wal": 0o600,
        "ledger.sqlite-shm": 0o600,
        "ledger.door": 0o600,
        "running": 0o700,
    }
    assert stat.S_IMODE(home.stat().st_mode) == stat.S_IMODE(home.parent.stat().st_mode) == 0o700


def test_nothing_is_imported_that_a_command_does_not_need() -> None:
    program = "import sys, biosync.commands.decode, biosync.cli; print('apsw' in sys.modules, 'keyring' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["False", "False"]
