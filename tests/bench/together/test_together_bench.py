"""The judge's own arithmetic and its virtual pairs: a wrong judge is worse than none."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from biosync.events import Event, InStep, Synchrony, Turn
from biosync.events import Verdict as Verdict_
from biosync.types import FloatArray
from devices.person import Traits
from devices.scenario import scene
from tests.bench.together import groups, live, live_report, ours, peers, report, scenarios
from tests.bench.together.cases import CASES, Goal
from tests.bench.together.generators import GENERATORS
from tests.bench.together.judge import Tally
from tests.bench.together.life import RATE_HZ, Cue, Life
from tests.bench.together.noise import band, wandering, wave
from tests.bench.together.series import both
from tests.bench.together.strap import Heard, Strap, wear
from tests.bench.together.susy import _effect, _pairings, susy
from tests.bench.together.verdict import Verdict
from tests.bench.together.wilson import Rate

MOVING = Cue(7.0, 5.5, 200.0, 0.3)
FAST = [name for name, method in peers.METHODS.items() if not method.slow]


def heard(generator: str, life: Life, seed: int, strap: Strap | None = None) -> tuple[Heard, Heard]:
    dice = np.random.default_rng(seed)
    first, second = GENERATORS[generator].pair(life, dice)
    worn = strap or Strap(jitter_s=0.0)
    return wear(worn, first, life.seconds, dice), wear(worn, second, life.seconds, dice)


def peak_lag_s(x: FloatArray, y: FloatArray) -> float:
    """Return the lag (s) of the highest correlation within 4 s; above 0 where x is ahead."""
    lags = np.arange(-16, 17)
    r = [np.corrcoef(x[16:-16], y[16 + lag : len(y) - 16 + lag])[0, 1] for lag in lags]
    return float(lags[int(np.argmax(r))] / 4)


def test_the_phase_of_a_cue_grows_by_its_pace() -> None:
    t: FloatArray = np.arange(-20.0, 230.0, 0.01, dtype=np.float64)
    steps = np.diff(MOVING.cycles(t)) / 0.01 * 60
    assert np.allclose(steps, MOVING.rate_bpm(np.asarray(t[:-1] + 0.005)), atol=1e-6)
    assert MOVING.cycles(np.zeros(1))[0] == pytest.approx(0.3)
    assert MOVING.rate_bpm(np.array([-5.0, 100.0, 300.0])).tolist() == [7.0, 6.25, 5.5]


def test_noise_has_the_spread_that_it_states() -> None:
    dice = np.random.default_rng(1)
    series = (wandering(60_000, dice, 5.0, 2.0), wave(60_000, dice, 0.1, 0.03, 2.0), band(60_000, dice, 2.0, 1.0))
    assert [float(x.std()) for x in series] == pytest.approx([2.0] * 3, rel=0.08)
    power = np.abs(np.fft.rfft(series[2])) ** 2
    hz = np.fft.rfftfreq(60_000, 1 / RATE_HZ)
    assert power[(hz < 0.03) | (hz > 0.3)].sum() < 1e-9 * power.sum()


@pytest.mark.parametrize("name", GENERATORS)
def test_every_generator_makes_plausible_hearts(name: str) -> None:
    for seed in range(5):
        for beats in GENERATORS[name].pair(Life(cues=(MOVING, MOVING)), np.random.default_rng(seed)):
            inside = beats[(beats >= 0) & (beats <= 200)]
            assert beats[0] < 0 and beats[-1] > 200
            assert 40 < 60 / float(np.mean(np.diff(inside))) < 110
            assert np.all(np.diff(inside) > 0.35) and np.all(np.diff(inside) < 1.8)


@pytest.mark.parametrize("name", GENERATORS)
def test_the_same_dice_make_the_same_pair_and_others_another(name: str) -> None:
    one, again, other = (GENERATORS[name].pair(Life(), np.random.default_rng(seed)) for seed in (3, 3, 4))
    assert np.array_equal(one[0], again[0]) and np.array_equal(one[1], again[1])
    assert len(one[0]) != len(other[0]) or not np.array_equal(one[0], other[0])


@pytest.mark.parametrize("name", GENERATORS)
def test_who_is_ahead_is_ahead(name: str) -> None:
    life = Life(shared_bpm=4.0, lead_s=1.5)
    lags = [peak_lag_s(*both(*heard(name, life, seed))) for seed in range(9)]
    assert abs(float(np.median(lags)) - 1.5) <= 0.3


@pytest.mark.parametrize("name", GENERATORS)
def test_strangers_share_nothing_without_a_cue_and_much_with_one(name: str) -> None:
    def mean_r(cue: Cue | None) -> float:
        pairs = (both(*heard(name, Life(cues=(cue, cue)), seed)) for seed in range(12))
        return float(np.mean([np.abs(np.fft.rfft(x).conj() * np.fft.rfft(y))[:40].max() / (x @ x * (y @ y)) ** 0.5
                              for x, y in pairs]))  # fmt: skip

    assert mean_r(MOVING) > mean_r(None)


@pytest.mark.parametrize("name", GENERATORS)
def test_a_stress_moves_both_at_once(name: str) -> None:
    x, y = both(*heard(name, Life(stress_at=100.0), 2))
    rise = slice(4 * 102, 4 * 110)
    assert min(x[rise].mean(), y[rise].mean()) > 4


def test_a_good_link_places_beats_where_they_were() -> None:
    dice = np.random.default_rng(5)
    beats = GENERATORS["G2"].pair(Life(), dice)[0]
    found = wear(Strap(delay_s=0.7, told_delay_s=0.7, jitter_s=0.4), beats, 200.0, dice)
    errors = np.abs(found.t_s[:, None] - beats).min(axis=1)
    assert np.mean(errors <= found.uncertainty_s) >= 0.95
    assert np.all(found.known_at >= found.t_s) and np.all(np.diff(found.known_at) >= 0)


def test_losses_and_drops_leave_gaps_and_no_more() -> None:
    beats = GENERATORS["G1"].pair(Life(), np.random.default_rng(6))[0]
    whole = len(wear(Strap(), beats, 200.0, np.random.default_rng(7)).t_s)
    for seed in range(8, 20):
        lost = whole - len(wear(Strap(lost=8), beats, 200.0, np.random.default_rng(seed)).t_s)
        assert -2 <= lost <= 10
    gone = wear(Strap(drop=(60.0, 10.0)), beats, 200.0, np.random.default_rng(7))
    begins = gone.t_s - gone.rr_ms / 1000
    assert 8 < float(np.max(begins[1:] - gone.t_s[:-1])) < 12 and gone.gap.any()


def test_ectopics_come_as_often_as_asked() -> None:
    beats = GENERATORS["G1"].pair(Life(), np.random.default_rng(6))[0]
    found = wear(Strap(ectopics=0.03), beats, 200.0, np.random.default_rng(1))
    short = found.rr_ms[1:-1] < 0.85 * np.minimum(found.rr_ms[:-2], found.rr_ms[2:])
    assert 2 <= int(short.sum()) <= 15


@pytest.mark.parametrize("name", FAST)
def test_every_rival_finds_what_is_shared_and_who_is_ahead(name: str) -> None:
    life = Life(shared_bpm=4.0, lead_s=1.5)
    said = [peers.METHODS[name].judge(*both(*heard("G1", life, k)), np.random.default_rng(k)) for k in range(20)]
    assert sum(v.found for v in said) >= 17
    assert sum(v.leader == 1 for v in said) >= 15


@pytest.mark.parametrize("name", peers.METHODS)
def test_every_rival_calls_few_strangers_in_step(name: str) -> None:
    rounds = 15 if peers.METHODS[name].slow else 40
    said = [peers.METHODS[name].judge(*both(*heard("G1", Life(), k)), np.random.default_rng(k)) for k in range(rounds)]
    assert sum(v.found for v in said) <= rounds / 4


def test_susy_is_what_its_source_says() -> None:
    dice = np.random.default_rng(9)
    x, y = dice.normal(size=(2, 500))
    y[:-3] += x[3:]
    assert susy(x, y, dice).found == (_slow_susy(x, y) > 1.96)
    assert _effect(np.abs(_pairings(x, y)))[0] == pytest.approx(_slow_susy(x, y), rel=1e-9)


def _slow_susy(x: FloatArray, y: FloatArray) -> float:
    """The effect size in plain loops, as formulas.md states it: K = round(n / (seg Hz) - 0.5)."""
    width, most = 120, 12
    count = round(len(x) / width - 0.5)
    real: FloatArray = np.zeros(2 * most + 1, dtype=np.float64)
    pseudo: FloatArray = np.zeros(2 * most + 1, dtype=np.float64)
    for i in range(count):
        for j in range(count):
            a, b = x[i * width : (i + 1) * width], y[j * width : (j + 1) * width]
            a, b = a - a.mean(), b - b.mean()
            for n, lag in enumerate(range(-most, most + 1)):
                c = sum(a[t] * b[t + lag] for t in range(max(0, -lag), width - max(0, lag)))
                z = abs(math.atanh(c / math.sqrt(float(a @ a) * float(b @ b))))
                (real if i == j else pseudo)[n] += z
    real /= count
    pseudo /= count * (count - 1)
    return float((real.mean() - pseudo.mean()) / pseudo.std(ddof=1))


def test_intervals_are_wilsons() -> None:
    # Newcombe, Stat Med 17:857-872, 1998, table I: 81 of 263 and 0 of 20.
    assert Rate(81, 263).interval == pytest.approx((0.2553, 0.3662), abs=5e-4)
    assert Rate(0, 20).interval == pytest.approx((0.0, 0.1611), abs=5e-4)
    assert str(Rate(1, 4)) == "25.0 % (4.6 to 69.9)"


def test_a_goal_is_met_missed_or_within_the_interval() -> None:
    few = Goal("found", False, 0.05)
    assert report._verdict(few, [Rate(50, 1000), Rate(1, 1000)]) == report.MET
    assert report._verdict(few, [Rate(60, 1000), Rate(1, 1000)]) == "within the interval"
    assert report._verdict(few, [Rate(90, 1000), Rate(1, 1000)]) == report.MISSED
    middle = Goal("found", True, 0.6, "median")
    assert report._verdict(middle, [Rate(10, 100), Rate(60, 100), Rate(90, 100)]) == report.MET
    assert report._verdict(middle, [Rate(10, 100), Rate(59, 100), Rate(90, 100)]) == report.MISSED


def test_a_tally_counts_leaders_and_intervals() -> None:
    tally = Tally()
    tally.add(Verdict(True, 1, (1.0, 2.0), 0.01), 1.5, 0.1, True)
    tally.add(Verdict(True, -1, (1.0, 1.4)), 1.5, 0.1, True)
    tally.add(Verdict(False), 1.5, 0.1, True)
    assert [tally.rate(w).hits for w in ("found", "right", "wrong", "unsure", "inside")] == [2, 1, 1, 1, 1]
    assert (tally.rate("inside").count, tally.count, tally.p_values) == (2, 3, [0.01])
    nobody = Tally()
    nobody.add(Verdict(True, 1), 0.0, 0.1, False)
    assert (nobody.rate("wrong").hits, nobody.rate("named").hits) == (1, 1)


def test_cases_are_named_once() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


def test_a_lamp_looks_at_no_more_than_is_known() -> None:
    cue = Cue(6.0, 6.0, 600.0)
    first, second = heard("G1", Life(600.0, (cue, cue), shared_bpm=4.0), 3)
    course = live.watch(first, second, ours.courses(Life(600.0, (cue, cue))), 600.0)
    assert course.first_s is not None and 95 <= course.first_s <= 180  # a minute, half a minute of looks, settled
    assert course.in_step and course.lit_after > 0.7
    # A session that ends sooner went the same way until then.
    cut = live.watch(first, second, ours.courses(Life(600.0, (cue, cue))), course.first_s)
    assert cut.first_s == course.first_s and cut.lit_after == 1.0


def test_a_live_goal_is_met_or_missed() -> None:
    never, late = live.Course(None, 0.0, 0.0, False, 0.0), live.Course(300.0, 0.3, 0.6, True, 0.2)
    soon = live.Course(140.0, 0.7, 0.9, True, 0.9)
    assert live_report.verdict(True, [never] * 99 + [late]) == report.MET
    assert live_report.verdict(True, [never] * 50 + [late] * 50) == report.MISSED
    assert live_report.verdict(False, [soon] * 3 + [late]) == report.MET
    assert live_report.verdict(False, [soon] + [late] * 3) == report.MISSED
    assert live_report.verdict(False, [never] * 2 + [soon]) == report.MISSED
    rows = live_report.report({("live free", "G1"): [never] * 20, ("live 2 bpm", "G1"): [late]})
    assert [report.MISSED in row for row in rows if "| G1 |" in row] == [False, True]


def test_a_group_of_strangers_has_its_own_pairs() -> None:
    strangers, couples = groups.CASES
    _, four = groups.people(strangers, "G2", 1, 1)
    assert len({len(one.t_s) for one in four}) > 1
    found = groups.judge(couples, "G1", 1, 1)
    assert found.beyond_cue and found.order is not None
    assert groups.verdict(strangers, [groups.Found(False, 0.1)] * 19 + [found]) == report.MET
    assert groups.verdict(strangers, [found] * 20) == report.MISSED
    assert groups.verdict(couples, [found]) == ""
    lines = groups.report({(strangers, "G1"): [found, groups.Found(False, None)]})
    assert lines[3].startswith("| four strangers, one pacer | G1 | 50.0 %")


def look(t: float, state: InStep, leader: str | None = None) -> Synchrony:
    verdict: Verdict_ = "beyond the cue" if t > 200 else "not shown"
    return Synchrony(t, ("a", "b"), 0.3, 0.01, True, None, leader, None, None, state, verdict)


def test_what_scenarios_tell_is_held_against_their_truth() -> None:
    truth = scene("calmer", {"a": Traits(), "b": Traits()}, 1).truth
    other = next(name for name in truth.people if name != truth.leader)
    events: list[Event] = [look(100.0, "apart"), look(150.0, "beyond the cue"), look(205.0, "in step", other)]
    found = scenarios._together(truth, events)
    assert (found["ever lit"], found["lit at s"], found["looks lit after that"]) == ([1.0], [150.0], [1.0, 0.0])
    assert (found["the leader named"], found["another leader named"], found["verdict"]) == ([0.0], [1.0], [1.0])
    ruptures = scene("repair", {"a": Traits(), "b": Traits()}, 1).truth
    first = ruptures.ruptures[0]
    told = Turn(first.t + 20, ("a", "b"), "apart", first.t + 5, (first.person,))
    mended = Turn(first.repair_t + 40, ("a", "b"), "together again", first.repair_t + 30, took_s=85.0)
    repair = scenarios._repair(ruptures, [told, mended, replace(told, at_t=first.t - 100)])
    assert (repair["ruptures"][0], sum(repair["ruptures"]), repair["more ruptures than there were"]) == (1, 1, [1.0])
    assert repair["repairs told within 70"][0] == 1 and repair["told after the repair began s"] == [30.0]
    rows = scenarios.report({"calmer": found, "repair": repair})
    assert "ever lit: 1 of 1; lit at: median 150 s (150 to 150); looks lit after that: 1 of 2" in rows[3]
