"""Does recovery alone get sooner over weeks? Only against oneself, only where it can be told, and in words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from biosync.store.recovery_trend import RecoveryTrend, in_words, mann_kendall, trend_of
from biosync.store.summaries import Figures


def over_days(took_s: list[float | None], marked: bool = False) -> list[tuple[str, str, Figures]]:
    return [
        (f"s{day}", f"2026-05-{day + 1:02}T12:00:00+00:00", Figures(20.0, 50.0, took, marked))
        for day, took in enumerate(took_s)
    ]


def trend(took_s: list[float | None]) -> RecoveryTrend:
    found = trend_of(over_days(took_s))
    assert found is not None
    return found


def test_what_falls_session_by_session_is_sooner() -> None:
    found = trend([80.0, None, 70.0, 72.0, 60.0, 50.0, None, 45.0, 40.0])
    assert found.direction == "sooner" and found.median_s == 60.0
    assert in_words(found) == (
        "Alone, half-way back after the peak: sooner over 7 sessions since 2026-05-01, "
        "72 s in the earlier half, 45 s in the later; your median is 60 s."
    )
    assert trend([40.0, 45.0, 50.0, 60.0, 70.0, 80.0]).direction == "later"


def test_what_goes_up_and_down_is_no_change() -> None:
    found = trend([50.0, 40.0, 60.0, 45.0, 55.0, 48.0, 52.0])
    assert found.direction == "no change"
    assert in_words(found).endswith("no change to tell over 7 sessions since 2026-05-01; your median is 50 s.")


@pytest.mark.parametrize("count", [1, 2, 5])
def test_of_few_sessions_nothing_is_told(count: int) -> None:
    found = trend([float(90 - 10 * k) for k in range(count)])
    assert found.direction is None and found.p_value is None
    assert f"cannot tell yet if that changes ({count} of the 6 sessions it takes)" in in_words(found)


def test_where_there_was_nothing_to_come_back_from_there_is_no_trend() -> None:
    assert trend_of(over_days([None] * 9)) is None
    assert trend_of([]) is None


def test_a_marked_stress_and_a_peak_are_not_mixed() -> None:
    """From the mark it takes longer than from the peak: who begins to mark would seem to come back later."""
    found = trend_of([*over_days([30.0] * 4), *over_days([60.0] * 6, marked=True)])
    assert found is not None and found.marked and found.direction == "no change"
    assert {one.took_s for one in found.points} == {60.0}
    assert "after a marked stress" in in_words(found)


def test_one_recovery_has_no_halves() -> None:
    with pytest.raises(ValueError, match="halves"):
        _ = trend([40.0]).halves_s


@given(st.lists(st.integers(10, 40).map(float), min_size=3, max_size=60))
def test_the_test_is_that_of_mann_and_kendall(values: list[float]) -> None:
    score, p_value = mann_kendall(values)
    assert 0 <= p_value <= 1
    tau = kendalltau(np.arange(len(values)), values, method="asymptotic")
    if len(set(values)) > 1:
        assert np.sign(score) == np.sign(np.round(tau.statistic, 9))
        assert p_value >= tau.pvalue - 1e-9  # the correction for continuity makes it more careful
    else:
        assert (score, p_value) == (0, 1.0)


def test_without_a_trend_one_in_twenty_is_told_at_most() -> None:
    dice = np.random.default_rng(1)
    told = [mann_kendall(np.round(dice.exponential(40, 12)).tolist())[1] < 0.05 for _ in range(600)]
    assert np.mean(told) <= 0.05
