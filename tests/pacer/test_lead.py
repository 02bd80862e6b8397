"""How fast and how far a lead goes: a trial, growing trust, and what losses teach."""

from __future__ import annotations

import itertools

import pytest

from biosync.pacer.comfort import FIRST_REACH_BPM, LEAST_REACH_BPM, MOST_REACH_BPM
from biosync.pacer.lead import (
    FLOOR_ABOVE,
    KEPT_S,
    LEAST_SEARCH_STEP,
    LONGEST_TRIAL,
    MET,
    OWN_SD_BPM,
    PAID_BPM,
    SLOWEST_OWN_BPM,
    SOON_S,
    STAY_S,
    STEADY_AGAIN_BREATHS,
    STEADY_BREATHS,
    SURE_CYCLES,
    UNCLEAR,
    UNMET,
    Lead,
)  # fmt: skip
from tests.pacer.leading import HALF_S, PROOF_CYCLES, TRIAL_BPM, TRIAL_REACH_BPM, lost_at, proven


def test_at_their_own_pace_nothing_is_ever_proven() -> None:
    lead = Lead()
    lead.meet(0.0, 14.0)
    lead.stayed(14.0, 3600.0)
    assert not lead.proven
    assert lead.slowest_bpm() == 14.0 - TRIAL_BPM
    assert lead.step(14.0) == pytest.approx(14.0 / (14.0 - TRIAL_REACH_BPM) - 1)


def test_who_kept_to_the_cue_all_along_has_followed_though_no_moment_showed_it() -> None:
    lead, own_bpm = Lead(), 14.0
    lead.meet(0.0, own_bpm)
    lead.kept(own_bpm - TRIAL_BPM)
    assert not lead.proven  # nothing was offered yet
    for _ in range(200):
        lead.stayed(own_bpm - TRIAL_BPM, 1.0, surely=0.0)
    assert not lead.proven
    lead.kept(own_bpm - TRIAL_BPM)
    assert lead.proven
    offered = (TRIAL_BPM - OWN_SD_BPM) * KEPT_S / 60
    assert lead.slowest_bpm() == pytest.approx(min(own_bpm - TRIAL_BPM, own_bpm - PAID_BPM * offered**2))


def test_what_was_offered_before_the_last_eighty_seconds_counts_no_more() -> None:
    lead = Lead()
    lead.meet(0.0, 14.0)
    for rate_bpm in (*(200 * [12.0]), *(round(KEPT_S) * [14.0])):
        lead.stayed(rate_bpm, 1.0, surely=0.0)
    lead.kept(14.0)
    assert not lead.proven


def test_a_trial_is_proof_once_their_own_breath_would_have_slipped_through_half_a_cycle() -> None:
    lead = Lead()
    lead.meet(0.0, 14.0)
    almost = PROOF_CYCLES * 60 / (TRIAL_BPM - OWN_SD_BPM) - 1
    lead.stayed(14.0 - TRIAL_BPM, almost)
    assert not lead.proven
    lead.stayed(14.0 - TRIAL_BPM, 2.0)
    assert lead.proven


def test_a_lead_goes_only_as_far_below_their_breath_as_they_paid_for_by_staying() -> None:
    lead, farthest = proven(), [14.0 - TRIAL_BPM]
    for _ in range(8):
        lead.stayed(farthest[-1], 30.0)
        farthest.append(lead.slowest_bpm())
        slipped_by_now = sum((14.0 - OWN_SD_BPM - bpm) / 2 for bpm in farthest[:-1]) + 1.2 * PROOF_CYCLES
        assert 14.0 - farthest[-1] <= max(TRIAL_BPM, PAID_BPM * slipped_by_now**2) + 1e-9
    assert farthest == sorted(farthest, reverse=True)
    assert farthest[-1] < 11.0


def test_what_is_surely_no_following_takes_back_what_was_paid() -> None:
    lead = proven()
    lead.stayed(12.0, 60.0)
    deep = lead.slowest_bpm()
    lead.stayed(12.0, 30.0, surely=-1.0)
    assert lead.slowest_bpm() > deep
    lead.stayed(12.0, 600.0, surely=-1.0)
    assert lead.slowest_bpm() == 14.0 - TRIAL_BPM


