from __future__ import annotations

import gzip
import os
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.store.reading import read_recordings
from biosync.store.recording import Recording, RecordingError
from biosync.store.timeline import beats
from tests.store.files import one, refusal, told

RR = b"812\n800\n790\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ana.txt"


def refused(path: Path) -> str:
    with pytest.raises(RecordingError) as caught:
        read_recordings(path)
    return str(caught.value)


def test_a_file_that_is_not_there(path: Path) -> None:
    assert refused(path) == f"{path}: there is no such file."


def test_a_folder(tmp_path: Path) -> None:
    assert refused(tmp_path) == f"{tmp_path}: this is a folder; name a file in it."


@pytest.mark.parametrize(
    "content",
    [
        b"812\r800\r790\r",
        b"812\r800\r790",
        "812\n800\n790\n".encode("utf-16"),
        b"\xfe\xff" + "812\r\n800\r\n790\r\n".encode("utf-16-be"),
        b"\xff\xfe" + "812\r800\r790\r".encode("utf-16-le"),
        gzip.compress("person;rr_ms\rAn\u00e4;812\rAn\u00e4;800\rAn\u00e4;790\r".encode("utf-16")),
    ],
    ids=["first Macs", "first Macs, no end", "UTF-16", "UTF-16, big end first", "both", "both, packed"],
)
def test_texts_of_other_times_and_systems_are_read(path: Path, content: bytes) -> None:
    recording = one(path, content)
    assert recording.rr_ms.tolist() == [812, 800, 790]
    assert recording.told == ()
    assert recording.person in ("ana", "An\u00e4")


@pytest.mark.parametrize("cut", range(0, 20, 3))
def test_a_long_text_of_two_bytes_a_sign_is_read_wherever_it_was_cut_off(path: Path, cut: int) -> None:
    beats = [700 + k % 300 for k in range(30_000)]  # longer than what is read at once
    content = "".join(f"{rr}\r" for rr in beats).encode("utf-16")
    sure = (len(content) - cut) // 8 - 1
    assert one(path, content[: len(content) - cut]).rr_ms[:sure].tolist() == beats[:sure]


def test_half_a_pair_in_a_text_of_two_bytes_is_no_text(path: Path) -> None:
    assert refusal(path, b"\xff\xfe8\x001\x00\x00\xd8\n\x00") == ": this is not text, and no FIT file either."


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(path: Path) -> None:
    path.write_bytes(RR)
    path.chmod(0)
    assert refused(path) == f"{path}: you may not read this file."


def test_a_path_through_a_file(path: Path) -> None:
    path.write_bytes(RR)
    assert refused(path / "deeper.txt") == f"{path / 'deeper.txt'}: reading it failed: Not a directory."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", ": the file is empty."),
        (b"\n \r\n# nothing\n", ": there is nothing in it but blank lines and comments."),
        (b"Dear diary,\ntoday I was calm.\n", ", line 1: “Dear diary,” is neither an RR interval nor a header with a"
         " column rr_ms, rr_ticks_128hz or rr_ticks_1024hz."),
        (b"812\n\x00\x00\n", ", line 2: this is not text, and no FIT file either."),
        (b"\x7fELF\x02\x01\x01\n", ", line 1: this is not text, and no FIT file either."),
        (b"812\n\x81\x8d\n", ", line 2: this is not text, and no FIT file either."),
        (b"\x1f\x8bwords", ": the packed file (.gz) is damaged."),
        (gzip.compress(b"", mtime=0), ": the file is empty."),  # without the time, which would be part of its name
    ],
)  # fmt: skip
def test_what_is_no_recording_is_refused_in_one_sentence(path: Path, content: bytes, sentence: str) -> None:
    assert refusal(path, content) == sentence


def test_packed_files_are_read_whatever_their_name(tmp_path: Path) -> None:
    packed = one(tmp_path / "ana.b.csv.gz", gzip.compress(b"rr_ms\n" + RR))
    assert packed.rr_ms.tolist() == [812, 800, 790]
    assert packed.person == "ana.b"
    assert one(tmp_path / "ana.txt", gzip.compress(RR[:4]) + gzip.compress(RR[4:])).rr_ms.tolist() == [812, 800, 790]


