"""Notes about people: kept with the session, the newest only, deleted with them, exported with them alone."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from biosync.events import Event, Marker, Note, Tick
from biosync.run import LiveSession
from biosync.run_problems import SessionProblem
from biosync.store.exporting import EXPORTS, content_of, save
from biosync.store.importing import read_import
from biosync.store.ledger.problems import NoSuchPerson
from biosync.store.ledger.reader import Ledger
from biosync.store.recording import Recording
from tests.store.ledger.live import demo, opener
from tests.store.ledger.test_deletion import traces


def noted(home: Path) -> str:
    """Keep a session of two in which something was noted about both; return its id."""

    def follow(event: Event) -> None:
        if isinstance(event, Tick) and event.t == 5.0:
            session.note("Ana", "a first thought about her")
            session.mark("sighs", "Ana", 3.5)
        if isinstance(event, Tick) and event.t == 9.0:
            session.note("Ana", "sleeps badly since May; likes Ben")
            session.note("Ben", "shy with Ana")

    session = LiveSession(demo("demo:Ana", "demo:Ben"), seconds=20, speed=None, sinks=[follow],
                          open_store=opener(home, []))
    asyncio.run(session.run())
    with Ledger.open(home) as ledger:
        (one,) = ledger.sessions()
        return one.id


def test_the_newest_note_is_kept_and_the_one_before_is_gone_from_the_file(tmp_path: Path) -> None:
    id = noted(tmp_path)
    with Ledger.open(tmp_path) as ledger:
        notes = ledger.notes(id)
    assert [(note.person, note.text) for note in notes] == [
        ("Ana", "sleeps badly since May; likes Ben"), ("Ben", "shy with Ana")]
    assert all(8.0 <= note.t <= 10.0 for note in notes)


def test_a_note_can_be_written_and_taken_away_afterwards(tmp_path: Path) -> None:
    id = noted(tmp_path)
    with Ledger.open(tmp_path) as ledger:
        ledger.note(id, Note(5000.0, "Ben", "called on Monday"))
        assert [note.text for note in ledger.notes(id)] == ["sleeps badly since May; likes Ben", "called on Monday"]
        ledger.note(id, Note(5001.0, "Ana", ""))
        assert [note.person for note in ledger.notes(id)] == ["Ben"]
        with pytest.raises(NoSuchPerson, match="Lea"):
            ledger.note(id, Note(1.0, "Lea", "who?"))


def test_a_person_s_note_goes_with_them_and_their_name_from_others(tmp_path: Path) -> None:
    id = noted(tmp_path)
    with Ledger.open(tmp_path) as ledger:
        ledger.delete_person("Ana")
        assert [(note.person, note.text) for note in ledger.notes(id)] == [("Ben", "shy with someone")]
    assert traces(tmp_path, b"sleeps badly") == []


def test_deleting_the_session_takes_its_notes(tmp_path: Path) -> None:
    id = noted(tmp_path)
    with Ledger.open(tmp_path) as ledger:
        ledger.delete_session(id)
    assert traces(tmp_path, b"sleeps badly", b"shy with") == []


@pytest.mark.parametrize("person", ["Ana", "Ben", None])
def test_a_note_is_exported_with_its_person_alone(tmp_path: Path, person: str | None) -> None:
    id = noted(tmp_path)
    with Ledger.open(tmp_path) as ledger:
        content = content_of(ledger, ledger.session(id), person)
        save(content, EXPORTS["jsonl"], tmp_path / "out.jsonl", overwrite=False)
    text = (tmp_path / "out.jsonl").read_text()
    assert ("sleeps badly" in text) == (person == "Ana")
    assert ("shy with" in text) == (person == "Ben")


def test_what_was_exported_comes_back(tmp_path: Path) -> None:
    id = noted(tmp_path)
    with Ledger.open(tmp_path) as ledger:
        save(content_of(ledger, ledger.session(id), "Ana"), EXPORTS["jsonl"], tmp_path / "out.jsonl", overwrite=False)
    with Ledger.open(tmp_path / "other") as ledger:
        found = read_import(tmp_path / "out.jsonl", None, None, datetime(2100, 1, 1, tzinfo=UTC))
        ledger.store_session(found.session, found.beats)
        (one,) = ledger.sessions()
        assert [note.text for note in ledger.notes(one.id)] == ["sleeps badly since May; likes Ben"]
        assert [(marker.text, marker.at_t) for marker in ledger.markers(one.id)] == [("sighs", 3.5)]


def test_a_marker_keeps_the_moment_that_it_marks(tmp_path: Path) -> None:
    id = noted(tmp_path)
    with Ledger.open(tmp_path) as ledger:
        (marker,) = ledger.markers(id)
    assert (marker.when, marker.at_t, marker.person) == (3.5, 3.5, "Ana")
    assert marker.t >= 5.0
    assert Marker(7.0, None, "x").when == 7.0


def test_a_session_that_is_not_kept_says_so(tmp_path: Path) -> None:
    session = LiveSession(demo("demo:Ana"), seconds=2, speed=None)
    with pytest.raises(SessionProblem, match="not kept"):
        session.note("Ana", "lost")


def test_notes_of_an_imported_recording(tmp_path: Path) -> None:
    with Ledger.open(tmp_path) as ledger:
        id = ledger.store_recording(Recording("Cleo", 900 + np.arange(60.0), np.zeros(60, bool)),
                                    datetime(2026, 1, 1, tzinfo=UTC))
        ledger.note(id, Note(10.0, "Cleo", "from her watch"))
        assert json.dumps([note.text for note in ledger.notes(id)]) == '["from her watch"]'