def test_each_trial_that_fails_makes_the_next_one_longer_until_one_is_passed() -> None:
    lead, needed = Lead(), []
    for k in range(5):
        lead.meet(1e5, 14.0)
        seconds = 0.0
        while not lead.proven:
            lead.stayed(14.0 - TRIAL_BPM, 1.0)
            seconds += 1.0
        needed.append(seconds)
        lead = Lead()
        for failed in range(k + 1):
            lead.meet(1000.0 * failed, 14.0)
            lead.lost(1000.0 * failed + 20, 13.5, leading=True)
    assert needed == sorted(needed)
    assert needed[0] < needed[1] < needed[2] < needed[3] == needed[4]
    assert needed[-1] == pytest.approx(LONGEST_TRIAL * PROOF_CYCLES * 60 / (TRIAL_BPM - OWN_SD_BPM), abs=1.5)


def test_who_loses_step_before_the_lead_has_begun_begins_anew() -> None:
    lead = Lead()
    lead.meet(0.0, 14.0)
    lead.stayed(13.2, HALF_S)
    lead.meet(60.0, 14.0)  # told of again at every breath: goes on
    lead.away(100.0, surely=True)
    lead.meet(120.0, 14.0)
    lead.stayed(13.2, HALF_S)
    assert not lead.proven


def test_who_is_in_step_where_hardly_anybody_breathes_alone_follows() -> None:
    lead = Lead()
    lead.meet(0.0, 6.0)
    assert lead.met_bpm == SLOWEST_OWN_BPM
    lead.stayed(6.0, 40.0)
    assert lead.proven


def led(lead: Lead, rate_bpm: float, minutes: float) -> list[float]:
    """Lead as fast as it is allowed; return the pace of every breath."""
    paces = [rate_bpm]
    while sum(60 / pace for pace in paces) < 60 * minutes:
        paces.append(paces[-1] / (1 + min(0.05, lead.step(paces[-1]))))
        lead.stayed(paces[-1], 60 / paces[-1])
    return paces


def test_the_cue_stays_within_reach_of_what_they_are_used_to() -> None:
    lead = proven()
    for pace in led(lead, 13.0, 3.0):
        assert pace >= lead.comfort.bpm - MOST_REACH_BPM - 1e-9 or pace > lead.comfort.bpm
    assert lead.comfort.bpm - lead.comfort.reach_bpm == pytest.approx(lead.comfort.slowest_bpm())


def test_the_reach_grows_while_they_follow_up_to_a_bound() -> None:
    lead = proven()
    assert lead.comfort.reach_bpm == FIRST_REACH_BPM
    led(lead, 13.0, 0.2)
    grown = lead.comfort.reach_bpm
    assert FIRST_REACH_BPM < grown < MOST_REACH_BPM
    led(lead, 11.0, 3.0)
    assert grown < lead.comfort.reach_bpm == MOST_REACH_BPM


def test_who_bore_a_reach_for_long_is_asked_for_more_of_it_after_a_loss() -> None:
    soon, late = proven(), proven()
    for lead, minutes in ((soon, 0.2), (late, 3.0)):
        led(lead, 9.0, minutes)
        lead.lost(1000.0, 9.0, leading=True)
    assert soon.comfort.reach_bpm < late.comfort.reach_bpm < MOST_REACH_BPM


def test_a_lead_goes_down_by_a_few_a_minute() -> None:
    lead = proven()
    paces = led(lead, 13.0, 2.0)
    assert 2 * 1.0 < paces[0] - paces[-1] < 2 * 3.5


def test_who_stands_at_a_pace_gets_used_to_it() -> None:
    lead = proven()
    lead.stayed(9.0, 600.0)
    assert lead.comfort.bpm == pytest.approx(9.0, abs=0.01)


def test_a_search_moves_a_little_at_least() -> None:
    lead = proven()
    lead.stayed(5.0, 1.0)
    assert lead.search_step(5.0) == LEAST_SEARCH_STEP


def test_every_loss_shortens_the_reach_down_to_a_bound() -> None:
    lead, reach = proven(), []
    for k in range(12):
        led(lead, 13.0, 1.0)
        lost_at(lead, 1000.0 * k, 11.0 - 0.9 * k)
        reach.append(lead.comfort.reach_bpm)
    assert reach[0] <= 0.7 * MOST_REACH_BPM
    assert all(b <= a * 1.1 for a, b in itertools.pairwise(reach))
    assert min(reach) >= LEAST_REACH_BPM


