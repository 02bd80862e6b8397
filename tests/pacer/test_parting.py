"""Evidence for a parting adds up: fast where a heart shows much, slowly where it shows little."""

from __future__ import annotations

import numpy as np
import pytest

from biosync.pacer.parting import ENOUGH, LEAST_BREATHS, Parting

LOOK_S = 10.0


def watched(error_bpm: float, off_bpm: float = 0.0) -> Parting:
    """Return a parting of somebody whose looks have that error, and lie so far off what is usual."""
    parting = Parting()
    for _ in range(LEAST_BREATHS):
        parting.learn(error_bpm, off_bpm)
    return parting


def after(parting: Parting, part: float, expected: float = 1.0) -> float | None:
    """Return after how many seconds of so much of a swing of 2 bpm they have parted; None if not within 300."""
    for second in range(1, 301):
        parting.look(part, 2.0, expected, 1.0, LOOK_S)
        if parting.parted:
            return float(second)
    return None


def test_the_less_a_heart_shows_the_longer_it_takes() -> None:
    late = [after(watched(error_bpm), 0.0) for error_bpm in (0.1, 1.0, 1.6, 2.4)]
    assert late == sorted(late, key=lambda one: one or 1e9) and late[0] == 4.0
    assert late[-1] is not None and late[-1] > 80


def test_a_heart_whose_swings_differ_from_breath_to_breath_is_given_longer() -> None:
    even, uneven = after(watched(0.1), 0.0), after(watched(0.1, off_bpm=2.0), 0.0)
    assert even is not None and uneven is not None and uneven > 4 * even
    assert watched(0.1, off_bpm=2.0).error(2.0) == pytest.approx(2.0 / 2**0.5 / 2.0)


def test_who_is_there_has_not_parted() -> None:
    assert after(watched(0.5), 1.0) is None
    assert after(watched(0.5), 0.6) is None


def test_of_a_heart_that_is_quiet_less_is_expected() -> None:
    assert after(watched(0.5), 0.3) is not None
    assert after(watched(0.5), 0.3, expected=0.45) is None
    assert after(watched(0.5), 0.0, expected=0.45) is not None


def test_a_swing_the_wrong_way_round_says_no_more_than_none() -> None:
    one, other = watched(0.8), watched(0.8)
    one.look(0.0, 2.0, 1.0, 1.0, LOOK_S)
    other.look(-3.0, 2.0, 1.0, 1.0, LOOK_S)
    assert one.evidence == other.evidence > 0


def test_nothing_is_known_before_a_few_breaths() -> None:
    parting = Parting()
    for _ in range(LEAST_BREATHS - 1):
        parting.learn(0.1, 0.1)
    assert after(parting, 0.0) is None and parting.error(2.0) == float("inf")


def test_what_spoke_for_them_long_ago_is_no_excuse() -> None:
    parting = watched(1.0)
    for _ in range(100):
        parting.look(1.0, 2.0, 1.0, 1.0, LOOK_S)
    assert after(parting, 0.0) == after(watched(1.0), 0.0)


@pytest.mark.parametrize("error", [0.3, 0.5, 0.8])
def test_looks_as_noisy_as_was_learned_seldom_part_who_stays(error: float) -> None:
    dice, parted = np.random.default_rng(3), 0
    for _ in range(200):
        parting = watched(2.0 * error)
        for look in dice.normal(1.0, error, 12):  # two minutes, each look a new breath
            for _ in range(round(LOOK_S)):
                parting.look(look, 2.0, 1.0, 1.0, LOOK_S)
        parted += parting.evidence >= ENOUGH
    assert parted <= 12


def test_a_return_is_told_where_the_usual_swing_shows_for_long_enough() -> None:
    parting = watched(1.0)
    parting.lost()
    for _ in range(20):
        parting.look(0.0, 2.0, 1.0, 1.0, LOOK_S)
    assert not parting.back and parting.returning_s == 0.0
    seconds = 0
    while not parting.back:
        parting.look(1.0, 2.0, 1.0, 1.0, LOOK_S)
        seconds += 1
        assert seconds < 60
    assert parting.returning_s == seconds > 5


def test_while_it_is_unknown_how_looks_differ_nothing_has_to_speak_for_leaving() -> None:
    assert Parting().says_so
    assert not watched(1.0).says_so
