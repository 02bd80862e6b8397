"""What is exported reads back as it was, in every format; one person's export holds nothing of another."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from biosync import catalog
from biosync.heart.labeller import label
from biosync.store.exporting import EXPORTS
from biosync.store.exports.content import only
from biosync.store.reading import read_recordings
from biosync.store.recording import GAP_MS, RecordingError
from biosync.store.timeline import Timeline, timeline
from tests.store.exports.made import content, line, saved, shared_session, timelines, written

KEEP_TIMES = sorted(set(EXPORTS) - {"rr"})


def read_back(name: str, lines: dict[str, Timeline]) -> dict[str, Timeline]:
    with tempfile.TemporaryDirectory() as folder:
        path = saved(Path(folder) / "session", EXPORTS[name], content(lines))
        return {one.person: timeline(one) for one in read_recordings(path)}


def test_every_export_of_the_room_is_offered() -> None:
    found = [module for module in catalog.modules("biosync.store.exports") if hasattr(module, "ENDING")]
    assert set(EXPORTS.values()) == set(found)


@pytest.mark.parametrize("name", KEEP_TIMES)
@given(ana=timelines(), ben=timelines())
def test_intervals_times_gaps_and_labels_read_back_to_the_bit(name: str, ana: Timeline, ben: Timeline) -> None:
    back = read_back(name, {"Ana": ana, "Ben": ben})
    assert set(back) == {"Ana", "Ben"}
    for before, after in ((ana, back["Ana"]), (ben, back["Ben"])):
        assert after.rr_ms.tolist() == before.rr_ms.tolist()
        assert after.t_s.tolist() == before.t_s.tolist()
        assert after.gap[1:].tolist() == before.gap[1:].tolist()
        assert label(after.rr_ms, after.gap).tolist() == label(before.rr_ms, before.gap).tolist()


@given(ana=timelines())
def test_rr_text_reads_back_with_its_long_gaps(ana: Timeline) -> None:
    pause_ms = np.diff(ana.t_s) * 1000 - ana.rr_ms[1:]
    shown = ana.gap[1:] & (pause_ms > GAP_MS)
    (after,) = read_back("rr", {"Ana": ana}).values()
    assert after.rr_ms.tolist() == ana.rr_ms.tolist()
    assert after.gap[1:].tolist() == shown.tolist()
    if np.array_equal(shown, ana.gap[1:]):  # no gap was too short to be said
        assert np.allclose(np.diff(after.t_s), np.diff(ana.t_s), atol=1e-6)
        assert label(after.rr_ms, after.gap).tolist() == label(ana.rr_ms, ana.gap).tolist()


@pytest.mark.parametrize("name", ["csv"])
def test_what_an_export_does_not_know_stays_unknown_and_what_it_knows_is_kept(name: str, tmp_path: Path) -> None:
    path = saved(tmp_path / "x", EXPORTS[name], content({"Ana": line([800.0] * 30, [0] * 30)}))
    (ana,) = read_recordings(path)
    assert ana.t_uncertainty_s is not None and set(ana.t_uncertainty_s.tolist()) == {0.25}
    assert ana.clock_zero_s == 1780245000.0
    assert ana.told == ()


@pytest.mark.parametrize("name", EXPORTS)
def test_one_person_alone_holds_nothing_of_the_other(name: str) -> None:
    alone = written(EXPORTS[name], only(shared_session(), "Ana"))
    secrets = ("Benedict", "1013.5", "1017.5", "1009.5", "tired", "0BE7ED1C", "3b0f04", "7.123", "too_slow", "too_fast")
    assert [secret for secret in secrets if secret in alone] == []
    assert "810" in alone
    if name != "rr":
        assert "warm hands" in alone and "Ana" in alone
        whole = written(EXPORTS[name], shared_session())
        expected = secrets[:5] if name == "csv" else secrets
        assert [secret for secret in expected if secret not in whole] == []  # else this test could not fail


def test_who_was_alone_keeps_what_was_said_for_all() -> None:
    session = only(shared_session(), "Ana")
    assert only(session, "Ana") is session


@pytest.mark.parametrize("name", EXPORTS)
@given(ana=timelines(), cut=st.floats(0, 1))
@example(ana=line([800.0] * 30, [0] * 30), cut=0.999)
def test_a_file_that_was_cut_off_anywhere_gives_its_beginning_or_one_sentence(
    name: str, ana: Timeline, cut: float
) -> None:
    text = written(EXPORTS[name], content({"Ana": ana}))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cut"
        path.write_bytes(text.encode()[: int(cut * len(text))])
        try:
            (found,) = read_recordings(path)
        except RecordingError as refusal:
            assert "\n" not in str(refusal)
            return
        whole = found.rr_ms[found.rr_ms <= GAP_MS].tolist()
        sure = whole[:-1]  # the last may have lost digits
        assert sure == ana.rr_ms.tolist()[: len(sure)]
