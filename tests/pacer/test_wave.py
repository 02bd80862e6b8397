"""The cue's phase over hours: continuous, exact, and readable backwards."""

from __future__ import annotations

import numpy as np
import pytest

from biosync.pacer.wave import Wave


def test_advances_by_the_rate_that_was_last_put_out() -> None:
    wave = Wave(10.0, 12.0)
    assert not wave.advance(14.0)
    assert wave.phase == pytest.approx(0.8)
    assert wave.advance(16.0)
    wave.turn_to(6.0)
    wave.advance(21.0)
    assert wave.phase == pytest.approx(0.7)
    assert wave.cycles == pytest.approx(1.7)


def test_no_digit_is_lost_over_a_day() -> None:
    wave = Wave(0.0, 6.0)
    for second in range(86_400):
        wave.advance(second + 1.0)
    assert wave.phase == pytest.approx(0.0, abs=1e-7) or wave.phase == pytest.approx(1.0, abs=1e-7)
    assert wave.cycles == pytest.approx(8640)


def test_the_past_can_be_read() -> None:
    wave = Wave(0.0, 12.0)
    wave.advance(10.0)
    wave.turn_to(6.0)
    wave.advance(30.0)
    assert wave.cycles_at(np.array([0.0, 5.0, 10.0, 20.0, 30.0, 32.0])) == pytest.approx([0, 1, 2, 3, 4, 4.2])


def test_time_never_runs_back() -> None:
    wave = Wave(0.0, 12.0)
    wave.advance(4.0)
    assert not wave.advance(3.0)
    assert wave.phase == pytest.approx(0.8)


def test_a_cycle_that_lacks_no_more_than_a_floats_dust_is_over() -> None:
    wave = Wave(0.0, 10.0)
    assert [wave.advance(float(t)) for t in range(1, 13)] == [False] * 5 + [True] + [False] * 5 + [True]
    assert 0.0 <= wave.phase < 1e-9
