"""``biosync sessions list`` and ``show``: what was kept, for people and for programs."""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
from pathlib import Path

import pytest

from biosync.cli import main
from biosync.commands.sessions import ACTIONS
from biosync.commands.stored import in_words, lasted
from biosync.store.exporting import EXPORTS
from biosync.store.exports.csv_table import COLUMNS
from biosync.store.ledger.kinds import StoredSession
from biosync.store.ledger.reader import Ledger
from biosync.store.summaries import figures_of
from tests.sessions.asking import Capsys, failed, kept, listed, recording_file, said

KEYS = {"id", "started", "duration_s", "people", "beats", "simulated", "complete"}
PARTS = {"beats", "duration_s", "quality", "time", "frequency", "nonlinear", "coherence", "respiration"}


@pytest.mark.parametrize("person", [[], ["--person", "Ana"]])
def test_no_sessions_are_no_error_and_make_no_folder(capsys: Capsys, home: Path, person: list[str]) -> None:
    code, out, err = said(capsys, "sessions", "list", *person)
    assert (code, out, err) == (0, [f"No sessions {'of Ana ' if person else ''}yet."], "")
    assert listed(capsys, *person) == []
    assert not home.exists()


def test_without_a_home_the_systems_folder_is_looked_in(
    capsys: Capsys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BIOSYNC_HOME")
    for name in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "user"))
    assert listed(capsys) == []
    kept(capsys, seconds=5)
    assert len(listed(capsys)) == 1
    assert (tmp_path / "user").exists()


def test_the_list_keeps_the_contract(capsys: Capsys) -> None:
    id = kept(capsys, "--people", "2")
    (session,) = listed(capsys)
    assert set(session) >= KEYS
    assert session["id"] == id
    assert (session["people"], session["simulated"], session["complete"]) == (["Ana", "Ben"], True, True)
    assert session["duration_s"] == 70.0
    beats = session["beats"]
    assert isinstance(beats, dict) and list(beats) == ["Ana", "Ben"] and min(beats.values()) > 40
    assert isinstance(session["started"], str) and session["started"].endswith("Z")


def test_the_list_for_people(capsys: Capsys) -> None:
    id = kept(capsys, "--people", "2")
    code, (line,), err = said(capsys, "sessions", "list")
    assert (code, err) == (0, "")
    assert line.startswith(f"{id}  ")
    assert line.endswith("(simulated)")
    assert " 1 min  Ana, Ben  " in line
    assert any(block in line for block in "▁▂▃▄▅▆▇█")