def test_a_loss_where_little_was_asked_says_little_of_the_reach() -> None:
    asked, stood = proven(), proven()
    led(asked, 13.0, 1.0)
    stood.stayed(11.0, 600.0)
    for lead in (asked, stood):
        before = lead.comfort.reach_bpm
        lead.lost(1000.0, 11.0, leading=True)
        lead.share = lead.comfort.reach_bpm / before  # type: ignore[attr-defined]
    assert asked.share < 0.7 < stood.share < 1  # type: ignore[attr-defined]


def test_a_loss_where_the_cue_stood_still_teaches_nothing() -> None:
    lead = proven()
    lead.lost(0.0, 6.0, leading=False)
    assert (lead.comfort.reach_bpm, lead.floor_bpm) == (FIRST_REACH_BPM, 0.0)
    assert not lead.proven


def test_who_was_with_the_cue_before_it_met_them_is_proven_sooner_farther_below() -> None:
    met, unmet = Lead(), Lead()
    met.meet(0.0, 12.0)
    unmet.meet(0.0, 12.0, UNMET)
    assert unmet.trial_bpm() < met.trial_bpm() == 12.0 - TRIAL_BPM
    for lead in (met, unmet):
        lead.stayed(lead.trial_bpm(), UNMET.cycles * 60 / (UNMET.below_bpm - OWN_SD_BPM) + 1)
    assert unmet.proven and not met.proven


def test_what_happens_on_the_way_to_meet_them_proves_nothing() -> None:
    lead = Lead()
    lead.stayed(18.0, 300.0)
    assert not (lead.proven or lead.followed)


def test_a_swing_that_gets_clear_in_the_trial_is_doubted_no_more() -> None:
    met, unclear = Lead(), Lead()
    met.meet(0.0, 12.0)
    unclear.meet(0.0, 12.0, UNCLEAR)
    assert unclear.trial_bpm() == 12.0 - UNCLEAR.below_bpm
    for lead in (met, unclear):
        lead.clear()
    assert unclear.trial_bpm() == 12.0 - UNMET.below_bpm
    assert met.trial_bpm() == 12.0 - MET.below_bpm, "a breath that was met may be their own, however clear it is"


def test_who_is_back_soon_goes_on_where_it_was() -> None:
    lead = proven()
    led(lead, 13.0, 1.0)
    reach, used_to = lead.comfort.reach_bpm, lead.comfort.bpm
    lead.lost(100.0, 9.0, leading=True)
    assert lead.just_paused(100.0 + SOON_S)
    lead.meet(100.0 + SOON_S, 14.0)
    assert lead.proven
    assert (lead.comfort.reach_bpm, lead.comfort.bpm) == (reach, used_to)
    lead.lost(300.0, 9.0, leading=True)  # and that loss made no half of a floor
    lead.meet(400.0, 14.0)
    assert lead.floor_bpm == 0.0
    assert not lead.proven
    assert lead.comfort.reach_bpm < reach


@pytest.mark.parametrize(("farther", "goes_on"), [(1.0, True), (1.05, True), (1.25, False)])
def test_who_is_back_soon_but_needed_the_cue_to_come_far_is_tried_anew(farther: float, goes_on: bool) -> None:
    lead = proven()
    lead.stayed(9.0, 1.0)
    lead.lost(100.0, 9.0, leading=True)
    lead.away(101.0, surely=True)
    lead.stayed(9.0 * farther, 15.0)
    lead.meet(100.0 + SOON_S - 1, 14.0)
    assert lead.proven is goes_on


def test_who_only_seemed_gone_goes_on_where_it_was_however_late_they_are_found() -> None:
    lead = proven()
    led(lead, 13.0, 1.0)
    reach = lead.comfort.reach_bpm
    for t in (100.0, 300.0):  # at one pace twice: of who had left, that made a floor
        lead.lost(t, 9.0, leading=True)
        lead.meet(t + 3 * SOON_S, 14.0, had_stayed=True)
        assert lead.proven
        assert (lead.comfort.reach_bpm, lead.floor_bpm) == (reach, 0.0)


def test_who_only_seemed_gone_in_a_trial_goes_on_with_no_proof() -> None:
    lead = Lead()
    lead.meet(0.0, 14.0)
    lead.stayed(13.4, 20.0)
    lead.lost(20.0, 13.4, leading=True)
    lead.meet(100.0, 14.0, had_stayed=True)
    assert not lead.proven


