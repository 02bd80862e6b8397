"""Looks at two and more: what is lit, and when; who leads; what a gap does; how groups are told."""

from __future__ import annotations

import numpy as np
import pytest

from biosync.events import Cue, Group, Synchrony
from biosync.in_step.circle import LOOK_S, Circle
from biosync.in_step.hearts import Heart, Plans
from tests.in_step.people import Person, heart_of, looked_at

TWO = [Person("a", shared_bpm=2.0), Person("b", shared_bpm=2.0)]


def pairs(told: list[Synchrony | Group]) -> list[Synchrony]:
    return [one for one in told if isinstance(one, Synchrony)]


def test_two_who_share_are_lit_beyond_the_cue_after_half_a_minute_of_looks_never_by_one() -> None:
    told = pairs(looked_at(TWO, 300))
    likely = [one for one in told if one.beyond_cue is not None and (one.beyond_cue.p_value or 1) < 0.01]
    lit = [one for one in told if one.in_step == "beyond the cue"]
    assert lit[0].t - likely[0].t >= 30
    assert lit[0].t <= 150
    assert told[-1].verdict == "beyond the cue"
    assert told[-1].synchrony is not None and told[-1].synchrony > 0


def test_a_look_comes_every_five_seconds_and_tells_first_that_nothing_is_known() -> None:
    told = pairs(looked_at(TWO, 100))
    assert np.diff([one.t for one in told]).tolist() == [LOOK_S] * (len(told) - 1)
    first = told[0]
    assert (first.synchrony, first.p_value, first.beyond_cue, first.in_step, first.verdict) == (None,) * 5
    assert not first.beyond_chance


@pytest.mark.parametrize("seed", range(1, 7))
def test_strangers_with_one_cue_are_never_lit_beyond_it(seed: int) -> None:
    told = pairs(looked_at([Person("a", own_bpm=2.0), Person("b", own_bpm=2.0)], 400, seed))
    assert {one.in_step for one in told} <= {None, "apart", "in step"}
    assert all(one.leader is None for one in told)


@pytest.mark.parametrize(("lags", "leader"), [((0.0, 1.5), "a"), ((1.5, 0.0), "b")])
def test_the_leader_is_named_with_a_lag_whose_interval_holds_the_truth(lags: tuple[float, float], leader: str) -> None:
    people = [Person(name, 4.0, lag_s) for name, lag_s in zip("ab", lags, strict=True)]
    told = pairs(looked_at(people, 300))
    named = [one for one in told if one.leader is not None]
    assert {one.leader for one in named} == {leader}
    last, truth = told[-1], lags[1] - lags[0]
    assert last.lag_interval_s is not None and last.lag_interval_s[0] <= truth <= last.lag_interval_s[1]
    assert told[-1].verdict == "beyond the cue"  # who is behind is in step, too


def test_nobody_leads_where_the_clocks_may_be_off_by_more_than_the_lag() -> None:
    people = [Person("a", 4.0, uncertainty_s=1.2), Person("b", 4.0, 1.5, uncertainty_s=1.2)]
    assert all(one.leader is None for one in pairs(looked_at(people, 250)))


def test_while_a_strap_is_gone_nothing_is_known_and_afterwards_it_is_again() -> None:
    told = pairs(looked_at(TWO, 520, without=(200.0, 330.0)))
    states = {one.t: one.in_step for one in told}
    assert states[196.0] == "beyond the cue"
    assert states[331.0] is None and states[331.0 + LOOK_S] is None
    assert told[-1].in_step == "beyond the cue"
    assert all(one.p_value is None for one in told if one.in_step is None)


def test_of_a_group_every_pair_is_told_in_turn_and_then_all_together() -> None:
    people = [Person(name, shared_bpm=2.0) for name in "abcd"] + [Person("e")]
    told = looked_at(people, 220)
    groups = [one for one in told if isinstance(one, Group)]
    assert len(pairs(told)) == pytest.approx(10 * len(groups), abs=10)
    assert groups[0].order is None and groups[0].in_step is None
    last = groups[-1]
    assert last.in_step == "beyond the cue" and last.members is not None
    assert set(last.members) == set("abcde")
    assert max(np.diff([one.t for one in told])) <= 2  # no second has to do it all
    apart = [one for one in pairs(told) if "e" in one.people and one.t > 150]
    beyond = [one for one in pairs(told) if "e" not in one.people and one.t > 150]
    lit = [sum(one.in_step == "beyond the cue" for one in some) / len(some) for some in (apart, beyond)]
    assert lit[0] < 0.1 and lit[1] > 0.8


def test_one_alone_and_a_crowd_are_not_looked_at() -> None:
    def nobody() -> list[Heart]:
        raise AssertionError("nobody is to be asked for")

    circle = Circle()
    assert circle.tick(1.0, ("a",), nobody) == []
    assert circle.tick(2.0, tuple(f"p{i}" for i in range(17)), nobody) == []


def test_who_leaves_is_told_of_no_more_even_in_the_middle_of_a_look() -> None:
    people = [Person(name) for name in "abcdef"]
    beats = {one.name: heart_of(one, 60, 1, i) for i, one in enumerate(people)}

    def hearts(names: tuple[str, ...]) -> list[Heart]:
        return [Heart(name, beats[name], np.zeros(len(beats[name])), -np.inf) for name in names]

    circle, everybody, rest = Circle(), tuple("abcdef"), tuple("abcde")
    begun = circle.tick(40.0, everybody, lambda: hearts(everybody))
    assert 0 < len(begun) < 15
    told = [one for t in (41.0, 42.0, 43.0, 44.0) for one in circle.tick(t, rest, lambda: hearts(rest))]
    assert told and all("f" not in one.people for one in told)


def test_nobody_is_judged_by_the_time_before_they_belonged_to_the_group() -> None:
    beats = heart_of(Person("a"), 100, 1, 0)
    assert Heart("a", beats, np.zeros(len(beats)), 50.0).series().t_s.min() >= 50.0


def test_plans_say_where_in_the_breath_the_cue_was() -> None:
    plans = Plans(60.0)
    assert plans.course() == ()
    for t, rate, phase in ((0.0, 12.0, 0.0), (10.0, 6.0, 0.0), (20.0, 6.0, 0.0), (90.0, 9.0, 0.0)):
        plans.add(Cue(t, ("a",), rate, phase, 0.4, "meet", 1.0, ""))
    (course,) = plans.course()
    assert course.at(np.array([20.0, 25.0, 57.5, 92.0])) % 1 == pytest.approx([0.0, 0.5, 0.75, 0.3])
    assert course.at(np.array([95.0])) - course.at(np.array([90.0])) == pytest.approx(0.75)


def test_a_plan_for_the_same_moment_replaces_the_one_before_and_old_ones_are_forgotten() -> None:
    plans = Plans(60.0)
    for t, rate in ((0.0, 12.0), (50.0, 6.0), (50.0, 9.0), (120.0, 9.0)):
        plans.add(Cue(t, ("a",), rate, 0.0, 0.4, "meet", 1.0, ""))
    (course,) = plans.course()
    assert course.t_s.tolist() == [50.0, 120.0]
    assert course.end_rates_hz == (9 / 60, 9 / 60)
