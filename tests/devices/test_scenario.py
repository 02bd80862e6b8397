"""What a scenario states as the truth is what its people's residuals and beats show."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pytest

from devices.coupling import SCENARIOS, Truth
from tests.devices.together import best_lag_s, correlation, lived, made

BASELINE_S = 195.0
"""Three minutes of rest and the 15 s after them: before that nobody can be seen to be activated."""


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_same_seed_states_the_same_truth_and_another_one_another(scenario: str) -> None:
    assert made(scenario, 3) == made(scenario, 3)
    assert made(scenario, 3).traits != made(scenario, 4).traits


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_truth_is_json(scenario: str) -> None:
    truth = made(scenario, 1).truth
    told = json.loads(json.dumps(truth.as_json(), allow_nan=False))
    assert told["scenario"] == scenario
    assert set(told["follows"]) == set(told["own_sd_bpm"]) == set(truth.people)
    assert told["leader"] == truth.leader
    assert [one["lag_s"] for one in told["influences"]] == [one.lag_s for one in truth.influences]


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("seed", range(1, 4))
def test_a_residual_has_the_spread_that_the_truth_states(scenario: str, seed: int) -> None:
    one = made(scenario, seed)
    without = [(r.t, r.repair_t + 10) for r in one.truth.ruptures]
    seen = lived(one, 1200)
    open_ = np.all([(seen.t_s < a) | (seen.t_s > b) for a, b in [(0, 5), *without]], axis=0)
    for name in one.truth.people:
        taken = sum(i.sd_bpm**2 for i in one.truth.influences if i.follower == name)
        stated = np.sqrt(one.truth.own_sd_bpm[name] ** 2 + taken)
        assert seen.residuals[name][open_].std() == pytest.approx(stated, rel=0.15)


def test_strangers_share_nothing() -> None:
    strongest = 0.0
    for seed in range(1, 6):
        one = made("strangers", seed, 4)
        assert one.truth.apart == one.truth.people
        seen = lived(one, 900)
        for a, b in itertools.combinations(one.truth.people, 2):
            assert abs(correlation(seen.residuals[a], seen.residuals[b])) < 0.3
            strongest = max(strongest, abs(correlation(seen.slow(a), seen.slow(b))))
    assert strongest < 0.35


def test_some_strangers_follow_the_cue_and_some_do_not() -> None:
    follows = [made("strangers", seed).truth.follows for seed in range(20)]
    assert {value for one in follows for value in one.values()} == {True, False}
    for seed, told in enumerate(follows):
        assert tuple(told.values()) == tuple(traits.follows for traits in made("strangers", seed).traits)


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_calmer_one_is_repeated_as_much_later_as_stated(seed: int) -> None:
    one = made("calmer", seed)
    (influence,) = one.truth.influences
    leader, led = one.truth.leader or "", influence.follower
    assert influence.leaders == (leader,)
    seen = lived(one, 900)
    assert best_lag_s(seen.residuals[leader], seen.residuals[led]) == influence.lag_s
    assert best_lag_s(seen.slow(leader), seen.slow(led)) == pytest.approx(influence.lag_s, abs=0.25)
    assert correlation(seen.slow(leader), seen.slow(led), influence.lag_s) > 0.6


@pytest.mark.parametrize("seed", range(1, 4))
def test_who_is_led_is_tense_at_first_and_settles_as_stated(seed: int) -> None:
    one = made("calmer", seed)
    (tension,) = one.truth.tensions
    usual = dict(zip(one.truth.people, one.traits, strict=True))
    seen = lived(one, 900)
    rate = seen.heart_rate(tension.person)
    early, late = rate[seen.t_s < 30].mean(), rate[seen.t_s > 600].mean()
    assert early - late == pytest.approx(tension.heart_bpm * 0.9, abs=6)
    assert late == pytest.approx(usual[tension.person].heart_rate_bpm, abs=4)
    assert seen.heart_rate(one.truth.leader or "").mean() < 65


@pytest.mark.parametrize("seed", range(1, 6))
def test_where_it_is_mutual_nobody_leads(seed: int) -> None:
    one = made("mutual", seed)
    a, b = one.truth.people
    assert one.truth.leader is None
    assert {(i.leaders, i.follower) for i in one.truth.influences} == {((a,), b), ((b,), a)}
    seen = lived(one, 900)
    assert best_lag_s(seen.residuals[a], seen.residuals[b]) == pytest.approx(0.0, abs=0.25)
    assert best_lag_s(seen.slow(a), seen.slow(b)) == pytest.approx(0.0, abs=0.25)
    assert correlation(seen.slow(a), seen.slow(b)) > 0.6


@pytest.mark.parametrize("seed", range(1, 4))
def test_at_a_rupture_one_rises_and_the_shared_part_is_gone_until_the_repair(seed: int) -> None:
    one = made("repair", seed)
    a, b = one.truth.people
    seen = lived(one, 1500)
    apart = np.zeros(len(seen.t_s), dtype=bool)
    assert len(one.truth.ruptures) > 3
    for rupture in one.truth.ruptures:
        assert rupture.t > BASELINE_S
        assert rupture.repair_t - rupture.t == pytest.approx(60.0)
        rate = seen.heart_rate(rupture.person)
        before = rate[(seen.t_s > rupture.t - 30) & (seen.t_s < rupture.t)].mean()
        height = rate[(seen.t_s > rupture.t + 25) & (seen.t_s < rupture.repair_t)].mean()
        assert height - before == pytest.approx(rupture.rise_bpm, abs=8)
        apart |= (seen.t_s > rupture.t + 10) & (seen.t_s < rupture.repair_t)
    broken = np.zeros(len(seen.t_s), dtype=bool)
    for rupture in one.truth.ruptures:
        broken |= (seen.t_s > rupture.t) & (seen.t_s < rupture.repair_t + 10)
    x, y = seen.residuals[a], seen.residuals[b]
    assert abs(correlation(x[apart], y[apart])) < 0.45
    assert correlation(x[~broken], y[~broken]) > 0.8


@pytest.mark.parametrize("seed", range(1, 4))
def test_in_an_escalation_both_rise_within_half_a_minute(seed: int) -> None:
    one = made("escalation", seed)
    seen = lived(one, 700)
    for escalation in one.truth.escalations:
        assert set(escalation.t) == set(one.truth.people)
        assert min(escalation.t.values()) > BASELINE_S
        assert max(escalation.t.values()) - min(escalation.t.values()) <= 30
    first = one.truth.escalations[0]
    for name, begins_t in first.t.items():
        rate = seen.heart_rate(name)
        before = rate[(seen.t_s > begins_t - 40) & (seen.t_s < begins_t)].mean()
        height = rate[(seen.t_s > begins_t + 25) & (seen.t_s < first.latest_t)].mean()
        after = rate[(seen.t_s > first.latest_t + 60) & (seen.t_s < first.latest_t + 90)].mean()
        assert height - before == pytest.approx(first.rise_bpm, abs=7)
        assert after - before < first.rise_bpm / 2


@pytest.mark.parametrize("people", [3, 5, 16])
def test_in_a_group_all_share_but_one(people: int) -> None:
    one = made("group_sit", 2, people)
    (apart,) = one.truth.apart
    seen = lived(one, 900)
    within = [name for name in one.truth.people if name != apart]
    for a, b in itertools.combinations(within, 2):
        assert correlation(seen.residuals[a], seen.residuals[b]) > 0.6
        assert correlation(seen.slow(a), seen.slow(b)) > 0.35
    mean_rate = np.mean([seen.slow(name) for name in within], axis=0)
    assert all(correlation(seen.slow(name), mean_rate) > 0.6 for name in within)
    assert abs(correlation(seen.slow(apart), mean_rate)) < 0.3


def test_there_is_no_leader_where_several_lead() -> None:
    group: Truth = made("group_sit", 1).truth
    assert group.leader is None
    assert made("strangers", 1).truth.leader is None


def test_a_scenario_that_there_is_not() -> None:
    with pytest.raises(KeyError):
        made("feast", 1, 2)
