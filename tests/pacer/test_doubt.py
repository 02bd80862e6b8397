"""It is in doubt that somebody is there: soon, seldom in vain twice, and not for ever."""

from __future__ import annotations

import pytest

from biosync.pacer.doubt import DOUBT_LOG_ODDS, DOUBT_S, LONGER, QUIET_LOG_ODDS, SETTLED_LOG_ODDS, SETTLED_S, Doubt

LIKELY, SETTLED, BETWEEN = DOUBT_LOG_ODDS + 0.5, SETTLED_LOG_ODDS - 0.5, (DOUBT_LOG_ODDS + SETTLED_LOG_ODDS) / 2


def looked(doubt: Doubt, log_odds: float, seconds: float) -> list[bool]:
    """Return if it stands, after each second."""
    stands = []
    for _ in range(round(seconds)):
        doubt.look(log_odds, 1.0)
        stands.append(doubt.stands)
    return stands


def test_it_is_in_doubt_once_it_seemed_so_for_a_moment() -> None:
    assert looked(Doubt(), LIKELY, DOUBT_S) == [*(round(DOUBT_S) - 1) * [False], True]


def test_a_moment_of_certainty_begins_that_anew() -> None:
    doubt = Doubt()
    looked(doubt, LIKELY, DOUBT_S - 1)
    looked(doubt, BETWEEN, 1)
    assert not looked(doubt, LIKELY, DOUBT_S - 1)[-1]


def test_it_is_in_doubt_until_it_is_clear_that_they_are_there() -> None:
    doubt = Doubt()
    looked(doubt, LIKELY, DOUBT_S)
    assert all(looked(doubt, BETWEEN, 10))
    assert doubt.for_s == 10
    assert looked(doubt, SETTLED, SETTLED_S) == [*(round(SETTLED_S) - 1) * [True], False]
    assert doubt.for_s == 0


def test_whoever_was_doubted_in_vain_is_doubted_later_next_time() -> None:
    doubt = Doubt()
    looked(doubt, LIKELY, DOUBT_S)
    looked(doubt, SETTLED, SETTLED_S)
    assert looked(doubt, LIKELY, LONGER * DOUBT_S) == [*(round(LONGER * DOUBT_S) - 1) * [False], True]


@pytest.mark.parametrize("log_odds", [LIKELY, BETWEEN])
def test_who_was_lost_or_found_is_doubted_as_soon_as_before(log_odds: float) -> None:
    doubt = Doubt()
    looked(doubt, LIKELY, DOUBT_S)
    looked(doubt, log_odds, 5)
    doubt.end()
    assert (doubt.stands, doubt.for_s) == (False, 0)
    assert looked(doubt, LIKELY, DOUBT_S)[-1]


def test_where_a_heart_may_only_be_quiet_it_takes_more() -> None:
    doubt = Doubt()
    for _ in range(100):
        doubt.look(LIKELY, 1.0, quiet=True)
    assert not doubt.stands
    for _ in range(round(DOUBT_S)):
        doubt.look(QUIET_LOG_ODDS + 0.5, 1.0, quiet=True)
    assert doubt.stands


def test_time_that_tells_nothing_casts_no_doubt() -> None:
    doubt = Doubt()
    for _ in range(100):
        doubt.look(LIKELY, 0.0)
    assert not doubt.stands
