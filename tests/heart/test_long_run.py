"""What hours say of the offset: lines round it, a line through the guesses, within what the last minute allows."""

from __future__ import annotations

import copy
import functools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.heart.fence import Fence, closest_below
from biosync.heart.long_run import LongRun
from tests.heart.radio import Heart, Radio, receive

HOUR_S = 3600.0
value = st.floats(-5.0, 5.0)


@given(st.lists(value, min_size=2, max_size=40))
def test_no_point_lies_below_the_line_and_two_lie_on_it(values: list[float]) -> None:
    points = [(60.0 * n, value) for n, value in enumerate(values)]
    line = closest_below(points)
    above = sorted(y - line.at(t) for t, y in points)
    assert above[0] == pytest.approx(0.0, abs=1e-9)
    assert above[1] == pytest.approx(0.0, abs=1e-9)


@given(st.lists(value, min_size=3, max_size=40), st.integers(1, 39))
def test_no_other_line_below_all_points_is_closer_to_them(values: list[float], other: int) -> None:
    points = [(60.0 * n, value) for n, value in enumerate(values)]
    line, (_, _, slope) = closest_below(points), closest_below([points[0], points[min(other, len(points) - 1)]])
    start = min(y - slope * t for t, y in points)  # the highest line of another slope below all points
    assert sum(line.at(t) for t, _ in points) >= sum(start + slope * t for t, _ in points) - 1e-6


@pytest.mark.parametrize("skew", [0.0, 50e-6, -0.002])
def test_the_fence_holds_the_offset_of_an_even_clock(skew: float) -> None:
    dice, fence = np.random.default_rng(1), Fence()
    for n in range(2 * 3600):
        wait = dice.uniform(0.0, 0.9)
        offset = 100.0 + skew * n
        fence.feed(float(n), offset + wait, offset + wait - 0.9)
        bounds = fence.bounds(float(n))
        assert bounds is not None or n < 960
        if bounds is not None:
            assert bounds[0] - 0.02 <= offset <= bounds[1] + 0.02
    assert bounds is not None
    assert bounds[1] - bounds[0] < 0.05


def test_before_a_quarter_of_an_hour_the_guess_of_the_moment_holds() -> None:
    run = LongRun()
    for n in range(900):
        run.feed(float(n), 1.0, 0.2)
        assert run.best(float(n), 0.0, 0.4 + 0.1 * (n % 2), 1.0, 0.03) == 0.4 + 0.1 * (n % 2)


@given(st.lists(st.tuples(value, st.floats(0.05, 2.0), st.floats(0.0, 1.0)), min_size=1, max_size=30))
def test_the_guess_is_never_outside_of_what_the_last_minute_allows(moments: list[tuple[float, float, float]]) -> None:
    run = copy.deepcopy(learned(0.3))
    for n, (lowest, width, share) in enumerate(moments):
        t = 2 * HOUR_S + n
        highest = lowest + width
        run.feed(t, highest, lowest)
        assert lowest <= run.best(t, lowest, lowest + share * width, highest, 0.05) <= highest


def test_an_offset_that_jumped_is_learned_anew() -> None:
    run = copy.deepcopy(learned(0.3))
    found = 0.3
    for n in range(200):
        t = 2 * HOUR_S + n
        run.feed(t, 1.35, 1.25)
        found = run.best(t, 1.2, 1.3, 1.4, 0.05)
    assert found == 1.3


@functools.cache
def learned(offset: float) -> LongRun:
    """Return two hours' knowledge of a steady ``offset``."""
    run, dice = LongRun(), np.random.default_rng(2)
    for n in range(2 * 3600):
        wait = dice.uniform(0.0, 0.9)
        run.feed(float(n), offset + wait, offset + wait - 0.9)
        run.best(float(n), offset - 0.1, offset + dice.uniform(-0.05, 0.05), offset + 0.1, 0.05)
    return run


@pytest.mark.parametrize("heart_rate", [58.0, 59.0, 61.0])
def test_near_a_beat_a_second_hours_of_even_notifications_place_beats_alike(heart_rate: float) -> None:
    """From one beat to the next the last minute's guesses are off by some 50 ms here; those of hours agree."""
    received = receive(Radio(jitter_s=0.1, drift=-20e-6), 7, Heart(heart_rate), 3 * HOUR_S)
    late = received.true_t > HOUR_S / 2
    assert received.error[late].std() < 0.02
    assert received.inside >= 0.99
