from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.files import one, refusal, told


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ben.txt"


@pytest.mark.parametrize(
    "content",
    ["812\n800\n790.5\n", "812\r\n800\r\n790.5\r\n", "\ufeff812\n800\n790.5", "812\n800\n790,5\n",
     "\n 812 \n\n800\n790.5\n\n", "# Elite HRV\n812\n800\n790.5\n", "0.812\n0.8\n0.7905\n",
     "0,812\r\n0,8\r\n0,7905\r\n"],
)  # fmt: skip
def test_one_interval_a_line_is_read_in_every_spelling(path: Path, content: str) -> None:
    recording = one(path, content)
    assert recording.rr_ms.tolist() == pytest.approx([812, 800, 790.5])
    assert recording.person == "ben"
    assert recording.t_s is None and recording.arrival_s is None
    assert not recording.lost.any()
    assert recording.told == ()


def test_seconds_are_told_from_ms_by_the_usable_values_alone(path: Path) -> None:
    recording = one(path, "0\n0\n0\n0\n812\n800\n0\n")
    assert recording.rr_ms.tolist() == [812, 800]
    assert recording.lost.tolist() == [True, False]


def test_intervals_that_are_none_are_left_out_counted_and_told(path: Path) -> None:
    content = "812\n0\n800\n-5\n-6\nNaN\n790\ninf\n1e9\n780\n0.5\n"
    recording = one(path, content)
    assert recording.rr_ms.tolist() == [812, 800, 790, 780]
    assert recording.lost.tolist() == [False, True, True, True]
    assert told(path, content) == [
        "skipped line 6: it has no interval.",
        "skipped line 8: its interval is infinite.",
        "skipped 3 lines, the first is line 2: its interval is 0 or less.",
        "skipped line 11: its interval is shorter than 1 ms.",
        "skipped line 9: its interval is longer than a day.",
    ]


def test_a_long_pause_is_kept_for_the_timeline(path: Path) -> None:
    recording = one(path, "812\n624682\n800\n")
    assert recording.rr_ms.tolist() == [812, 624682, 800]
    assert recording.told == ()


@pytest.mark.parametrize(
    ("content", "what"),
    [("72\n70\n69\n", "about 70, which no RR interval in ms is: heart rates, perhaps"),
     ("812000\n800000\n790500\n", "about 800000, which no RR interval in ms is: microseconds, perhaps")],
)  # fmt: skip
def test_numbers_that_are_no_intervals_are_refused_and_not_taken_for_a_bad_rhythm(
    path: Path, content: str, what: str
) -> None:
    assert what in refusal(path, content)
    assert one(path, "250\n240\n260\n").rr_ms.tolist() == [250, 240, 260], "a newborn's, when it cries"


def test_words_are_refused_with_the_line(path: Path) -> None:
    assert refusal(path, "812\n800\nsitting\n790\n") == ", line 3: “sitting” is not a number."
    assert refusal(path, "812\n1_000\n790\n") == ", line 2: “1_000” is not a number."


def test_a_cut_off_last_line_is_left_out_and_told(path: Path) -> None:
    content = "812\n800\n79x"
    assert one(path, content).rr_ms.tolist() == [812, 800]
    assert told(path, content) == ["skipped the last line, 3, which looks cut off: “79x” is not a number."]


def test_a_last_number_that_lost_its_digits_is_left_out_and_told(path: Path) -> None:
    assert one(path, "812\n800\n79").rr_ms.tolist() == [812, 800]
    assert told(path, "812\n800\n79") == ["skipped line 3: the file ends in the middle of its number."]
    assert one(path, "812\n800\n79\n").rr_ms.tolist() == [812, 800, 79]
    assert one(path, "812\n800\n790").rr_ms.tolist() == [812, 800, 790]


def test_nothing_usable_is_refused(path: Path) -> None:
    assert refusal(path, "0\n0\n") == (
        ": no interval in it can be used (skipped 2 lines, the first is line 1: its interval is 0 or less)."
    )
    assert refusal(path, "nan\n-1\n").startswith(", line 1: “nan” is neither an RR interval nor a header") is False
