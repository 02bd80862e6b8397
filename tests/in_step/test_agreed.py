"""The privacy table: what is told of people together is what each of them lets be told."""

from __future__ import annotations

import pytest

from biosync.consent import SHARINGS, Consent, Sharing
from biosync.events import Group, Synchrony, Turn
from biosync.in_step.agreed import Agreed

TWO = Synchrony(9.0, ("Ana", "Ben"), 0.4, 0.01, True, None, "Ana", 1.5, (1.0, 2.0), "in step", "in step")
ALL = Group(9.0, ("Ana", "Ben", "Cem"), 0.4, 0.01, 0.2, "in step", {"Ana": 0.9, "Ben": 0.8, "Cem": 0.1})
BREAK = Turn(9.0, ("Ana", "Ben"), "apart", 8.0, ("Ana",))
RISE = Turn(9.0, ("Ana", "Ben"), "rising together", 8.0, ("Ana", "Ben"))
SETTLED = Turn(9.0, ("Ana",), "settled", 8.0, ("Ana",), 40.0, True)


def agreed(ana: Sharing, ben: Sharing) -> Agreed:
    return Agreed([Consent("Ana", ana, ""), Consent("Ben", ben, ""), Consent("Cem", "all", "")])


@pytest.mark.parametrize("ana", SHARINGS)
@pytest.mark.parametrize("ben", SHARINGS)
def test_who_leads_is_told_where_neither_shares_the_rhythm_alone(ana: Sharing, ben: Sharing) -> None:
    told = agreed(ana, ben).told(TWO)
    assert isinstance(told, Synchrony)
    known = "rhythm" not in (ana, ben)
    assert (told.leader, told.lag_s, told.lag_interval_s) == (("Ana", 1.5, (1.0, 2.0)) if known else (None,) * 3)
    assert (told.in_step, told.synchrony) == (TWO.in_step, TWO.synchrony)  # the band is everybody's


@pytest.mark.parametrize("ana", SHARINGS)
@pytest.mark.parametrize("ben", SHARINGS)
def test_names_are_told_only_where_both_show_all_or_to_a_coach(ana: Sharing, ben: Sharing) -> None:
    rules, open_ = agreed(ana, ben), {ana, ben} <= {"all", "coach"}
    for turn in (BREAK, RISE):
        told = rules.told(turn)
        assert isinstance(told, Turn) and told.who == (turn.who if open_ else ())
    members = rules.told(ALL)
    assert isinstance(members, Group) and (members.members is not None) == open_
    assert (rules.told(SETTLED) is not None) == (ana in ("all", "coach"))


def test_one_alone_hears_all_of_their_own() -> None:
    assert Agreed([Consent("Ana", "rhythm", "")]).told(SETTLED, alone=True) == SETTLED


def test_who_was_asked_nothing_keeps_nothing_back_and_who_joins_is_heard() -> None:
    rules = Agreed()
    assert rules.told(TWO) == TWO and rules.told(BREAK) == BREAK
    rules.agree(Consent("Ben", "rhythm", ""))
    told = rules.told(TWO)
    assert isinstance(told, Synchrony) and told.leader is None
