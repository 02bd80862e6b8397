"""Cue files: whatever stands in one, it is read or refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.commands.problems import WrongUse
from biosync.commands.synchrony_cues import Courses, read_cue, whose
from biosync.store.recording import RecordingError

cells = st.one_of(st.text("0123456789.,-e \"", max_size=8), st.floats().map(str), st.text(max_size=5))
tables = st.lists(st.lists(cells, min_size=1, max_size=4), max_size=6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cues")


@given(rows=tables, delimiter=st.sampled_from([",", ";", "\t"]))
def test_any_table_is_read_or_refused(folder: Path, rows: list[list[str]], delimiter: str) -> None:
    lines = [delimiter.join(row) for row in [["t", "rate_bpm", "phase"], *rows]]
    path = folder / "cue.csv"
    path.write_text("\n".join(lines), encoding="utf-8", errors="replace")
    try:
        found = Courses().one(read_cue(path), 0.0, "the cue")
    except RecordingError as error:
        assert str(error).endswith(".") and "\n" not in str(error)
    else:
        assert np.all(np.isfinite(found[0].at(np.linspace(-10, 10, 5))))


def test_semicolons_decimal_commas_and_columns_in_any_order(tmp_path: Path) -> None:
    (tmp_path / "cue.csv").write_text("phase;t;more;rate_bpm\n0,5;0;x;6,0\n0,6;1;y;6,0\n", encoding="utf-8")
    t, rate, phase = read_cue(tmp_path / "cue.csv")
    assert (list(t), list(rate), list(phase)) == ([0.0, 1.0], [6.0, 6.0], [0.5, 0.6])


def test_the_same_cue_is_one_course_and_a_later_one_another() -> None:
    rows = (np.zeros(1), np.full(1, 6.0), np.zeros(1))
    courses = Courses()
    assert courses.one(rows, 0.0, "") == courses.one(rows, 0.0, "") != courses.one(rows, 1.0, "")
    assert courses.one(None, 0.0, "") == ()


def test_a_cue_for_one_goes_before_the_cue_for_all() -> None:
    found = whose(["all.csv", "Ben=ben.csv"], ["Ana", "Ben"])
    assert {name: (str(file.path), file.shared) for name, file in found.items()} == {
        "Ana": ("all.csv", True), "Ben": ("ben.csv", False)
    }  # fmt: skip
    assert set(whose(["Ben=ben.csv"], ["Ana", "Ben"])) == {"Ben"}


def test_a_file_with_an_equals_sign_in_its_name_is_a_file(tmp_path: Path) -> None:
    odd = tmp_path / "pace=6.csv"
    odd.write_text("", encoding="utf-8")
    assert whose([str(odd)], ["Ana"])["Ana"].path == odd
    with pytest.raises(WrongUse, match="not here"):
        whose(["pace=6.csv.gone"], ["Ana"])
