from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.events import LABELS
from biosync.heart.labeller import Labeller, label
from biosync.types import FloatArray
from tests.heart import artefacts

NORMAL, ECTOPIC, MISSED, EXTRA, LONG, SHORT = range(len(LABELS))

anything = st.lists(
    st.tuples(st.floats(min_value=0, exclude_min=True, allow_infinity=False), st.booleans()), max_size=60
)
plausible = st.lists(
    st.tuples(st.one_of(st.floats(250, 2600), st.sampled_from([400.0, 800.0, 805.0, 1600.0])), st.booleans()),
    max_size=120,
)


def steady(n: int = 120, seed: int = 0) -> FloatArray:
    return artefacts.heart(n, seed, sd_ms=10, breath_ms=15)


@given(anything)
def test_any_positive_intervals_get_one_known_code_each(beats: list[tuple[float, bool]]) -> None:
    codes = label(np.array([rr for rr, _ in beats]), np.array([gap for _, gap in beats], dtype=bool))
    assert len(codes) == len(beats)
    assert set(codes.tolist()) <= set(range(len(LABELS)))


@given(plausible, st.data())
def test_what_is_decided_live_never_changes_with_what_comes_later(
    beats: list[tuple[float, bool]], data: st.DataObject
) -> None:
    whole = label(np.array([rr for rr, _ in beats]), np.array([gap for _, gap in beats], dtype=bool)).tolist()
    labeller = Labeller()
    cut = data.draw(st.integers(0, len(beats)))
    head = [code for rr, gap in beats[:cut] for code in labeller.feed(rr, gap)]
    assert head == whole[: len(head)]
    assert len(head) >= cut - 2
    tail = [code for rr, gap in beats[cut:] for code in labeller.feed(rr, gap)]
    assert head + tail + labeller.flush() == whole


def test_a_beat_is_decided_two_beats_later() -> None:
    labeller = Labeller()
    assert [len(labeller.feed(rr)) for rr in (800.0, 810.0, 805.0, 800.0)] == [0, 0, 1, 1]
    assert labeller.flush() == [NORMAL, NORMAL]


def test_a_gap_decides_what_was_waiting() -> None:
    labeller = Labeller()
    for rr in (800.0, 810.0):
        labeller.feed(rr)
    assert labeller.feed(805.0, gap=True) == [NORMAL, NORMAL]


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        ((760.0, 1640.0, 790.0), [NORMAL, MISSED, NORMAL]),
        ((300.0, 500.0, 800.0), [EXTRA, NORMAL, NORMAL]),
        ((540.0, 1080.0, 800.0), [ECTOPIC, NORMAL, NORMAL]),
        ((800.0, 1120.0, 800.0), [NORMAL, LONG, NORMAL]),
        ((800.0, 560.0, 800.0), [NORMAL, SHORT, NORMAL]),
        ((1640.0, 1600.0, 800.0), [MISSED, MISSED, NORMAL]),
        ((540.0, 560.0, 1280.0), [ECTOPIC, ECTOPIC, NORMAL]),
        ((800.0, 250.0, 550.0), [NORMAL, EXTRA, NORMAL]),
    ],
    ids=["missed", "extra", "ectopic", "long", "short", "two missed", "couplet", "below 300 ms"],
)
def test_each_artefact_gets_its_name(spoil: tuple[float, ...], expected: list[int]) -> None:
    rr = np.round(800 + 12 * np.sin(np.arange(120) * 0.9))
    rr[60:63] = spoil
    codes = label(rr)
    if expected[:2] == [ECTOPIC, ECTOPIC]:
        assert np.all(codes[60:62] != NORMAL)
    else:
        assert codes[60:63].tolist() == expected
    codes[60:63] = NORMAL
    assert not np.any(codes)


@pytest.mark.parametrize("beats", [4, 8, 16])
def test_every_second_beat_missed_in_a_row_is_seen_to_the_end(beats: int) -> None:
    rr = steady(200)
    rr[80 : 80 + beats] *= 2
    codes = label(rr)
    assert np.all(codes[80 : 80 + beats] == MISSED)
    assert np.mean(np.delete(codes, range(80, 80 + beats)) != NORMAL) < 0.02


@pytest.mark.parametrize("change", [-250.0, -150.0, 150.0, 300.0])
def test_a_step_of_the_heart_rate_is_no_artefact(change: float) -> None:
    rr = artefacts.heart(400, 3, mean_ms=900)
    rr[200:] += change
    assert np.mean(label(rr)[150:] != NORMAL) < 0.01


def test_livelier_breathing_is_not_taken_for_artefacts() -> None:
    calm = artefacts.heart(300, 1, mean_ms=800, sd_ms=8, breath_ms=6, white_ms=2)
    deep = artefacts.heart(300, 2, mean_ms=830, sd_ms=30, breath_ms=90, breath_s=8, white_ms=8)
    assert np.mean(label(np.concatenate([calm, deep])) != NORMAL) < 0.015


def test_a_recording_that_begins_among_missed_beats_is_found_again() -> None:
    rr = steady(300)
    rr[:60] *= 2
    assert np.mean(label(rr)[120:] != NORMAL) < 0.02


def test_a_pause_which_nobody_marked_is_long_and_breaks_the_chain() -> None:
    rr = steady(100)
    rr[50] = 624_682.0
    codes = label(rr)
    assert codes[50] == LONG
    assert np.count_nonzero(codes) == 1


def test_across_a_gap_nothing_is_compared() -> None:
    rr = np.concatenate([np.full(60, 1000.0), np.full(60, 600.0)])
    gap = np.zeros(120, dtype=bool)
    gap[60] = True
    assert not np.any(label(rr, gap))


@pytest.mark.parametrize("early", [500.0, 620.0, 690.0])
def test_an_early_beat_is_seen_where_a_gap_takes_its_pause(early: float) -> None:
    rr, gap = np.append(steady(60) + 200, steady(60) + 200), np.zeros(120, dtype=bool)
    gap[60], rr[59] = True, early
    codes = label(rr, gap)
    assert codes[59] != NORMAL
    assert np.count_nonzero(codes) == 1


def test_a_step_of_the_heart_rate_before_a_gap_is_no_artefact() -> None:
    rr, gap = np.append(steady(60) + 200, steady(60)), np.zeros(120, dtype=bool)
    rr[57:60] -= 250
    gap[60] = True
    assert not np.any(label(rr, gap))


def test_a_day_of_beats_takes_seconds() -> None:
    rr = artefacts.heart(20_000, 0)
    started = time.thread_time()
    label(rr)
    assert (time.thread_time() - started) / len(rr) < 100e-6
