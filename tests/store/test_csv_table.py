from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.files import one, refusal, several, told


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ana.csv"


@pytest.mark.parametrize(
    "content",
    [
        "t_s,rr_ms\n0.812,812\n1.6125,800.5\n",
        "T_s, RR_ms\r\n0.812, 812\r\n1.6125, 800.5\r\n",
        "\ufefft;rr_ms\r\n0,812;812\r\n1,6125;800,5\r\n",
        "t\trr_ms\n0,812\t812\n1.6125\t800.5\n",
        '"t_s","note","rr_ms"\n"0.812","a, ""b""","812"\n"1.6125","","800.5"\n',
        "rr_ms,t_s,rr_ticks_1024hz,mood\n812,0.812,1,words\n800.5,1.6125,1,\n",
        "note\tt_s\trr_ms\n\t0.812\t812\n\t1.6125\t800.5\n",
        "t_s,rr_ms,,\n0.812,812,,\n1.6125,800.5,,,\n",
    ],
)
def test_tables_are_read_in_every_spelling(path: Path, content: str) -> None:
    recording = one(path, content)
    assert recording.rr_ms.tolist() == [812, 800.5]
    assert recording.t_s is not None
    assert recording.t_s.tolist() == [0.812, 1.6125]
    assert recording.told == ()


def test_ticks_are_exact(path: Path) -> None:
    assert one(path, "rr_ticks_128hz\n89\n91\n").rr_ms.tolist() == [695.3125, 710.9375]
    assert one(path, "rr_ticks_1024hz\n853\n").rr_ms.tolist() == [853 / 1024 * 1000]


def test_arrivals_come_in_seconds_or_epoch_ms(path: Path) -> None:
    seconds = one(path, "arrival_s,rr_ms\n1.5,812\n2.5,800\n2.5,790\n")
    assert seconds.t_s is None and seconds.arrival_s is not None
    assert seconds.arrival_s.tolist() == [1.5, 2.5, 2.5]
    epoch = one(path, "epoch_ms,rr_ms\n1622959867016,812\n1622959868003,800\n")
    assert epoch.arrival_s is not None
    assert epoch.arrival_s.tolist() == pytest.approx([1622959867.016, 1622959868.003], abs=1e-6)


def test_an_empty_arrival_is_that_of_the_row_before(path: Path) -> None:
    recording = one(path, "arrival_s,rr_ms\n,812\n2.5,800\n,790\n3.5,780\n")
    assert recording.arrival_s is not None
    assert recording.arrival_s.tolist() == [2.5, 2.5, 2.5, 3.5]


def test_arrivals_never_fall(path: Path) -> None:
    recording = one(path, "arrival_s,rr_ms\n1.0,600\n2.0,610\n2.6,620\n2.0,630\n3.0,640\n")
    assert recording.arrival_s is not None
    assert recording.arrival_s.tolist() == [1.0, 2.0, 2.0, 2.0, 3.0]


def test_people_in_one_table_are_told_apart(path: Path) -> None:
    content = "t,person,rr_ms,t_uncertainty_s\n1,Zoë,900,0.1\n1.1,Ben,800,\n1.9,Zoë,0,0.2\n2.8,Zoë,910,\n1.9,,700,0.3\n"
    zoe, ben, nameless = several(path, content)
    assert [zoe.person, ben.person, nameless.person] == ["Zoë", "Ben", "ana"]
    assert zoe.rr_ms.tolist() == [900, 910] and zoe.lost.tolist() == [False, True]
    assert zoe.t_uncertainty_s is not None and zoe.t_uncertainty_s.tolist() == [0.1, 0.1]
    assert ben.rr_ms.tolist() == [800] and ben.t_uncertainty_s is None
    assert zoe.told == ben.told == nameless.told != ()


def test_names_from_a_windows_spreadsheet_are_read(path: Path) -> None:
    assert one(path, "rr_ms;person\n812;Zoë\n".encode("cp1252")).person == "Zoë"


def test_a_time_without_a_beat_stays_a_gap_in_time(path: Path) -> None:
    content = "t_s,rr_ms\n1.0,1000\n2.0,0\n3.0,nan\n4.0,1000\nnan,1000\n6.0,1000\n"
    recording = one(path, content)
    assert recording.t_s is not None
    assert recording.t_s.tolist() == [1.0, 4.0, 6.0]
    assert recording.lost.tolist() == [False, True, True]
    assert told(path, content) == [
        "skipped line 4: it has no interval.",
        "skipped line 3: its interval is 0 or less.",
        "skipped line 6: it has no time.",
    ]


def test_a_time_that_does_not_rise_is_left_out_and_told(path: Path) -> None:
    content = "t_s,rr_ms\n1.0,1000\n2.0,1000\n2.0,1000\n1.5,1000\n3.0,1000\n"
    recording = one(path, content)
    assert recording.t_s is not None
    assert recording.t_s.tolist() == [1.0, 2.0, 3.0]
    assert told(path, content) == [
        "skipped 2 lines, the first is line 4: its time is not after that of the line before."
    ]


def test_a_clock_that_starts_again_goes_on_after_a_gap(path: Path) -> None:
    content = "t_s,rr_ms\n100.0,1000\n101.0,1000\n1.0,1000\n2.0,1000\n"
    recording = one(path, content)
    assert recording.t_s is not None
    assert recording.t_s.tolist() == [100.0, 101.0, 102.0, 103.0]
    assert recording.lost.tolist() == [False, False, True, False]
    assert told(path, content) == [
        "the clock was set or started again in line 4, so how long the gap before it is cannot be known."
    ]


def test_a_table_in_seconds_is_read_and_told(path: Path) -> None:
    content = "rr_ms\n0.812\n0.8\n"
    assert one(path, content).rr_ms.tolist() == [812, 800]
    assert told(path, content) == ["the intervals have a median below 10 ms, so they were read as seconds."]


def test_a_cut_off_last_row_is_left_out_and_told(path: Path) -> None:
    assert told(path, "t_s,rr_ms\n0.812,812\n1.6") == ["skipped line 3: it has no interval."]
    assert told(path, "t_s,rr_ms\n0.812,812\n1.612,8") == ["skipped line 3: the file ends in the middle of its number."]
    assert told(path, 't_s,rr_ms\n0.812,812\n1.612,"80') == [
        'skipped the last line, 3, which looks cut off: “1.612,"80” has a quotation mark that is not closed.'
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("t_s,rr_ms\n0.812,812\nbreak,\n1.6,800\n", ", line 3: “break” is not a number."),
        ("t_s,rr_ms\n0,812,812,5\n", ", line 2: 4 fields where the header has 2; a decimal comma needs semicolons"
         " between the fields."),
        ("t_s,rr_ms\n", ": there is no RR interval in it."),
        ('rr_ms,person\n812,"Ben\n800,Ben\n', ", line 2: “812,\"Ben” has a quotation mark that is not closed."),
        ("t_s,resp\n0.1,0.3\n", ", line 1: “t_s,resp” is neither an RR interval nor a header with a column rr_ms,"
         " rr_ticks_128hz or rr_ticks_1024hz."),
        ("0.812,812\n1.6,800\n", ", line 1: “0.812,812” is neither an RR interval nor a header with a column rr_ms,"
         " rr_ticks_128hz or rr_ticks_1024hz."),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_the_line(path: Path, content: str, sentence: str) -> None:
    assert refusal(path, content) == sentence
