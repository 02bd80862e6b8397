"""For how long somebody may seem gone."""

from __future__ import annotations

import pytest

from biosync.pacer.patience import GONE_S, KNOWN_PATIENCE, MOST_BREATHS, MOST_S, SeemedGone, patience_s


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