def test_a_packed_file_that_ends_too_soon_is_told(path: Path) -> None:
    lines = b"".join(b"%d\n" % rr for rr in np.random.default_rng(1).integers(600, 1000, 5000))
    content = gzip.compress(lines)[:-3000]
    recording = one(path, content)
    assert 500 < len(recording) < 5000
    assert "the packed file ends too soon, so what came after is missing." in told(path, content)


def test_big_files_of_nothing_are_refused_soon_and_without_being_held(tmp_path: Path) -> None:
    zeros = tmp_path / "zeros.csv"
    with zeros.open("wb") as file:
        file.truncate(1 << 30)  # sparse: takes no room
    packed = tmp_path / "zeros.gz"
    packed.write_bytes(gzip.compress(bytes(1 << 26)))
    tracemalloc.start()
    try:
        sentences = [refused(zeros), refused(packed)]
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert all(sentence.endswith("this is not text, and no FIT file either.") for sentence in sentences)
    assert most < 16 << 20


def test_a_line_without_end_is_refused(path: Path) -> None:
    assert refusal(path, b"812\n" + b"8" * (3 << 20)) == ", line 2: no line of a recording is longer than 1 MB."


def sound(recording: Recording) -> None:
    """Assert what everybody may rely on."""
    n = len(recording)
    assert n > 0 and recording.person and recording.person.isprintable()
    assert np.isfinite(recording.rr_ms).all() and recording.rr_ms.min() >= 1
    for column in (recording.t_s, recording.arrival_s, recording.t_uncertainty_s):
        assert column is None or (len(column) == n and np.isfinite(column).all())
    for clock in (recording.t_s, recording.arrival_s):
        assert clock is None or (np.diff(clock) >= 0).all()
    found = beats(recording)
    assert len(found) <= n and np.isfinite(found.t_s).all()
    assert all("\n" not in sentence for sentence in recording.told)


def reads_or_refuses(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        recordings = read_recordings(path)
    except RecordingError as error:
        assert str(error).startswith(str(path)) and "\n" not in str(error)
        return
    for recording in recordings:
        sound(recording)


@given(st.binary(max_size=200))
def test_any_bytes_give_recordings_or_one_error(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    reads_or_refuses(tmp_path_factory.getbasetemp() / "any.bin", content)


@given(st.binary(max_size=60), st.integers(0, 80))
def test_any_damage_to_packed_bytes_gives_recordings_or_one_error(
    tmp_path_factory: pytest.TempPathFactory, tail: bytes, cut: int
) -> None:
    reads_or_refuses(tmp_path_factory.getbasetemp() / "any.gz", gzip.compress(RR * 20)[:cut] + tail)


@given(st.text(max_size=200))
def test_any_text_gives_recordings_or_one_error(tmp_path_factory: pytest.TempPathFactory, content: str) -> None:
    reads_or_refuses(tmp_path_factory.getbasetemp() / "any.txt", content.encode("utf-8", "replace"))


NUMBERS = st.one_of(
    st.floats(300, 1800).map(repr),
    st.floats().map(repr),
    st.sampled_from(["", "0", "-1", "nan", "inf", "1e9", "1e400", "800", "5000", "words", "1_0", "0,8", "٣"]),
)
CELLS = st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS, st.sampled_from(["a", "b", "", '"', "x\u2028y"])), max_size=30)


@given(CELLS, st.sampled_from(",;\t"), st.sampled_from(["t_s", "arrival_s", "epoch_ms"]))
def test_any_table_gives_recordings_or_one_error(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, ...]], delimiter: str, clock: str
) -> None:
    rows = [(clock, "rr_ms", "t_uncertainty_s", "person"), *cells]
    content = "\n".join(delimiter.join(row) for row in rows)
    reads_or_refuses(tmp_path_factory.getbasetemp() / "any.csv", content.encode())


@given(st.lists(st.floats(300, 2000), min_size=2, max_size=50), st.booleans())
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, rr: list[float], packed: bool) -> None:
    ends = np.cumsum(rr) / 1000
    table = "t_s,rr_ms\n" + "".join(f"{t!r},{x!r}\n" for t, x in zip(ends.tolist(), rr, strict=True))
    content = gzip.compress(table.encode()) if packed else table.encode()
    recording = one(tmp_path_factory.getbasetemp() / "back.csv", content)
    assert recording.rr_ms.tolist() == rr
    assert recording.t_s is not None and recording.t_s.tolist() == ends.tolist()
    assert not recording.lost.any() and not beats(recording).gap.any()
