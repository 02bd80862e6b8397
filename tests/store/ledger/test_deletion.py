"""What is deleted is gone: from the tables, the free pages, the log, and the copies of the file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from biosync.consent import Consent
from biosync.events import Marker
from biosync.home import ledger_file
from biosync.store.ledger.kinds import Strap
from biosync.store.ledger.problems import LedgerError, NoSuchPerson
from biosync.store.ledger.reader import Ledger
from biosync.store.recording import Recording
from tests.store.ledger.disks import held
from tests.store.ledger.live import keep, lived_again, stored, worn
from tests.store.ledger.running import Running
from tests.store.review import made

STARTED = datetime(2026, 1, 1, tzinfo=UTC)
STARTED_TEXT = "2026-01-01T00:00:00Z"
NAME = "Anastasia-Wilhelmina"


def traces(home: Path, *what: bytes) -> list[str]:
    """Return the files in which any of the bytes stand."""
    files = [path for path in home.rglob("*") if path.is_file()]
    return [path.name for path in files if any(one in path.read_bytes() or one in path.name.encode() for one in what)]


def filled(home: Path) -> tuple[str, bytes, bytes]:
    """Keep a shared session, one of NAME's own and one of Ben's; return the shared one's id, and bytes of both."""
    yes = [
        Consent(NAME, "all", STARTED_TEXT, "Guardian-Of-Anastasia", agreed=f"{NAME} shows everything"),
        Consent("Ben", "rhythm", STARTED_TEXT, agreed=f"{NAME} sees the rhythm"),
    ]
    live = keep(home, worn(NAME, "Ben"), seconds=60, consents=tuple(yes))
    rr_ms = 700 + np.arange(2000) / 7
    own, bens = rr_ms + 0.123456789, rr_ms + 0.987654321
    lost = np.zeros(2000, dtype=bool)
    with Ledger.open(home) as ledger:
        ledger.store_recording(Recording(NAME, own, lost), STARTED)
        ledger.store_recording(Recording("Ben", bens, lost), STARTED)
        ledger.remember(Strap("Polar of hers", "A0:9E:1A", NAME))
        ledger.remember(Strap("H10", "B1", "Ben"))
    for copy in ("ledger.before-v2.sqlite", "ledger.draft.sqlite", "ledger.draft.sqlite-wal"):
        (home / copy).write_bytes(ledger_file(home).read_bytes())
    return stored(live), own[1500].tobytes(), bens[1500].tobytes()


def test_a_person_is_deleted_wholly_and_the_others_stay(tmp_path: Path) -> None:
    shared, own, bens = filled(tmp_path)
    hers = (NAME.encode(), own, b"Polar of hers", b"A0:9E:1A", b"Guardian-Of-Anastasia")
    assert traces(tmp_path, *hers), "they were never there: the test shows nothing"
    with Ledger.open(tmp_path) as ledger:
        bens_packets = [one for one in ledger.raw_events(shared) if getattr(one, "person", None) == "Ben"]
        went = ledger.delete_person(NAME)
        assert traces(tmp_path, *hers) == [], "while the file is open"
        assert ledger.people() == ["Ben"]
        assert ledger.straps() == [Strap("H10", "B1", "Ben")]
        assert [one.people for one in ledger.sessions()] == [("Ben",), ("Ben",)]
        assert [one for one in ledger.raw_events(shared) if getattr(one, "person", None) == "Ben"] == bens_packets
        assert "someone laughs" in [one.text for one in ledger.markers(shared)] or all(
            isinstance(one, Marker) and NAME not in one.text for one in ledger.markers(shared)
        )
        assert [one.agreed for one in ledger.consents(shared)] == ["someone sees the rhythm"]
        assert ledger.groups(shared) == [("Ben",)]
    assert traces(tmp_path, *hers) == []
    assert traces(tmp_path, bens) == ["ledger.sqlite"]
    assert lived_again(tmp_path, shared), "what is left can still be played"
    assert (len(went.sessions), went.shared, went.straps) == (1, (shared,), 1)
    assert went.copies == ("ledger.before-v2.sqlite",)
    assert went.rows > 2000 and went.clean
    assert went.in_words().startswith("Deleted: 1 session, their part in 1 session with others, ")


