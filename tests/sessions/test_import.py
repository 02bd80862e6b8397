"""``biosync sessions import``: a recording becomes a session wholly, or one sentence says why not."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.cli import main
from tests.sessions.asking import Capsys, failed, listed, recording_file, said


def test_a_recording_becomes_a_session(capsys: Capsys, tmp_path: Path) -> None:
    path = recording_file(tmp_path / "ana.txt")
    command = ("sessions", "import", str(path), "--person", "Ana", "--started", "2026-05-31 18:30+02:00")
    code, (line,), err = said(capsys, *command)
    assert (code, err) == (0, "")
    (session,) = listed(capsys)
    assert (session["started"], session["people"], session["beats"]) == ("2026-05-31T16:30:00Z", ["Ana"], {"Ana": 200})
    assert (session["simulated"], session["complete"]) == (False, True)
    assert line.startswith(f"Stored as session {session['id']}: ") and line.endswith("3 min, 200 beats of Ana.")
    assert f"stored already, as session {session['id']}" in failed(capsys, *command[1:])
    assert len(listed(capsys)) == 1


def test_what_was_skipped_and_when_it_was_is_told(capsys: Capsys, tmp_path: Path) -> None:
    path = recording_file(tmp_path / "ana.txt")
    path.write_text(path.read_text() + "-3\n")
    code, _, err = said(capsys, "sessions", "import", str(path))
    assert code == 0
    assert "skipped line 201" in err and "the file's date is taken" in err


def test_several_people_in_one_file_are_one_session(capsys: Capsys, tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    path.write_text("person,rr_ms\n" + "Ana,800\nBen,900\n" * 50)
    assert main(["sessions", "import", str(path)]) == 0
    assert listed(capsys)[0]["beats"] == {"Ana": 50, "Ben": 50}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("epoch_ms,rr_ms\n1000,800\n1800,800\n", "from 1970"),
        ("epoch_ms,rr_ms\n4070908800000,800\n4070908800800,800\n", "still to come"),
        ("800\n810\nwords\n820\n", "line 3"),
        ("", "the file is empty"),
        ("3000\n4000\n", "it holds no beats"),
    ],
)
def test_what_cannot_be_stored_is_one_sentence_and_nothing(
    capsys: Capsys, tmp_path: Path, home: Path, text: str, sentence: str
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(text)
    assert sentence in failed(capsys, "import", str(path))
    assert not home.exists()


def test_a_gigabyte_of_zeros_is_one_sentence_and_nothing(capsys: Capsys, tmp_path: Path, home: Path) -> None:
    with (tmp_path / "zeros").open("wb") as file:
        file.truncate(1 << 30)
    assert "this is not text" in failed(capsys, "import", "zeros")
    assert not home.exists()


nearly = st.text(st.sampled_from("0123456789.,;\n\t -+eE{}\"rt_msped:"), max_size=300)
rubbish = st.binary(max_size=300) | nearly.map(str.encode)


@given(data=rubbish)
def test_any_file_is_stored_or_refused_in_one_sentence(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("BIOSYNC_HOME", f"{folder}/home")
        out, err = io.StringIO(), io.StringIO()
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        path = Path(folder) / "file"
        path.write_bytes(data)
        code = main(["sessions", "import", str(path), "--started", "2026-05-31T18:30Z"])
        assert code in (0, 1)
        if code:
            assert err.getvalue().count("\n") == 1
        assert (Path(folder) / "home").exists() == (code == 0)
