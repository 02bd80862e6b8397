"""Pairs: what independent hearts, shared cues, shared courses and leaders look like, by the hundred."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest
from scipy.stats import binom, kstest

from biosync.together.pairs import PairResult
from biosync.together.pairs import pair as judge
from biosync.together.series import Series
from tests.together.people import Pair, pair

PAIRS = 200
MOST_FALSE = int(binom.ppf(0.999, PAIRS, 0.05))
"""A test with the stated error rate exceeds this once in a thousand."""


def judged(made: Pair, **more: float) -> PairResult:
    return judge(made.first, made.second, made.cues, **more)


@lru_cache
def strangers(cue: str) -> tuple[PairResult, ...]:
    made = (pair(seed, cue=cue) for seed in range(PAIRS))
    return tuple(judge(one.first, one.second, one.cues, lead=False) for one in made)


@pytest.mark.parametrize("cue", ["none", "fixed", "moving"])
def test_strangers_are_seldom_in_step_beyond_chance_and_the_cue(cue: str) -> None:
    found = [one.beyond_cue or one.in_step for one in strangers(cue)]
    assert sum(one.beyond_chance for one in found) <= MOST_FALSE


@pytest.mark.parametrize("cue", ["none", "fixed", "moving"])
def test_the_chance_at_lag_zero_is_spread_evenly_for_strangers(cue: str) -> None:
    found = [one.beyond_cue or one.in_step for one in strangers(cue)]
    chances = [one.evidence.in_phase_p for one in found if one.evidence is not None]
    assert len(chances) == PAIRS
    assert kstest(chances, "uniform").pvalue > 0.005


def test_strangers_on_one_cue_match_because_of_it() -> None:
    strength = np.array([one.in_step.synchrony for one in strangers("fixed")], dtype=float)
    found = [one.beyond_cue for one in strangers("fixed")]
    beyond = np.array([one.synchrony for one in found if one is not None], dtype=float)
    assert np.mean(strength) > 0.2
    assert abs(np.mean(beyond)) < 0.05


def test_what_is_shared_under_the_cue_is_found() -> None:
    found = [judged(pair(seed, cue="moving", shared_bpm=2.0)).beyond_cue for seed in range(40)]
    assert sum(one is not None and one.beyond_chance for one in found) >= 37
    assert all(one is not None and one.synchrony is not None and one.synchrony > 0.1 for one in found)


def test_opposite_courses_are_in_step_with_the_other_sign() -> None:
    found = judged(pair(1, shared_bpm=4.0, sign=-1)).in_step
    assert found.synchrony is not None and found.synchrony < -0.3
    assert found.beyond_chance and found.opposite
    assert not judged(pair(1, shared_bpm=4.0)).in_step.opposite


def test_a_leader_is_named_and_the_interval_holds_the_lag() -> None:
    found = [judged(pair(seed, shared_bpm=4.0, lead_s=1.5)).lag for seed in range(30)]
    assert sum(one.leader == 0 for one in found) >= 27
    assert not any(one.leader == 1 for one in found)
    assert sum(one.interval_s is not None and one.interval_s[0] <= 1.5 <= one.interval_s[1] for one in found) >= 25


def test_the_other_way_round_the_other_leads() -> None:
    made = pair(3, shared_bpm=4.0, lead_s=1.5)
    ahead, behind = judge(made.first, made.second).lag, judge(made.second, made.first).lag
    assert (ahead.leader, behind.leader) == (0, 1)
    assert ahead.lag_s is not None and behind.lag_s == pytest.approx(-ahead.lag_s, abs=0.05)


def test_where_nobody_leads_nobody_is_named() -> None:
    found = [judged(pair(seed, shared_bpm=4.0)).lag for seed in range(40)]
    assert not any(one.leader is not None for one in found)


def test_a_shared_cue_makes_no_leader() -> None:
    named = [judged(pair(seed, cue="fixed")).lag.leader is not None for seed in range(60)]
    assert sum(named) <= 1


@pytest.mark.parametrize("error_s", [0.0, 0.3, 2.2])
def test_a_lead_within_what_the_clocks_may_be_off_is_not_named(error_s: float) -> None:
    made = pair(3, shared_bpm=4.0, lead_s=1.5)
    sure = judged(made).lag.interval_s
    lag = judged(made, clock_error_s=error_s).lag
    assert (lag.leader == 0) == (error_s < 1)
    assert sure is not None
    assert lag.interval_s == pytest.approx((sure[0] - error_s, sure[1] + error_s))


def test_what_the_beat_clocks_do_not_know_widens_the_interval() -> None:
    made = pair(3, shared_bpm=4.0, lead_s=1.5)
    unsure = [Series(one.t_s, one.heart_rate_bpm, np.full(len(one), 1.6)) for one in (made.first, made.second)]
    lag = judge(unsure[0], unsure[1]).lag
    assert lag.leader is None and "clocks" in lag.why
    assert lag.interval_s is not None and lag.interval_s[0] < 0 < lag.interval_s[1]


def test_influence_goes_from_who_leads_to_who_follows() -> None:
    ways = [judged(pair(seed, shared_bpm=4.0, lead_s=1.5)).influence for seed in range(20)]
    assert all(one is not None and one.strength > 2 * one.error for one, _ in ways)
    forth, back = (np.mean([one.strength for one in way if one is not None]) for way in zip(*ways, strict=True))
    assert abs(back) < 0.25 * forth


def test_the_stated_error_of_influence_is_that_of_strangers() -> None:
    ways = [way for seed in range(60) for way in judged(pair(seed)).influence]
    turns = [way.strength / way.error for way in ways if way is not None]
    assert len(turns) == 120
    assert 0.8 < np.std(turns) < 1.3
    assert abs(float(np.mean(turns))) < 0.35


def test_a_gap_stays_open_and_changes_little() -> None:
    made = pair(5, cue="fixed", shared_bpm=2.0)
    holed = made.first
    keep = (holed.t_s < 80) | (holed.t_s > 90)
    holed = Series(holed.t_s[keep], holed.heart_rate_bpm[keep], holed.uncertainty_s[keep])
    whole, found = judged(made), judge(holed, made.second, made.cues)
    assert found.seconds == pytest.approx(whole.seconds - 10.5, abs=1.5)
    assert found.beyond_cue is not None and whole.beyond_cue is not None
    assert found.beyond_cue.beyond_chance
    assert found.beyond_cue.synchrony == pytest.approx(whole.beyond_cue.synchrony, abs=0.1)


def test_long_recordings_are_judged_in_parts_and_tell_more() -> None:
    short, long = (judged(pair(6, seconds, cue="fixed", shared_bpm=1.5)).beyond_cue for seconds in (200.0, 900.0))
    assert short is not None and short.evidence is not None
    assert long is not None and long.evidence is not None
    assert long.evidence.z > 1.5 * short.evidence.z


def test_too_little_time_is_told_as_that() -> None:
    made = pair(7, 45.0, shared_bpm=3.0)
    found = judged(made)
    assert found.in_step.synchrony is not None
    assert found.in_step.p_value is None and not found.in_step.beyond_chance
    assert "minute" in found.lag.why
    none = judge(made.first, made.second.between(50.0, 60.0))
    assert none.in_step.synchrony is None and none.seconds == 0.0


def test_a_window_looks_only_at_itself() -> None:
    made = pair(8, 300.0, shared_bpm=3.0)
    inside = judge(made.first, made.second, window=(100.0, 220.0))
    cut = judge(made.first.between(95.0, 225.0), made.second.between(95.0, 225.0), window=(100.0, 220.0))
    assert inside.in_step == cut.in_step
    assert inside.seconds == 120.0


def test_a_flat_line_is_not_in_step_with_anything() -> None:
    made = pair(9)
    flat = Series(made.first.t_s, np.full(len(made.first), 60.0), made.first.uncertainty_s)
    found = judge(flat, made.second)
    assert not found.in_step.beyond_chance
