"""For how long somebody may seem gone, and must seem back."""

from __future__ import annotations

import pytest

from biosync.pacer.patience import (
    BACK_CYCLES,
    BACK_S,
    BACK_SLIP,
    BACK_SURE_S,
    GONE_S,
    KNOWN_PATIENCE,
    MOST_BREATHS,
    MOST_S,
    SeemedGone,
    back_after_s,
    patience_s,
)


def asked(unsure: float, lenient: bool = False, quiet: bool = False, grown: bool = False) -> float:
    return patience_s(unsure, lenient=lenient, quiet=quiet, grown=grown)


def test_the_worse_a_heart_shows_it_the_longer_and_a_lead_is_given_more() -> None:
    assert GONE_S == asked(0.0) < asked(0.03) < asked(1.0)
    assert asked(1.0) < asked(1.0, lenient=True)


def test_a_breath_of_their_own_that_shows_is_waited_for_less_and_one_that_would_show_more() -> None:
    assert asked(1.0, grown=True) < asked(1.0) < asked(1.0, quiet=True)
    assert asked(1.0, lenient=True, grown=True) < asked(0.0, lenient=True)


def test_near_a_pace_at_which_they_had_only_seemed_gone_they_are_given_longer() -> None:
    seemed = SeemedGone()
    assert seemed.longer_s(4.0, 8.0) == 4.0
    seemed.note(8.0, stayed=True)
    assert seemed.near(8.5) and not seemed.near(10.0)
    assert seemed.longer_s(4.0, 8.5) == KNOWN_PATIENCE * 4.0
    assert seemed.longer_s(15.0, 8.0) == pytest.approx(max(MOST_S, MOST_BREATHS * 60 / 8.0))
    seemed.note(8.2, stayed=False)
    assert not seemed.near(8.0)


def test_who_is_back_is_believed_once_a_breath_of_their_own_would_have_left_again() -> None:
    assert back_after_s(True, 10.0, 12.0) == BACK_SURE_S < BACK_S == back_after_s(False, 10.0, 12.0)
    assert back_after_s(True, 0.5, 5.0) == pytest.approx(BACK_SLIP / 0.5 * 12)
    assert back_after_s(True, 0.0, 5.0) == back_after_s(False, 0.5, 5.0) == BACK_CYCLES * 12
