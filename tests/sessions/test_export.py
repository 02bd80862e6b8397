"""``biosync sessions export``: nothing is overwritten by mistake, and one person's part is theirs alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from biosync.store.exporting import EXPORTS
from biosync.store.ledger.reader import Ledger
from tests.sessions.asking import Capsys, failed, kept, said


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_its_owners_and_overwrites_nothing(capsys: Capsys, tmp_path: Path, name: str) -> None:
    id = kept(capsys, seconds=20)
    path = tmp_path / "out"
    command = ("sessions", "export", id, "--format", name, "--output", str(path))
    assert said(capsys, *command) == (0, [], f"Written to {path}.\n")
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600
    whole = path.read_bytes()
    path.write_bytes(b"mine")
    assert "is there already" in failed(capsys, *command[1:])
    assert path.read_bytes() == b"mine"
    assert said(capsys, *command, "--force")[0] == 0
    assert path.read_bytes() == whole
    assert {file.name for file in tmp_path.iterdir()} == {"out", "home"}
    assert "\n".join([*said(capsys, *command[:-2])[1], ""]).encode() == whole


def test_the_files_ending_names_the_format(capsys: Capsys, tmp_path: Path) -> None:
    id = kept(capsys, seconds=20)
    for ending, begins in ((".txt", b"8"), (".csv", b"session,"), (".jsonl", b'{"type": "session"'), ("", b"session,")):
        path = tmp_path / f"ana{ending}"
        assert said(capsys, "sessions", "export", id, "--output", str(path))[0] == 0
        assert path.read_bytes()[: len(begins)] == begins or ending == ".txt"
    assert all(float(line) > 300 for line in (tmp_path / "ana.txt").read_text().splitlines())


def test_where_nothing_can_be_written_nothing_is_left(capsys: Capsys, tmp_path: Path) -> None:
    id = kept(capsys, seconds=5)
    assert "can't be written" in failed(capsys, "export", id, "--output", "nowhere/out.csv")
    assert "is there already" in failed(capsys, "export", id, "--output", str(tmp_path))
    assert {file.name for file in tmp_path.iterdir()} == {"home"}


@pytest.mark.parametrize("name", EXPORTS)
def test_one_person_alone(capsys: Capsys, name: str) -> None:
    id = kept(capsys, "--people", "2", seconds=70)
    with Ledger.open(Path(os.environ["BIOSYNC_HOME"])) as ledger:
        theirs = {f"{rr!r}" for rr in ledger.recording(id, "Ben").rr_ms.tolist()}
        own = {f"{rr!r}" for rr in ledger.recording(id, "Ana").rr_ms.tolist()}
    _, out, _ = said(capsys, "sessions", "export", id, "--format", name, "--person", "Ana")
    text = "\n".join(out)
    assert "Ben" not in text
    if name != "jsonl":  # bytes in hexadecimal say no number
        assert [rr for rr in theirs - own if rr in text] == []
        assert all(rr.removesuffix(".0") in text for rr in own)
    assert "nobody named 'Zoe'" in failed(capsys, "export", id, "--format", name, "--person", "Zoe")


def test_rr_text_holds_one_person(capsys: Capsys) -> None:
    id = kept(capsys, "--people", "2", seconds=5)
    assert "choose one with --person: Ana, Ben" in failed(capsys, "export", id, "--format", "rr")
