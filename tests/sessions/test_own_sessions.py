"""A session that was exported as JSON lines is the same session wherever it is imported again."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from biosync.engine import Member
from biosync.events import Beat, Cue, Event, Join, Link, Marker, Tick
from biosync.store.exporting import EXPORTS, content_of, save
from biosync.store.importing import read_import
from biosync.store.ledger.reader import Ledger
from biosync.store.past_session import PastSession
from devices import heart_rate
from devices.measurement import HeartRate
from tests.sessions.asking import Capsys, failed, kept, listed, said
from tests.store.ledger.live import keep_with_guests, stored
from tests.store.past import past_sessions

NOW = datetime(2100, 1, 1, tzinfo=UTC)


def whole(home: Path, id: str = "20") -> dict[str, Any]:
    """Return all that is kept of a session, but its id and the seconds between the events."""
    with Ledger.open(home) as ledger:
        session = ledger.session(id)
        lines = {name: ledger.timeline(session.id, name) for name in session.people}
        return {
            **{key: value for key, value in asdict(session).items() if key not in ("id", "version")},
            "members": ledger.members(session.id),
            "groups": ledger.groups(session.id),
            "came in": [event for event in ledger.raw_events(session.id) if not isinstance(event, Tick)],
            "cues": ledger.cues(session.id),
            "lines": {
                name: [line.t_s.tolist(), line.rr_ms.tolist(), line.gap.tolist(), line.t_uncertainty_s.tolist()]
                for name, line in lines.items()
            },
        }


def exported(home: Path, path: Path, person: str | None = None) -> Path:
    with Ledger.open(home) as ledger:
        save(content_of(ledger, ledger.session("20"), person), EXPORTS["jsonl"], path, overwrite=True)
    return path


def imported(path: Path, home: Path, person: str | None = None) -> Path:
    found = read_import(path, person, None, NOW)
    with Ledger.open(home) as ledger:
        ledger.store_session(found.session, found.beats)
    return home


def kept_again(home: Path, folder: Path) -> Path:
    """Return a home with the session of ``home``, exported and imported."""
    return imported(exported(home, folder / "session.jsonl"), folder / "again")


@settings(max_examples=60)
@given(made=past_sessions())
def test_any_session_comes_back_whole(made: PastSession) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        with Ledger.open(home) as ledger:
            ledger.store_session(made, made.beats())
        again = kept_again(home, Path(folder))
        assert whole(again) == whole(home)
        first, second = (Path(folder) / name for name in ("session.jsonl", "second.jsonl"))
        exported(again, second)
        assert lines_of(second) == lines_of(first)


def lines_of(path: Path) -> list[dict[str, Any]]:
    """Return the lines of an export, but for the id, which is another in each ledger."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [{key: value for key, value in line.items() if key not in ("id", "stored")} for line in lines]


def test_a_session_with_comings_and_goings_comes_back_whole(tmp_path: Path) -> None:
    keep_with_guests(tmp_path / "home")
    before, after = whole(tmp_path / "home"), whole(kept_again(tmp_path / "home", tmp_path))
    assert after == before
    assert any(isinstance(event, Join) for event in after["came in"])


def test_one_persons_export_comes_back_with_nothing_of_the_others(tmp_path: Path) -> None:
    keep_with_guests(tmp_path / "home")
    path = exported(tmp_path / "home", tmp_path / "cleo.jsonl", "Cleo")
    assert not any(name in path.read_text("utf-8") for name in ("Ana", "Ben", "Dan"))
    again, before = whole(imported(path, tmp_path / "again")), whole(tmp_path / "home")
    assert again["people"] == ("Cleo",) and again["lines"]["Cleo"] == before["lines"]["Cleo"]
    chosen = whole(imported(exported(tmp_path / "home", tmp_path / "all.jsonl"), tmp_path / "chosen", "Cleo"))
    assert (chosen["came in"], chosen["cues"]) == (again["came in"], again["cues"])
    assert {cue.people for cue in chosen["cues"]} == {("Cleo",)}


def test_by_the_commands_a_demo_comes_back_and_is_not_stored_twice(capsys: Capsys, tmp_path: Path, home: Path) -> None:
    id = kept(capsys, "--people", "2", seconds=120)
    before = whole(home, id)
    assert said(capsys, "sessions", "export", id, "--output", "demo.jsonl")[0] == 0
    assert f"stored already, as session {id}" in failed(capsys, "import", "demo.jsonl")
    shutil.rmtree(home)
    code, (line,), err = said(capsys, "sessions", "import", "demo.jsonl")
    assert (code, err) == (0, "") and "2 min" in line
    assert whole(home) == before
    assert listed(capsys)[0]["simulated"] is True and len(before["cues"]) > 5
    code, out, _ = said(capsys, "run", f"replay:{listed(capsys)[0]['id']}", "--json", "--speed", "max")
    assert code == 0 and json.loads(out[0])["simulated"] is True
    code, out, _ = said(capsys, "run", "replay:demo.jsonl", "--json", "--speed", "max")
    assert code == 0 and json.loads(out[0])["simulated"] is True


