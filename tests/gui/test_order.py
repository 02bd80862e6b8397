"""The coach's order: by need, without cards that jump about."""

from __future__ import annotations

import itertools

from biosync.gui.order import FALLS_AFTER_S, LOST, NONE, POOR, REST_S, RISES_AFTER_S, RISING, NeedOrder, need


def test_need_by_signal() -> None:
    assert need("lost", True) > need("held", True) > need("live", True) > need("live", False)
    assert need("warming", False) == need("waiting", False) == need("over", True) == NONE


def test_those_who_need_more_come_first_and_equals_keep_their_places() -> None:
    assert NeedOrder().update(0.0, [NONE, RISING, LOST, NONE, POOR]) == (2, 4, 1, 0, 3)


def test_a_need_counts_once_it_has_lasted() -> None:
    order = NeedOrder()
    order.update(0.0, [NONE, NONE])
    order.update(10.0, [NONE, LOST])
    assert order.update(10.0 + RISES_AFTER_S - 0.1, [NONE, LOST]) == (0, 1)
    assert order.update(10.0 + RISES_AFTER_S, [NONE, LOST]) == (1, 0)


def test_a_need_that_has_passed_keeps_its_place_for_a_while() -> None:
    order = NeedOrder()
    assert order.update(0.0, [NONE, LOST]) == (1, 0)
    order.update(20.0, [NONE, NONE])
    assert order.update(20.0 + FALLS_AFTER_S - 0.1, [NONE, NONE]) == (1, 0)
    assert order.update(20.0 + FALLS_AFTER_S, [NONE, NONE]) == (0, 1)


def test_a_signal_that_flickers_moves_no_card() -> None:
    order = NeedOrder()
    order.update(0.0, [NONE, NONE, NONE])
    seen = {order.update(10 + tenth / 10, [NONE, POOR if (tenth // 10) % 2 else NONE, NONE]) for tenth in range(600)}
    assert seen == {(0, 1, 2)}


def test_cards_rest_between_two_moves() -> None:
    order = NeedOrder()
    order.update(0.0, [NONE, NONE, NONE])
    moves = []
    before = (0, 1, 2)
    for tenth in range(1200):
        now = 10 + tenth / 10
        needs = [LOST if now % 40 > 20 else NONE, POOR if now % 30 > 12 else NONE, RISING if now % 50 > 9 else NONE]
        after = order.update(now, needs)
        if after != before:
            moves.append(now)
            before = after
    assert len(moves) > 2
    assert min(b - a for a, b in itertools.pairwise(moves)) >= REST_S - 1e-9


def test_no_card_moves_while_somebody_reads() -> None:
    order = NeedOrder()
    order.update(0.0, [NONE, NONE])
    for second in range(30):
        assert order.update(10.0 + second, [NONE, LOST], hold=True) == (0, 1)
    assert order.update(41.0, [NONE, LOST]) == (1, 0)


def test_another_number_of_people_begins_anew() -> None:
    order = NeedOrder()
    order.update(0.0, [NONE, LOST])
    assert order.update(1.0, [NONE, NONE, LOST]) == (2, 0, 1)
    assert order.update(2.0, []) == ()