def test_what_was_before_a_loss_counts_once() -> None:
    lead = proven()
    lead.lost(100.0, 9.0, leading=True)
    lead.meet(200.0, 14.0)  # they had left, and begin anew
    lead.away(250.0, surely=True)
    lead.meet(300.0, 14.0, had_stayed=True)
    assert not lead.proven


def test_who_said_too_fast_since_is_held_by_no_floor_of_before() -> None:
    lead = proven()
    lead.floor_bpm = 9.0
    lead.lost(100.0, 9.5, leading=True)
    lead.floor_bpm = 0.0
    lead.meet(200.0, 14.0, had_stayed=True)
    assert (lead.proven, lead.floor_bpm) == (True, 0.0)


def test_who_followed_for_sure_is_led_again_sooner_than_at_first() -> None:
    lead = proven()
    assert lead.steady_breaths == STEADY_BREATHS
    lead.stayed(14.0 - TRIAL_BPM, SURE_CYCLES * 60 / (TRIAL_BPM - OWN_SD_BPM))
    assert lead.steady_breaths == STEADY_AGAIN_BREATHS < STEADY_BREATHS


def test_the_cue_stays_for_a_moment_where_a_loss_may_be_none() -> None:
    lead = proven()
    lead.lost(100.0, 9.0, leading=True)
    assert lead.away(100.0 + STAY_S, surely=False)
    assert not lead.away(100.0 + STAY_S, surely=True)
    assert not lead.away(101.0 + STAY_S, surely=False)


def test_a_wait_and_the_loss_after_it_are_one_parting() -> None:
    once, twice = proven(), proven()
    for lead in (once, twice):
        lead.lost(100.0, 9.0, leading=True)
    twice.lost(105.0, 9.1, leading=True)
    assert (twice.comfort.reach_bpm, twice.floor_bpm) == (once.comfort.reach_bpm, once.floor_bpm)
    twice.meet(120.0, 14.0)
    assert twice.proven, "and who is back soon goes on from where it was"


def test_who_leaves_their_place_in_the_breath_begins_the_trial_anew() -> None:
    lead = Lead()
    lead.meet(0.0, 14.0)
    lead.stayed(13.2, HALF_S)
    lead.moved()
    lead.stayed(13.2, HALF_S)
    assert not lead.proven
    lead.stayed(13.2, HALF_S)
    assert lead.proven
    paid = lead.slowest_bpm()
    lead.moved()  # once it is proven, a place that wanders with the pace is nothing to begin anew for
    assert (lead.proven, lead.slowest_bpm()) == (True, paid)


def test_a_loss_in_a_trial_makes_no_floor() -> None:
    lead = proven()
    lost_at(lead, 0.0, 9.0)
    lead.lost(200.0, 9.0, leading=True)
    lead.away(210.0, surely=True)
    lead.meet(300.0, 9.5)
    lead.lost(320.0, 9.0, leading=True)
    assert lead.floor_bpm == pytest.approx(9.0 * (1 + FLOOR_ABOVE))
    before = lead.floor_bpm
    lead.meet(400.0, 14.0)
    lead.lost(420.0, 13.4, leading=True)
    lead.meet(500.0, 14.0)
    lead.lost(520.0, 13.4, leading=True)
    assert lead.floor_bpm == before


def test_who_followed_and_is_found_at_a_slow_cue_has_their_own_breath_as_it_was() -> None:
    """Nobody's own breath has become as slow as a cue with which they are found again."""
    lead = Lead()
    assert lead.found_bpm(6.0) == 6.0  # of a stranger nothing is known
    lead.meet(0.0, 14.0)
    lead.stayed(6.0, 120.0)
    lead.lost(120.0, 6.0, leading=True)
    assert lead.followed
    assert lead.found_bpm(6.0) == 14.0
    assert lead.found_bpm(15.0) == 15.0


def test_no_loss_makes_the_reach_longer() -> None:
    lead = Lead()
    lead.comfort.meet(16.0)
    lead.comfort.reach_bpm = 0.5
    lead.comfort.live(6.0, 60.0)
    lead.comfort.lost(proven=True)
    assert lead.comfort.reach_bpm <= 0.5