def test_a_terminal_that_has_no_blocks_gets_none(capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(capsys, seconds=20)
    plain = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", plain)
    assert main(["sessions", "list"]) == 0
    plain.seek(0)
    assert "Ana" in plain.read()


def test_what_is_not_as_usual_is_marked() -> None:
    whole = StoredSession("x", "2026-05-31T16:30:00Z", 3725.0, ("Ana",), {"Ana": 1}, False, True)
    assert in_words(whole).endswith("  1 h 02 min  Ana  1 beat")
    for change, mark in (({"complete": False}, "incomplete"), ({"complete": False, "running": True}, "still running")):
        other = StoredSession(**{**{name: getattr(whole, name) for name in whole.__slots__}, **change})
        assert in_words(other).endswith(f"  ({mark})")


def test_durations_in_words() -> None:
    assert [lasted(s) for s in (4.4, 59.4, 89.0, 3540.0)] == ["4 s", "59 s", "1 min", "59 min"]
    assert [lasted(s) for s in (3599.0, 36_000.0)] == ["1 h 00 min", "10 h 00 min"]


def test_one_persons_list_tells_how_they_stand_against_their_own_median(capsys: Capsys, tmp_path: Path) -> None:
    for day, rr in ((1, 700.0), (2, 850.0), (3, 1000.0)):
        file = str(recording_file(tmp_path / "ana.txt", rr))
        assert main(["sessions", "import", file, "--started", f"2026-05-0{day} 18:30"]) == 0
    kept(capsys, "--people", "2")
    code, out, _ = said(capsys, "sessions", "list", "--person", "ana")
    assert (code, len(out)) == (0, 6)
    assert all("about your median of" in words and "RMSSD" in words for words in out[1::2])
    assert len(listed(capsys, "--person", "ana")) == 3
    assert len(listed(capsys, "--person", "Ben")) == 1
    ben = said(capsys, "sessions", "list", "--person", "Ben")[1][1]
    assert "RMSSD" in ben and "median" not in ben  # one session is no habit


def test_show_holds_what_analyze_finds_in_the_export(capsys: Capsys, tmp_path: Path) -> None:
    id = kept(capsys, "--people", "2", seconds=120)
    code, (line,), err = said(capsys, "sessions", "show", id, "--json")
    shown = json.loads(line)
    assert (code, err) == (0, "")
    # they shared a cue
    added = {"resonance": {"Ana": None, "Ben": None}, "together": shown["together"]}
    assert {**listed(capsys)[0], **added, "analysis": shown["analysis"]} == shown
    assert set(shown["analysis"]) == {"Ana", "Ben"}
    assert main(["sessions", "export", id, "--output", "whole.jsonl"]) == 0
    for person, parts in shown["analysis"].items():
        assert set(parts) >= PARTS
        _, (line,), _ = said(capsys, "analyze", "whole.jsonl", "--person", person, "--json")
        assert json.loads(line) == parts


def test_the_figures_of_a_trend_are_those_of_show(capsys: Capsys) -> None:
    id = kept(capsys, seconds=120)
    parts = json.loads(said(capsys, "sessions", "show", id, "--json")[1][0])["analysis"]["Ana"]
    with Ledger.open(Path(os.environ["BIOSYNC_HOME"])) as ledger:
        found = figures_of(ledger, ledger.session(id), "Ana")
    assert (found.rmssd_ms, found.coherence_score) == (parts["time"]["rmssd_ms"], parts["coherence"]["score"])
    assert found.rmssd_ms is not None and found.coherence_score is not None


def test_show_in_words(capsys: Capsys) -> None:
    id = kept(capsys)
    code, out, _ = said(capsys, "sessions", "show", id[:17])
    assert code == 0
    assert out[0].startswith(id)
    assert "Ana" in out and any("rmssd_ms" in line for line in out)


@pytest.mark.parametrize("action", ["show", "export", "delete"])
def test_an_unknown_id_is_told_in_one_sentence(capsys: Capsys, action: str) -> None:
    kept(capsys, seconds=5)
    assert "there is no session 1999" in failed(capsys, action, "1999")


def test_a_beginning_that_several_share_is_told(capsys: Capsys) -> None:
    ids = [kept(capsys, seconds=5) for _ in range(2)]
    assert all(id in failed(capsys, "show", "20") for id in ids)


@pytest.mark.parametrize(
    "command",
    [[], ["dance"], ["show"], ["export"], ["export", "x", "--format", "xls"], ["import"], ["delete"],
     ["delete", "x", "--person", "Ana"], ["import", "x", "--started", "yesterday"], ["import", "x", "--person", " "]],
)  # fmt: skip
def test_wrong_use(capsys: Capsys, command: list[str]) -> None:
    assert failed(capsys, *command, code=2)


def test_every_action_option_and_export_is_described() -> None:
    docs = Path(__file__).parents[2] / "docs"
    section = (docs / "commands.md").read_text(encoding="utf-8").split("\n## biosync sessions\n")[1].split("\n## ")[0]
    for name, action in ACTIONS.items():
        assert f"| `biosync sessions {name}" in section
        parser = argparse.ArgumentParser(add_help=False)
        action.add(parser)
        for option in (text for one in parser._actions for text in one.option_strings):
            assert re.search(rf"^\| `{option}\b.*\|.*\b{name}\b.*\|", section, re.MULTILINE), (name, option)
    page = (docs / "sessions.md").read_text(encoding="utf-8")
    assert all(f"`store/exports/{export.__name__.rpartition('.')[2]}.py`" in page for export in EXPORTS.values())  # type: ignore[attr-defined]
    assert all(f"`{column}`" in page for column in COLUMNS)