def test_a_session_is_deleted_wholly_and_a_name_that_nothing_else_keeps(tmp_path: Path) -> None:
    running = Running(tmp_path, "first")
    running.beat(500)
    running.end()
    with Ledger.open(tmp_path) as ledger:
        went = ledger.delete_session("first")
        assert ledger.sessions() == []
        assert ledger.people() == []
    assert went.in_words() == (
        "Deleted: 1 session, 500 entries of raw data. Nothing of it is left in biosync's files;"
        " files that you exported yourself are yours."
    )
    assert traces(tmp_path, b"Ana", b"first", b"H10") == []


def test_a_stranger_can_not_be_deleted(tmp_path: Path) -> None:
    filled(tmp_path)
    with Ledger.open(tmp_path) as ledger, pytest.raises(NoSuchPerson, match="nobody named 'ben'"):
        ledger.delete_person("ben")


def test_a_running_session_is_not_deleted(tmp_path: Path) -> None:
    running = Running(tmp_path, "first")
    running.beat(50)
    running.is_listed()
    with Ledger.open(tmp_path) as ledger:
        for delete, what in ((ledger.delete_session, "first"), (ledger.delete_person, "Ana")):
            with pytest.raises(LedgerError, match="still running: end it first"):
                delete(what)
    running.end()
    assert running.kept() == running.everything()


def test_pages_that_another_program_reads_are_wiped_at_the_next_start(tmp_path: Path) -> None:
    running = Running(tmp_path, "first")
    running.beat(500)
    running.end()
    with (
        Ledger.open(tmp_path) as ledger,
        held(ledger_file(tmp_path), "BEGIN; SELECT count(*) FROM notification"),
    ):
        went = ledger.delete_session("first")
        assert not went.clean
        assert "wiped at the next start" in went.in_words()
    Ledger.open(tmp_path).close()
    assert traces(tmp_path, b"Ana", b"first", b"H10") == []


@pytest.mark.parametrize("key", [None, "words"])
def test_deleting_works_in_a_locked_ledger_too(tmp_path: Path, key: str | None) -> None:
    for id in ("first", "second"):
        running = Running(tmp_path, id, key=key)
        running.beat(4000)
        running.end()
    before = ledger_file(tmp_path).stat().st_size
    with Ledger.open(tmp_path, key) as ledger:
        assert ledger.delete_session("first").clean
        assert [one.id for one in ledger.sessions()] == ["second"]
    assert ledger_file(tmp_path).stat().st_size < before * 0.7
    assert running.kept(key) == running.everything()


def test_what_would_go_is_what_goes_and_nothing_goes_before(tmp_path: Path) -> None:
    with Ledger.open(tmp_path) as ledger:
        alone, shared = made.keep(ledger, "Ana", seconds=30), made.keep(ledger, "Ana", "Ben", seconds=30)
        (tmp_path / "ledger.before-1.sqlite").write_bytes(b"an older copy")
        before = [ledger.sessions(), list(ledger.raw_events(shared)), ledger.people()]
        session, person = ledger.would_delete_session(alone), ledger.would_delete_person("Ana")
        assert [ledger.sessions(), list(ledger.raw_events(shared)), ledger.people()] == before
        assert (tmp_path / "ledger.before-1.sqlite").exists()
        assert person == ledger.delete_person("Ana")
        assert (person.sessions, person.shared) == ((alone,), (shared,))
        assert session.sessions == (alone,) and session.rows < person.rows
        assert "1 session, their part in 1 session with others" in person.what


def test_what_would_go_of_nobody_is_an_error(tmp_path: Path) -> None:
    with Ledger.open(tmp_path) as ledger:
        with pytest.raises(LedgerError):
            ledger.would_delete_person("Ana")
        with pytest.raises(LedgerError):
            ledger.would_delete_session("2026")
    assert not ledger_file(tmp_path).exists(), "asking makes no ledger"
