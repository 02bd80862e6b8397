"""The tidy table: beats as received and as corrected side by side, the cue's phase, the markers."""

from __future__ import annotations

import csv
import math
from io import StringIO

import numpy as np
from hypothesis import given

from biosync.events import LABELS, Cue, Marker
from biosync.heart.correction import correct
from biosync.heart.intervals import Beats
from biosync.heart.labeller import label
from biosync.store.exports import csv_table
from biosync.store.timeline import Timeline
from tests.store.exports.made import STARTED, content, line, timelines, written

STEADY = [round(800 + 25 * math.sin(k / 1.3) + 7 * math.sin(3.1 * k), 1) for k in range(32)]


def rows(*args: object) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(written(csv_table, content(*args)))))  # type: ignore[arg-type]


def column(table: list[dict[str, str]], name: str) -> list[float]:
    return [float(row[name]) for row in table if row[name]]


def test_a_steady_heart_gives_a_row_a_beat() -> None:
    table = rows({"Ana": line(STEADY, [0] * 32)})
    assert len(table) == 32
    assert {(row["label"], row["gap"], row["person"], row["started"]) for row in table} == {
        ("normal", "0", "Ana", STARTED)
    }
    assert column(table, "rr_ms") == column(table, "corrected_rr_ms") == STEADY


def test_a_missed_beat_gets_a_row_of_its_own_in_the_corrected_column() -> None:
    table = rows({"Ana": line([*STEADY, 1600.0, *STEADY], [0] * 65)})
    assert (len(column(table, "rr_ms")), len(column(table, "corrected_rr_ms"))) == (65, 66)
    at = next(k for k, row in enumerate(table) if row["label"] == "missed")
    made, received = table[at - 1], table[at]
    assert (made["rr_ms"], made["label"], made["gap"], made["corrected_rr_ms"]) == ("", "", "", "800")
    assert (received["rr_ms"], received["corrected_rr_ms"]) == ("1600", "800")
    assert math.isclose(float(received["t"]) - float(made["t"]), 0.8)


def test_an_extra_beat_leaves_its_first_part_without_a_corrected_interval() -> None:
    table = rows({"Ana": line([*STEADY, 400.0, 400.0, *STEADY], [0] * 66)})
    at = next(k for k, row in enumerate(table) if row["label"] == "extra")
    assert [(row["rr_ms"], row["corrected_rr_ms"]) for row in table[at : at + 2]] == [("400", ""), ("400", "800")]


@given(ana=timelines())
def test_both_columns_are_the_series_as_they_are_in_the_order_of_their_times(ana: Timeline) -> None:
    table = rows({"Ana": ana})
    codes = label(ana.rr_ms, ana.gap)
    x = correct(Beats(ana.t_s, ana.rr_ms, codes, ana.gap))
    assert column(table, "rr_ms") == ana.rr_ms.tolist()
    assert [row["label"] for row in table if row["rr_ms"]] == [LABELS[code] for code in codes]
    corrected = [row for row in table if row["corrected_rr_ms"]]
    assert column(table, "corrected_rr_ms") == x.rr_ms.tolist()
    assert [float(row["t"]) for row in corrected] == x.t_s.tolist()
    assert [row["corrected_gap"] == "1" for row in corrected[1:]] == (~x.follows[1:]).tolist()
    assert np.all(np.diff([float(row["t"]) for row in table]) > 0)


def test_the_cue_is_that_of_the_moment_and_of_ones_own_group() -> None:
    cues = [Cue(2.0, ("Ana",), 6.0, 0.9, 0.4, "lead", 1.0, "x"), Cue(3.0, ("Ben",), 12.0, 0.5, 0.4, "lead", 1.0, "x")]
    steady = line([1000.0] * 6, [0] * 6, begins_s=0.0)
    table = rows({"Ana": steady, "Ben": steady}, cues)
    ana, ben = table[:6], table[6:]
    assert [row["cue_rate_bpm"] for row in ana] == ["", "6", "6", "6", "6", "6"]
    assert [row["cue_phase"] for row in ana] == ["", "0.9", "0", "0.1", "0.2", "0.3"]
    assert [row["cue_rate_bpm"] for row in ben] == ["", "", "12", "12", "12", "12"]


def test_markers_stand_at_the_next_beat_with_their_own_time() -> None:
    steady = line([1000.0] * 4, [0] * 4, begins_s=0.0)
    markers = [Marker(1.2, None, "door\nbell"), Marker(1.4, "Ben", "cold"), Marker(9.0, "Ana", "after")]
    table = rows({"Ana": steady, "Ben": steady}, (), markers)
    assert [row["marker"] for row in table[:4]] == ["", "1.200 s: door bell", "", "9.000 s: after"]
    assert [row["marker"] for row in table[4:]] == ["", "1.200 s: door bell; 1.400 s: cold", "", ""]


def test_names_that_would_break_a_table_do_not() -> None:
    (one, *_) = rows({'A "quoted", name\x00': line([800.0] * 3, [0] * 3)})
    assert one["person"] == 'A "quoted", name'
