"""Groups of three and more: order, parts, chance, and what they cost."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import kstest

from biosync.together.cue_course import steady
from biosync.together.groups import GroupResult
from biosync.together.meeting import meet
from biosync.together.series import Series
from tests.together.people import group


def met(people: list[Series]) -> GroupResult:
    found = meet(people, lead=False)
    assert found is not None and found.group is not None
    return found.group


def test_strangers_have_order_zero_on_average_whatever_their_number() -> None:
    for size in (3, 5, 8):
        orders = [met(group(seed, size)).order for seed in range(24)]
        assert abs(np.mean(np.array(orders, dtype=float))) < 0.04


def test_the_chance_of_a_group_is_spread_evenly_for_strangers() -> None:
    found = [met(group(seed, 4)).chance for seed in range(120)]
    assert kstest([one.p_value for one in found if one is not None], "uniform").pvalue > 0.005


def test_one_heart_many_times_is_all_order() -> None:
    one = group(1, 3)[0]
    found = met([one, one, one])
    assert found.order == pytest.approx(1.0)
    assert found.members == pytest.approx((1.0, 1.0, 1.0))


def test_who_sits_apart_has_a_small_part() -> None:
    found = met(group(2, 5, apart=1, shared_bpm=4.0))
    parts = np.array(found.members, dtype=float)
    assert np.all(parts[:4] > parts[4] + 0.3)
    assert np.all(parts[:4] > np.array(found.by_chance, dtype=float)[:4])
    assert found.chance is not None and found.chance.beyond_chance
    assert found.order is not None and found.order > 0.2


def test_a_fixed_lag_lessens_the_order_but_nobodys_part() -> None:
    people = group(3, 4, shared_bpm=5.0)
    lagged = [Series(one.t_s + 2.5 * (k == 3), one.heart_rate_bpm, one.uncertainty_s) for k, one in enumerate(people)]
    before, after = met(people), met(lagged)
    assert before.order is not None and after.order is not None and after.order < before.order - 0.2
    assert before.members[3] is not None and after.members[3] == pytest.approx(before.members[3], abs=0.2)


def test_one_who_comes_late_spoils_nobody_elses_figures() -> None:
    people = group(4, 3, shared_bpm=4.0)
    late = [*people[:2], people[2].between(140.0, 200.0)]
    both, alone = meet(late, lead=False), meet(people[:2], lead=False)
    assert both is not None and alone is not None
    assert both.pairs[0][2].in_step.synchrony == pytest.approx(alone.pairs[0][2].in_step.synchrony, abs=0.02)
    assert both.pairs[1][2].in_step.p_value is None  # less than a minute is known of both
    assert both.group is not None and both.group.members[2] is None


def test_a_cue_each_is_taken_out_of_both_of_a_pair() -> None:
    people = group(5, 3)
    cue = steady(6.0)
    found = meet(people, [(cue,), (cue,), ()], lead=False)
    assert found is not None and found.group is not None
    assert [pair.beyond_cue is not None for _, _, pair in found.pairs] == [True, True, True]
    assert found.group.beyond_cue is not None
    assert meet(people, [(), (), ()], lead=False) == meet(people, lead=False)


@pytest.mark.parametrize("size", [1, 17])
def test_only_two_to_sixteen_are_compared(size: int) -> None:
    with pytest.raises(ValueError, match="2 to 16"):
        meet([group(6, 2)[0]] * size)


def test_people_who_share_no_time_do_not_meet() -> None:
    a, b = group(7, 2)
    assert meet([a.between(0.0, 80.0), b.between(100.0, 200.0)]) is None
