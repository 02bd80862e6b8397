from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.store.reading import read_recordings
from biosync.store.recording import RecordingError
from tests.store.files import one, refusal, told
from tests.store.fit_bytes import fit_file

GOOD = fit_file([812, 800], [790], [780, 785, 795, 805, 815])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ride.fit"


def test_the_hrv_messages_are_read(path: Path) -> None:
    recording = one(path, GOOD)
    assert recording.person == "ride"
    assert recording.rr_ms.tolist() == pytest.approx([812, 800, 790, 780, 785, 795, 805, 815])
    assert recording.told == ()


def test_a_file_that_ends_too_soon_is_told(path: Path) -> None:
    assert one(path, GOOD[:-8]).rr_ms.tolist() == pytest.approx([812, 800, 790])
    assert told(path, GOOD[:-8]) == [
        "the FIT file is damaged or ends too soon, so what came after is missing (FitEOFError)."
    ]


def test_a_wrong_checksum_is_told(path: Path) -> None:
    damaged = GOOD[:-2] + b"\0\0"
    assert len(one(path, damaged)) == 8
    assert told(path, damaged) == ["its checksum is wrong, so some of it may be damaged."]


def test_a_file_without_intervals_is_refused_with_what_to_do(path: Path) -> None:
    assert refusal(path, fit_file([1, 2], number=20)) == (
        ": this FIT file holds no RR intervals; switch on HRV recording in the watch's settings."
    )


@given(st.data())
def test_any_damage_gives_recordings_or_one_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    raw = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    raw[8:12] = b".FIT"
    path = tmp_path_factory.getbasetemp() / "damaged.fit"
    path.write_bytes(raw + data.draw(st.binary(max_size=40)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            recordings = read_recordings(path)
        except RecordingError:
            return
    assert recordings[0].rr_ms.min() >= 1
