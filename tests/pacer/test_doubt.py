"""It is in doubt that somebody is there: soon, seldom in vain twice, and not for ever."""

from __future__ import annotations

import pytest

from biosync.pacer.doubt import (
    DOUBT_LOG_ODDS,
    DOUBT_S,
    LONGER,
    LONGEST_S,
    QUIET_LOG_ODDS,
    SETTLED_LOG_ODDS,
    SETTLED_S,
    SLOWLY_S,
    Doubt,
)
from biosync.pacer.patience import LOOK_S

LIKELY, SETTLED, BETWEEN = DOUBT_LOG_ODDS + 0.5, SETTLED_LOG_ODDS - 0.5, (DOUBT_LOG_ODDS + SETTLED_LOG_ODDS) / 2
BEAT_S = 0.5


class Looked:
    """A doubt of somebody whose beats come every half second."""

    def __init__(self) -> None:
        self.doubt, self.t = Doubt(), 0.0
        self.look(SETTLED, BEAT_S)

    def look(self, log_odds: float, seconds: float, tells: bool = True, quiet: bool = False) -> list[bool]:
        """Return if it stands, after each beat."""
        stands = []
        for _ in range(round(seconds / BEAT_S)):
            self.t += BEAT_S
            self.doubt.look(self.t, log_odds, tells, quiet)
            stands.append(self.doubt.stands)
        return stands


def takes_s(looked: Looked, log_odds: float, quiet: bool = False) -> float:
    """Return after how many seconds it is in doubt."""
    return BEAT_S * (looked.look(log_odds, 60.0, quiet=quiet).index(True) + 1)


def test_it_is_in_doubt_once_it_seemed_so_for_a_moment() -> None:
    assert takes_s(Looked(), LIKELY) == DOUBT_S


def test_a_moment_of_certainty_begins_that_anew() -> None:
    looked = Looked()
    looked.look(LIKELY, DOUBT_S - BEAT_S)
    looked.look(BETWEEN, BEAT_S)
    assert takes_s(looked, LIKELY) == DOUBT_S


def test_it_is_in_doubt_until_it_is_clear_that_they_are_there() -> None:
    looked = Looked()
    looked.look(LIKELY, DOUBT_S + 10)
    assert looked.doubt.likely_s == 10
    assert looked.look(SETTLED, SETTLED_S)[-2:] == [True, False]
    assert looked.doubt.likely_s == 0


def test_or_until_it_is_unlikely_for_a_while_and_that_loses_nobody() -> None:
    looked = Looked()
    looked.look(LIKELY, DOUBT_S)
    assert all(looked.look(BETWEEN, SLOWLY_S - BEAT_S))
    assert looked.doubt.likely_s == 0
    assert looked.look(BETWEEN, BEAT_S) == [False]


@pytest.mark.parametrize(("times", "factor"), [(1, LONGER), (2, LONGER**2), (10, LONGEST_S / DOUBT_S)])
def test_whoever_was_doubted_in_vain_is_doubted_later_next_time_but_not_too_late(times: int, factor: float) -> None:
    looked = Looked()
    for _ in range(times):
        takes_s(looked, LIKELY)
        looked.look(SETTLED, SETTLED_S + BEAT_S)
    assert takes_s(looked, LIKELY) == pytest.approx(factor * DOUBT_S)


def test_who_was_lost_and_had_been_there_was_doubted_in_vain_too() -> None:
    looked = Looked()
    looked.look(LIKELY, DOUBT_S)
    looked.doubt.vain()
    looked.look(SETTLED, BEAT_S)
    assert takes_s(looked, LIKELY) == LONGER * DOUBT_S


def test_who_was_found_is_doubted_as_soon_as_before() -> None:
    looked = Looked()
    looked.look(LIKELY, DOUBT_S + 5)
    looked.doubt.end()
    assert (looked.doubt.stands, looked.doubt.likely_s) == (False, 0)
    looked.look(SETTLED, BEAT_S)
    assert takes_s(looked, LIKELY) == DOUBT_S


def test_where_a_heart_may_only_be_quiet_it_takes_more() -> None:
    looked = Looked()
    assert not any(looked.look(LIKELY, 100.0, quiet=True))
    assert takes_s(looked, QUIET_LOG_ODDS + 0.5, quiet=True) == DOUBT_S


def test_what_tells_nothing_casts_no_doubt_and_ends_none() -> None:
    looked = Looked()
    assert not any(looked.look(LIKELY, 100.0, tells=False))
    looked.look(LIKELY, DOUBT_S)
    assert all(looked.look(SETTLED, 100.0, tells=False))
    assert looked.doubt.likely_s == 0


def test_without_new_beats_nothing_is_news_and_a_gap_is_none() -> None:
    doubt = Doubt()
    for _ in range(100):
        doubt.look(10.0, LIKELY)
    assert not doubt.stands
    doubt.look(10.0 + DOUBT_S, LIKELY)
    assert doubt.stands
    doubt.look(100.0, LIKELY)
    assert doubt.likely_s == LOOK_S