def test_the_stream_of_a_live_session_is_one_too(tmp_path: Path) -> None:
    """It has no packets, so beats stand in for them; links, cues, markers and what was said are there."""
    live = keep_with_guests(tmp_path / "home")
    path = stream(tmp_path / "live.jsonl", [*live[:-1], Marker(live[-1].t, "Ana", "over"), live[-1]])
    found = read_import(path, None, None, NOW)
    assert found.told == ()
    with Ledger.open(tmp_path / "home") as ledger:
        assert found.beats == ledger.session(stored(live)).beats
    again = whole(imported(path, tmp_path / "again"))
    assert again["cues"] == [event for event in live if isinstance(event, Cue)]
    assert Marker(live[-1].t, "Ana", "over") in again["came in"]
    assert [event for event in again["came in"] if isinstance(event, Link)] == [
        event for event in live if isinstance(event, Link)
    ]
    for name, (t_s, rr_ms, _, uncertainty) in again["lines"].items():
        beats = [event for event in live if isinstance(event, Beat) and event.person == name]
        assert rr_ms == [beat.rr_ms for beat in beats]
        assert t_s == [beat.beat_t for beat in beats]
        assert uncertainty == [beat.t_uncertainty_s for beat in beats]


def stream(path: Path, events: list[Event]) -> Path:
    """Write what ``run --json`` writes of these events."""
    told = [{"type": type(event).__name__.lower(), **asdict(event)} for event in events
            if not isinstance(event, Tick | Join) and type(event).__name__ != "Notification"]  # fmt: skip
    path.write_text("".join(json.dumps(line) + "\n" for line in told), "utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"type": "link", "t": 1, "person": "Ana", "state": "dancing", "why": ""}', "“state” is “dancing”"),
        ('{"type": "cue", "t": 1, "people": "Ana", "rate_bpm": 6}', "“people” is “Ana”, which is not a list"),
        ('{"type": "cue", "t": 1, "people": [], "stage": "meet"}', "“people” names nobody"),
        ('{"type": "marker", "t": 1e300, "person": null, "text": "x"}', "“t” is “1e+300”, which is not between"),
        ('{"type": "say", "t": 1, "person": "Ana", "text": 5}', "“text” is “5”, which is not text"),
        ('{"type": "worn", "person": "Ana", "origin": "strap", "device": "H", "delay_s": -9}', "“delay_s” is “-9”"),
    ],
)
def test_what_makes_no_sense_is_left_out_and_told(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "odd.jsonl"
    head = '{"type": "session", "t": 0, "started": "2026-05-31T16:30:00Z", "people": ["Ana"]}\n'
    beats = "".join(f'{{"type": "beat", "person": "Ana", "rr_ms": 800, "beat_t": {0.8 * k}}}\n' for k in range(1, 20))
    path.write_text(f"{head}{line}\n{beats}")
    found = read_import(path, None, None, NOW)
    assert found.beats == {"Ana": 19}
    assert len(found.told) == 1
    assert found.told[0].startswith(f"{path}: left out 1 line of what happened, the first is line 2: {told}")


def test_packets_that_can_not_be_taken_as_they_are_are_replaced_by_the_beats_in_them(tmp_path: Path) -> None:
    path = tmp_path / "no times.jsonl"
    head = '{"type": "session", "t": 0, "started": "2026-05-31T16:30:00Z", "simulated": false}\n'
    packet = {"type": "notification", "person": "Ana", "characteristic": heart_rate.MEASUREMENT}
    lines = [{**packet, "hex": heart_rate.encode(HeartRate(70, (800 + k,))).hex()} for k in range(20)]
    path.write_text(head + "".join(json.dumps(line) + "\n" for line in lines))
    found = read_import(path, None, None, NOW)
    assert found.beats == {"Ana": 20}
    assert "left out 20 lines" in found.told[-1]
    assert found.session.members == (Member("Ana", "replay", "recording"),)


def test_control_characters_of_a_file_reach_no_terminal(capsys: Capsys, tmp_path: Path, home: Path) -> None:
    path = tmp_path / "odd.jsonl"
    lines: list[dict[str, Any]] = [{"type": "session", "started": "2026-05-31T16:30:00Z"}]
    lines += [{"type": "beat", "person": "A\x1bna\ud800", "rr_ms": 800, "beat_t": 0.8 * k} for k in range(1, 20)]
    lines += [{"type": "marker", "t": 5, "person": None, "text": "\x1b[2Jgone\ud800"}]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert said(capsys, "sessions", "import", str(path))[0] == 0
    _, out, _ = said(capsys, "sessions", "show", "2026")
    assert "  5 s  all: ?[2Jgone?" in out and "A?na?" in out
    assert whole(home)["people"] == ("A?na?",)
