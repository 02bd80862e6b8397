"""A floor: two losses at about the same pace make one, and it is tried again later."""

from __future__ import annotations

import pytest

from biosync.pacer.lead import FLOOR_ABOVE, RETRY_S
from tests.pacer.leading import lost_at, proven


def test_two_losses_at_about_the_same_pace_make_a_floor_above_it() -> None:
    lead = proven()
    lost_at(lead, 0.0, 9.0)
    assert lead.floor_bpm == 0.0
    lost_at(lead, 200.0, 9.3)
    assert lead.floor_bpm == pytest.approx(9.3 * (1 + FLOOR_ABOVE))
    lead.stayed(10.0, 120.0)
    assert lead.slowest_bpm() == lead.floor_bpm


def test_losses_that_may_be_none_make_no_floor() -> None:
    lead = proven()
    for t in (0.0, 200.0, 400.0):
        lost_at(lead, t, 9.0, surely=False)
    assert lead.floor_bpm == 0.0


def test_two_losses_far_apart_make_none() -> None:
    lead = proven()
    lost_at(lead, 0.0, 11.0)
    lost_at(lead, 200.0, 8.0)
    assert lead.floor_bpm == 0.0


def test_who_went_past_where_they_were_lost_has_no_limit_there() -> None:
    lead = proven()
    lost_at(lead, 0.0, 9.0)
    lead.stayed(7.0, 60.0)
    lost_at(lead, 400.0, 9.0)
    assert lead.floor_bpm == 0.0


def test_a_floor_is_tried_again_later_and_a_little_lower() -> None:
    lead = proven()
    lost_at(lead, 0.0, 9.0)
    lost_at(lead, 200.0, 9.0)
    floor = lead.floor_bpm
    assert not lead.retry(200.0 + RETRY_S - 1)
    assert lead.floor_bpm == floor
    assert lead.retry(200.0 + RETRY_S)
    assert 0.85 * floor < lead.floor_bpm < floor
    assert not lead.retry(200.0 + RETRY_S + 1)


def test_each_retry_that_fails_is_followed_by_a_longer_rest() -> None:
    lead, t = proven(), 200.0
    lost_at(lead, 0.0, 9.0)
    waits = []
    for _ in range(3):
        lost_at(lead, t, 9.0)
        waited = 0.0
        while not lead.retry(t + waited):
            waited += 10.0
        waits.append(waited)
        t += waited
    assert waits[0] < waits[1] < waits[2]
