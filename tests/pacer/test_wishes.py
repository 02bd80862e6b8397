"""What people asked for is done once, and remembered."""

from __future__ import annotations

from biosync.pacer.wishes import ASKED_STEP, WISHED, Wishes


def test_nothing_is_wished_at_first() -> None:
    assert Wishes().factor is None
    assert [Wishes().bounded(rate) for rate in (4.0, 9.0, 20.0)] == [4.0, 9.0, 20.0]


def test_too_slow_makes_a_floor_that_rises_and_takes_the_ceiling_away() -> None:
    wishes = Wishes()
    wishes.too_fast(12.0)
    wishes.too_slow(8.0)
    assert wishes.factor == 1 / (1 + ASKED_STEP)
    assert wishes.bounded(6.0) == 8.0 * (1 + WISHED)
    assert wishes.bounded(15.0) == 15.0
    wishes.too_slow(6.0)
    assert wishes.bounded(6.0) == 8.0 * (1 + WISHED)


def test_too_fast_makes_a_ceiling_until_they_are_lost() -> None:
    wishes = Wishes()
    wishes.too_slow(6.0)
    wishes.too_fast(8.0)
    assert wishes.factor == 1 + ASKED_STEP
    assert wishes.bounded(12.0) == 8.0 * (1 - WISHED)
    assert wishes.bounded(5.0) == 5.0
    wishes.lost()
    assert wishes.bounded(12.0) == 12.0
