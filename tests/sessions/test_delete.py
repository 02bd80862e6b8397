"""``biosync sessions delete``: asked about once, and gone."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from biosync.cli import main
from tests.sessions.asking import Capsys, failed, kept, listed, recording_file, said


class Terminal(io.StringIO):
    """Somebody at a keyboard."""

    def isatty(self) -> bool:
        return True


def test_deleting_says_what_goes_and_asks_once(capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    id = kept(capsys, seconds=20)
    monkeypatch.setattr(sys, "stdin", Terminal("n\n"))
    code, _, err = said(capsys, "sessions", "delete", id)
    assert (code, "Nothing was deleted." in err) == (0, True)
    assert f"This deletes session {id}" in err and "It can't be undone." in err
    assert len(listed(capsys)) == 1
    monkeypatch.setattr(sys, "stdin", Terminal("yes\n"))
    code, out, _ = said(capsys, "sessions", "delete", id)
    assert code == 0
    assert "Deleted: 1 session" in out[-1]
    assert listed(capsys) == []


def test_an_end_of_input_is_a_no(capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    id = kept(capsys, seconds=5)
    monkeypatch.setattr(sys, "stdin", Terminal(""))
    assert said(capsys, "sessions", "delete", id)[0] == 0
    assert len(listed(capsys)) == 1


def test_where_nobody_can_be_asked_nothing_is_deleted(capsys: Capsys) -> None:
    id = kept(capsys, seconds=5)
    assert "--yes" in failed(capsys, "delete", id, code=2)
    assert "--yes" in failed(capsys, "delete", "--person", "Ana", code=2)
    assert len(listed(capsys)) == 1
    assert said(capsys, "sessions", "delete", id, "--yes")[0] == 0
    assert listed(capsys) == []


def test_a_person_goes_wholly_and_the_others_stay(
    capsys: Capsys, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(capsys, "--people", "2", seconds=20)
    file = home.parent / "Benedict.txt"
    assert main(["sessions", "import", str(recording_file(file))]) == 0
    monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
    code, _, err = said(capsys, "sessions", "delete", "--person", "Ben")
    assert (code, "0 sessions of their own, their part in 1 shared session" in err) == (0, True)
    assert {name for session in listed(capsys) for name in session["people"]} == {"Ana", "Benedict"}  # type: ignore[attr-defined]
    assert said(capsys, "sessions", "delete", "--person", "Benedict", "--yes")[0] == 0
    assert not [path for path in home.rglob("*") if path.is_file() and b"Benedict" in path.read_bytes()]
    assert "nobody is called 'Zoe'" in failed(capsys, "delete", "--person", "Zoe", "--yes")
