"""The people who share one cue: what holds for all of them, and for one alone."""

from __future__ import annotations

import numpy as np
import pytest

from biosync.pacer.company import Company
from biosync.pacer.pacer import Pacer
from biosync.pacer.reading import Reading
from biosync.pacer.wave import Wave
from tests.pacer.following import Heart, at, with_the_cue

PACER = Pacer(("Ana", "Ben"), 0.0)


def lived(ana: Heart, ben: Heart, seconds: int = 90) -> Company:
    """Return a company that was looked at for so long beside a cue of 12 a minute."""
    company, wave = Company(("Ana", "Ben"), None), Wave(0.0, 12.0)
    PACER.wave.advance(float(seconds))
    for t in range(1, seconds + 1):
        if wave.advance(float(t)):
            company.breath(6.0, 6.6, settled=False)
        readings = {"Ana": ana.reading(PACER, float(t)), "Ben": ben.reading(PACER, float(t))}
        company.look(float(t), readings, wave, lenient=False)
    return company


def test_nobody_is_with_a_cue_that_nobody_hears() -> None:
    empty = Company((), None)
    assert not empty.all_with()
    assert empty.own_bpm() is None
    assert empty.surely() == 0.0
    assert empty.behind() is None


def test_all_are_with_it_only_while_everybody_is() -> None:
    both, one = lived(Heart(), Heart()), lived(Heart(), Heart(at(17.0), breath_bpm=17.0))
    assert both.all_with() and both.none_lost() and both.all_steady(3)
    assert both.surely() > 0.5
    assert one.is_with("Ana") and not one.is_with("Ben")
    assert not one.all_with() and not one.none_lost() and not one.all_steady(3)
    assert one.surely() <= 0.0


def test_their_own_breath_is_the_mean_once_everybodys_is_known() -> None:
    company = lived(Heart(at(16.0), breath_bpm=16.0), Heart(swing=0.0), 60)
    assert company.own_bpm() is None
    company = lived(Heart(at(16.0), breath_bpm=16.0), Heart(at(18.0), breath_bpm=18.0), 60)
    assert company.own_bpm() == pytest.approx(17.0, abs=0.3)


def test_who_leaves_is_waited_for_no_more() -> None:
    company = lived(Heart(), Heart(at(17.0), breath_bpm=17.0))
    company.leave("Ben")
    assert company.people == ("Ana",)
    assert company.all_with()
    company.join("Cem")
    assert company.people == ("Ana", "Cem")
    assert not company.all_with()


def test_who_is_with_the_cue_is_met_with_the_others_where_they_were_met() -> None:
    """As long as they are with it nobody can tell how they breathe by themselves."""
    company = lived(Heart(), Heart(at(17.0), breath_bpm=17.0))
    assert company.own_bpm() is None
    assert company.meet_bpm(11.0) == pytest.approx((11.0 + 17.0) / 2, abs=0.3)
    company.leave("Ben")
    assert company.meet_bpm(11.0) is None  # one alone is met where they breathe


def test_who_was_never_read_keeps_nobody_waiting_but_one_whose_breath_is_unknown_does() -> None:
    company = lived(Heart(at(16.0), breath_bpm=16.0), Heart(swing=0.0), 60)
    assert company.meet_bpm(12.0) is None
    company.leave("Ben")
    company.join("Cem")
    assert company.own_bpm() is None
    assert company.meet_bpm(12.0) == pytest.approx(16.0, abs=0.3)


def test_who_is_not_read_is_judged_by_nothing() -> None:
    company = lived(Heart(), Heart())
    nothing = Reading(np.empty(0), np.empty(0), np.empty(0, dtype=bool), "none", None, 0.0)
    company.look(91.0, {"Ana": nothing}, Wave(0.0, 12.0), lenient=False)
    assert not company.is_with("Ana") and company.is_with("Ben")
    assert company.unread() and not company.only_unseen()


def test_whoever_leaves_their_place_in_the_breath_has_moved_each_time() -> None:
    def wandering(pacer: Pacer, t_s: np.ndarray) -> np.ndarray:
        return with_the_cue(pacer, t_s) - np.clip((t_s - 60) / 60, 0, None) * 0.45  # half a cycle behind in a minute

    moved = {}
    for name, phase in (("kept", with_the_cue), ("wandering", wandering)):
        company, wave, moved[name] = Company(("Ana",), None), Wave(0.0, 12.0), 0
        heart = Heart(phase, noise_bpm=0.2)
        PACER.wave.advance(120.0)
        for t in range(1, 121):
            if wave.advance(float(t)):
                company.breath(6.0, 8.4, settled=False)
                moved[name] += company.moved()
            company.look(float(t), {"Ana": heart.reading(PACER, float(t))}, wave, lenient=False)
            if t == 58:
                company.keep_place(True)
    assert moved["kept"] == 0
    assert moved["wandering"] >= 2
