"""The small parts: interpolation, the grid, the cue's course, nuisance columns, windows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import PchipInterpolator

from biosync.heart.intervals import Beats, from_rr
from biosync.together.cue_course import from_rows, steady
from biosync.together.evidence import any_of
from biosync.together.interpolation import shape_preserving
from biosync.together.nuisance import cue_columns, slow_columns
from biosync.together.sampled import sample
from biosync.together.series import Series, from_beats, from_intervals
from biosync.together.spans import common, longest, spans
from biosync.together.windowed import mean_correlation, windowed_z
from biosync.types import FloatArray

rates = st.lists(st.floats(40, 180), min_size=2, max_size=40)


def plain(t_s: FloatArray, bpm: FloatArray) -> Series:
    return Series(t_s, bpm, np.zeros(len(t_s)))


@given(rates)
def test_the_cubic_goes_through_its_points_and_never_beyond_them(y: list[float]) -> None:
    t, values = np.arange(len(y)) * 0.8, np.array(y)
    at = np.linspace(t[0], t[-1], 200)
    found = shape_preserving(t, values, at)
    piece = np.clip(np.searchsorted(t, at, side="right") - 1, 0, len(t) - 2)
    low, high = np.minimum(values[piece], values[piece + 1]), np.maximum(values[piece], values[piece + 1])
    assert np.all((found >= low - 1e-9) & (found <= high + 1e-9))
    assert shape_preserving(t, values, t) == pytest.approx(values)


def test_the_cubic_is_scipys_between_its_end_pieces() -> None:
    dice = np.random.default_rng(1)
    t, y = np.cumsum(dice.uniform(0.4, 1.4, 60)), dice.normal(70, 4, 60)
    at = np.linspace(t[1], t[-2], 500)
    assert shape_preserving(t, y, at) == pytest.approx(PchipInterpolator(t, y)(at))


def test_one_point_is_no_curve() -> None:
    with pytest.raises(ValueError, match="two points"):
        shape_preserving(np.zeros(1), np.zeros(1), np.zeros(1))


def test_a_series_stands_in_the_middle_of_the_intervals_and_leaves_out_what_is_flagged() -> None:
    t = np.arange(1, 40) * 0.8
    label = np.zeros(39, dtype=np.int8)
    label[20] = 1
    series = from_beats(Beats(t, np.full(39, 800.0), label, np.zeros(39, dtype=bool)), t / 100)
    assert series.t_s[0] == pytest.approx(0.4)
    assert series.heart_rate_bpm == pytest.approx(75.0)
    assert len(series) == 37  # the flagged one, and the other half of it
    assert series.uncertainty_s[-1] == pytest.approx(t[-1] / 100)


def test_beats_on_top_of_each_other_are_taken_once() -> None:
    x = from_rr(np.array([800.0, 100.0, 100.0, 800.0, 800.0]))
    assert np.all(np.diff(from_intervals(x).t_s) >= 0.15)


def test_an_empty_recording_is_an_empty_series() -> None:
    empty = np.empty(0)
    assert len(from_beats(Beats(empty, empty, empty.astype(np.int8), empty.astype(bool)))) == 0


def test_up_to_three_seconds_are_bridged_and_longer_gaps_stay_open() -> None:
    t = np.arange(0, 100, 0.8)
    short, long = t[(t < 40) | (t > 41.5)], t[(t < 40) | (t > 50)]
    assert sample(plain(short, np.full(len(short), 70.0)), 0.0, 99).known.all()
    found = sample(plain(long, np.full(len(long), 70.0)), 0.0, 99)
    assert not found.known[41:50].any()
    assert found.known[:40].all() and found.known[51:].all()
    assert found.slow == pytest.approx(70.0)


def test_what_is_slow_passes_and_what_is_quick_does_not() -> None:
    t = np.arange(0, 200, 0.25)
    seconds = np.arange(190)
    for hz, passes in ((0.1, 0.99), (0.3, 0.91), (0.6, 0.03)):
        slow = sample(plain(t, 70 + 5 * np.sin(2 * np.pi * hz * t)), 0.0, 190).slow - 70
        share = np.abs(2 * np.mean(slow * np.exp(-2j * np.pi * hz * seconds))) / 5
        assert share == pytest.approx(passes, abs=0.03)


def test_nobody_there_is_known_nowhere() -> None:
    assert not sample(plain(np.empty(0), np.empty(0)), 0.0, 60).known.any()


@given(st.floats(3, 12), st.floats(0, 0.999), st.integers(1, 40))
def test_a_steady_cue_is_found_again_however_far_apart_its_rows_are(bpm: float, phase: float, every: int) -> None:
    t = np.arange(0.0, 201.0, every)
    course = from_rows(t, np.full(len(t), bpm), (phase + t * bpm / 60) % 1)
    at = np.linspace(-5, 210, 50)
    assert course.at(at) == pytest.approx(phase + at * bpm / 60, abs=1e-6)


def test_a_moving_cue_is_followed_between_its_rows() -> None:
    t = np.arange(0.0, 200.0, 4.0)
    rate, cycles = 7 - 1.5 * t / 200, 7 / 60 * t - 1.5 * t**2 / 24000
    course = from_rows(t, rate, cycles % 1)
    at = np.linspace(0, 196, 400)
    assert course.at(at) == pytest.approx(7 / 60 * at - 1.5 * at**2 / 24000, abs=0.001)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (([], [], []), "at least one row"),
        (([0.0, 0.0], [6.0, 6.0], [0.0, 0.1]), "must rise"),
        (([0.0, 1.0], [6.0, 0.0], [0.0, 0.1]), "above 0"),
        (([0.0, 1.0], [6.0, 6.0], [0.0, np.nan]), "phase"),
    ],
)
def test_rows_that_make_no_cue_are_refused(rows: tuple[list[float], ...], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        from_rows(*(np.array(column, dtype=np.float64) for column in rows))


def test_the_columns_hold_what_a_cue_does_while_it_drifts() -> None:
    n, cue = 200, steady(6.0, 0.3)
    t = np.arange(n)
    columns = cue_columns([cue], 0.0, n)
    answer = (2 + np.cos(2 * np.pi * 0.004 * t)) * np.cos(2 * np.pi * 2 * cue.at(t.astype(np.float64)) + 1)
    left = answer - columns @ np.linalg.lstsq(columns, answer, rcond=None)[0]
    assert np.std(left) < 0.03 * np.std(answer)
    assert slow_columns(n).shape == (n, 13)
    assert cue_columns([], 0.0, n).shape == (n, 0)


def test_windows_are_plain_correlations_where_all_is_known() -> None:
    dice = np.random.default_rng(2)
    a, b = dice.normal(size=600), dice.normal(size=600)
    found = windowed_z(a, b, np.ones(600, dtype=bool))
    t = np.arange(120)
    expected = []
    for begin in range(0, 600 - 119, 4):
        x, y = (one[begin : begin + 120] - np.polyval(np.polyfit(t, one[begin : begin + 120], 1), t) for one in (a, b))
        expected.append(np.arctanh(np.corrcoef(x, y)[0, 1]))
    assert found == pytest.approx(np.array(expected))
    assert mean_correlation(found) == pytest.approx(np.tanh(np.mean(expected)))


def test_windows_with_too_little_known_do_not_count() -> None:
    dice = np.random.default_rng(3)
    a = dice.normal(size=800)
    b = np.where(np.arange(800) < 400, a, -a)
    known = np.ones(800, dtype=bool)
    known[380:600] = False
    z = windowed_z(a, b, known)
    assert len(z) < 171
    assert np.all(np.abs(z) > 7)  # never half of one and half of the other
    assert mean_correlation(windowed_z(a[:100], b[:100], known[:100])) is None


def test_long_times_are_cut_into_equal_parts() -> None:
    assert spans(0) == []
    assert spans(400) == [(0, 400)]
    assert spans(1201) == [(0, 300), (300, 300), (600, 300), (900, 300)]


def test_what_people_share() -> None:
    a, b = plain(np.array([0.0, 50.0]), np.ones(2)), plain(np.array([40.0, 90.0]), np.ones(2))
    later = plain(np.array([60.0, 90.0]), np.ones(2))
    assert common([a, b]) == (40.0, 50.0)
    assert longest([a, b]) == (0.0, 90.0)
    assert common([a, later]) is None
    assert longest([]) is None


def test_one_of_several_tests_is_the_chance_that_it_is_however_small() -> None:
    assert any_of(0.05, 9) == pytest.approx(1 - 0.95**9)
    assert any_of(1e-25, 9) == pytest.approx(9e-25)
    assert (any_of(0.0, 9), any_of(1.0, 9)) == (0.0, 1.0)
