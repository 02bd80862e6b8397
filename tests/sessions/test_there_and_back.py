"""What is exported and imported again is what it was."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from biosync.cli import main
from biosync.heart.labeller import label
from biosync.store.exporting import EXPORTS
from biosync.store.recording import GAP_MS
from biosync.store.timeline import Timeline
from tests.sessions.asking import Capsys, stored_lines
from tests.store.exports.made import content, saved, timelines


@pytest.mark.parametrize("name", EXPORTS)
@settings(max_examples=12)
@given(ana=timelines(), ben=timelines())
def test_what_goes_out_comes_back(name: str, ana: Timeline, ben: Timeline) -> None:
    people = {"Ana": ana} if name == "rr" else {"Ana": ana, "Ben": ben}
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", io.StringIO())
        patch.setattr(sys, "stderr", io.StringIO())
        first, second = Path(folder) / "first", Path(folder) / "second"
        made, out = saved(Path(folder) / "made", EXPORTS["csv"], content(people)), str(Path(folder) / "out")
        patch.setenv("BIOSYNC_HOME", str(first))
        assert main(["sessions", "import", str(made)]) == 0
        assert main(["sessions", "export", "2026", "--format", name, "--output", out]) == 0
        patch.setenv("BIOSYNC_HOME", str(second))
        stated = ["--person", "Ana", "--started", "2026-05-31T16:30Z"] if name == "rr" else []
        assert main(["sessions", "import", out, *stated]) == 0
        before, after = stored_lines(first), stored_lines(second)
    assert set(before) == set(after) == set(people)
    for person in people:
        same(before[person], after[person], people[person], long_gaps_only=name == "rr")


def same(before: Timeline, after: Timeline, made: Timeline, *, long_gaps_only: bool) -> None:
    assert before.rr_ms.tolist() == after.rr_ms.tolist() == made.rr_ms.tolist()
    pause_ms = np.diff(made.t_s) * 1000 - made.rr_ms[1:]
    if long_gaps_only and (made.gap[1:] & (pause_ms <= GAP_MS)).any():
        return  # RR text can't say these, and has told so
    for one in (before, after):
        assert np.allclose(np.diff(one.t_s), np.diff(made.t_s), atol=1e-6)
        assert one.gap[1:].tolist() == made.gap[1:].tolist()
    assert label(after.rr_ms, after.gap).tolist() == label(made.rr_ms, made.gap).tolist()


@pytest.mark.external
@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_real_recordings_come_back_with_the_same_beats_and_labels(
    capsys: Capsys, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    files = sorted([*data.glob("rr/*.csv*"), *data.glob("dyad/P*_*r.csv")])
    assert files
    for k, path in enumerate([*files[:3], *files[-2:]]):
        lines = []
        for file, turn in ((path, "first"), (tmp_path / f"{k}.out", "second")):
            home = tmp_path / f"{turn}{k}"
            monkeypatch.setenv("BIOSYNC_HOME", str(home))
            assert main(["sessions", "import", str(file), "--started", "2026-05-31T16:30Z"]) == 0, path.name
            lines.append(next(iter(stored_lines(home).values())))
            out = ["--output", str(tmp_path / f"{k}.out"), "--force"]
            assert main(["sessions", "export", "2026", "--format", name, *out]) == 0
        before, after = lines
        assert after.rr_ms.tolist() == before.rr_ms.tolist(), path.name
        assert np.allclose(np.diff(after.t_s), np.diff(before.t_s), atol=1e-6), path.name
        assert label(after.rr_ms, after.gap).tolist() == label(before.rr_ms, before.gap).tolist(), path.name
