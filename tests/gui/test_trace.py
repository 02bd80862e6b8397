"""Curves: gaps stay open, artefacts break the line, ranges do not swim."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from biosync.gui.theme import Look
from biosync.gui.widgets.trace import (
    Axes,
    HeartLines,
    draw_heart,
    joined,
    normal_rates,
    settle_range,
    shown_rates,
    slid_to,
)
from tests.gui import made

AXES = Axes(QRectF(10, 20, 600, 100), end_s=100.0, seconds=60.0, low=50.0, high=90.0)


def test_times_and_values_find_their_places() -> None:
    assert AXES.x(np.array([40.0, 70.0, 100.0])).tolist() == [10.0, 310.0, 610.0]
    assert AXES.y(np.array([50.0, 70.0, 90.0])).tolist() == [120.0, 70.0, 20.0]


def test_a_clean_series_is_one_line() -> None:
    join = joined(made.person())
    assert not join[0]
    assert join[1:].all()


def test_artefacts_gaps_and_silences_break_the_line() -> None:
    person = made.person()
    labels, gap, beat_t = person.labels.copy(), person.gap.copy(), person.beat_t.copy()
    labels[10], gap[20] = 1, 1
    beat_t[30:] += 5.0
    join = joined(replace(person, labels=labels, gap=gap, beat_t=beat_t))
    assert np.flatnonzero(~join).tolist() == [0, 10, 11, 20, 30]


def test_nobody_and_one_beat_have_no_line() -> None:
    person = made.states()["waiting"]
    assert len(joined(person)) == 0
    one = replace(made.person(), beat_t=np.ones(1), heart_rate=np.ones(1), labels=np.zeros(1, np.int8),
                  gap=np.zeros(1, np.int8))
    assert joined(one).tolist() == [False]


def test_the_range_is_whole_fives_around_the_values_and_stays_while_it_fits() -> None:
    first = settle_range(None, np.array([61.0, 72.0]))
    assert first == (55.0, 75.0)
    assert settle_range(first, np.array([63.0, 68.0])) == first
    assert settle_range(first, np.array([63.0, 85.0])) == (60.0, 90.0)
    assert settle_range((40.0, 140.0), np.array([61.0, 72.0])) == (55.0, 75.0)
    assert settle_range(None, np.array([70.1, 70.2])) == (60.0, 80.0)
    assert settle_range(None, np.empty(0)) == (60.0, 80.0)


@example([64.5, 81.0])
@given(st.lists(st.floats(25, 220), min_size=1, max_size=20))
def test_the_range_holds_its_values_and_is_not_far_too_wide(values: list[float]) -> None:
    low, high = settle_range(None, np.array(values))
    assert low <= min(values) and max(values) <= high
    assert high - low <= max(25.0, max(values) - min(values) + 12)
    assert settle_range((low, high), np.array(values)) == (low, high)


@given(st.floats(0, 30_000), st.floats(50, 1000), st.floats(0, 1))
def test_a_curve_ends_less_than_half_a_pixel_before_now(now: float, width: float, share: float) -> None:
    end = slid_to(now, 60.0, width, share)
    assert -1e-9 <= (now - end) / 60 * width <= 0.5 + 1e-6


def test_artefacts_do_not_stretch_the_range() -> None:
    rates = normal_rates(made.person(odd=(3, 9)), 0.0)
    assert rates.max() < 80


def test_where_hrv_is_private_the_line_is_a_mean_that_holds_no_swing() -> None:
    """Beats differ by 20 bpm with the breath; of that the line of one who ticked the heart rate alone shows nothing."""
    seen = made.person(now=100.0, swing=10.0, breaths=6.0, odd=(20,))
    kept = replace(seen, hidden=frozenset({"rmssd"}))
    assert np.ptp(normal_rates(seen, 40.0)) > 15
    mean = normal_rates(kept, 40.0)
    assert np.ptp(mean) < 3 and abs(float(np.mean(mean)) - float(np.mean(normal_rates(seen, 40.0)))) < 1.5
    axes = replace(AXES, rect=QRectF(10, 20, 600, 300))
    heights = {}
    for person in (seen, kept):
        lines = HeartLines()
        lines.make(person, axes)
        heights[person.hidden] = np.ptp([end for line in lines.lines for end in (line.y1(), line.y2())])
        assert len(lines.lines) > 40
    assert heights[kept.hidden] < 0.2 * heights[seen.hidden]


def test_a_mean_begins_when_so_long_was_heard_and_is_of_what_counts() -> None:
    person = replace(made.person(now=100.0, odd=(20,)), hidden=frozenset({"rmssd"}))
    rates = shown_rates(person)
    since = person.beat_t - person.beat_t[0]
    assert np.isnan(rates[since < 9.9]).all() and np.isfinite(rates[since > 10.1]).all()
    assert np.nanmax(rates) < 75, "the artefact of 100 bpm is not in it"
    assert len(shown_rates(replace(made.states()["waiting"], hidden=frozenset({"rmssd"})))) == 0


@pytest.mark.parametrize("odd", [(), (20,)])
def test_an_artefact_is_marked_and_the_line_is_open_there(look: Look, odd: tuple[int, ...]) -> None:
    image = QImage(640, 160, QImage.Format.Format_RGB32)
    image.fill(QColor("black"))
    painter = QPainter(image)
    person = made.person(now=100.0, odd=odd)
    end = draw_heart(painter, AXES, person, QColor("#0000ff"), QColor("#ff0000"))
    painter.end()
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(160, 640, 4)
    blue, red = raw[:, :, 0] > 100, raw[:, :, 2] > 100
    assert end is not None and 595 < end.x() < 610
    assert red.any() == bool(odd)
    open_columns = ~blue[:, 15:590].any(axis=0)
    assert open_columns.any() == bool(odd)
