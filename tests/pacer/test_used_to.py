"""Who was lost while a pace was held comes back to it sooner: they are used to it for a while yet."""

from __future__ import annotations

import pytest

from biosync.pacer.lead import SOON_S, UNUSED_S, Lead

OWN_BPM, HELD_BPM = 14.0, 6.0
LOST_T = 900.0


def held() -> Lead:
    """Return the lead of somebody who followed down to a pace and stayed with it for ten minutes."""
    lead = Lead()
    lead.meet(0.0, OWN_BPM)
    lead.stayed(13.0, 120.0)
    lead.stayed(HELD_BPM, 600.0)
    assert lead.sure and lead.comfort.bpm == pytest.approx(HELD_BPM, abs=0.1)
    return lead


@pytest.mark.parametrize("away_s", [60.0, UNUSED_S, 5 * UNUSED_S])
def test_they_are_met_as_used_to_the_held_pace_the_less_the_longer_they_were_away(away_s: float) -> None:
    lead = held()
    lead.lost(LOST_T, HELD_BPM, leading=False)
    assert lead.meet(LOST_T + away_s, OWN_BPM)
    left = {60.0: 0.78, UNUSED_S: 0.37, 5 * UNUSED_S: 0.007}[away_s]
    assert lead.comfort.bpm == pytest.approx(OWN_BPM - left * (OWN_BPM - HELD_BPM), abs=0.1)
    assert not lead.proven, "they show anew that they follow before they are led"
    assert lead.slowest_bpm() == lead.trial_bpm() > OWN_BPM - 1


def test_who_is_lost_once_more_on_the_way_back_is_used_to_it_still_but_not_who_is_lost_in_a_lead() -> None:
    lead = held()
    lead.lost(LOST_T, HELD_BPM, leading=False)
    lead.meet(LOST_T + 60, OWN_BPM)
    lead.lost(LOST_T + 65, 13.6, leading=False)
    lead.meet(LOST_T + 120, OWN_BPM)
    assert lead.comfort.bpm < 11
    lead = held()
    lead.lost(LOST_T, HELD_BPM, leading=True)
    lead.meet(LOST_T + SOON_S + 35, OWN_BPM)
    assert lead.comfort.bpm == OWN_BPM


def test_nobody_is_taken_to_be_used_to_a_faster_pace_than_their_own() -> None:
    lead = held()
    lead.lost(LOST_T, HELD_BPM, leading=False)
    lead.meet(LOST_T + 60, 7.5)
    assert lead.comfort.bpm <= 7.5
    lead = held()
    lead.comfort.bpm = 16.0
    lead.lost(LOST_T, 16.0, leading=False)
    lead.meet(LOST_T + 60, OWN_BPM)
    assert lead.comfort.bpm == OWN_BPM
