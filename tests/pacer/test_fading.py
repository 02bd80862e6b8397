"""How strong the cue is."""

from __future__ import annotations

import itertools

from biosync.pacer.fading import AWAY_S, FADE_S, MISSED_S, SURE_S, Fading


def pass_by(fading: Fading, seconds: float, **how: bool) -> list[float]:
    strengths = []
    for _ in range(round(seconds)):
        fading.go_on(1.0, **{"stopped": False, "holding": True, "in_rhythm": True, **how})
        strengths.append(fading.strength)
    return strengths


def test_stop_fades_it_soon_and_go_brings_it_back_as_soon() -> None:
    fading = Fading(without=False)
    strengths = pass_by(fading, FADE_S, stopped=True)
    assert strengths == sorted(strengths, reverse=True)
    assert strengths[-1] == 0.0
    assert pass_by(fading, FADE_S)[-1] == 1.0


def test_nothing_fades_for_who_does_not_practise_without() -> None:
    fading = Fading(without=False)
    assert set(pass_by(fading, 600)) == {1.0}
    assert not fading.away


def test_who_holds_the_rhythm_is_left_to_it_slowly() -> None:
    fading = Fading(without=True)
    assert set(pass_by(fading, SURE_S - 1)) == {1.0}
    fading_away = pass_by(fading, AWAY_S + 1)
    assert fading.away
    assert all(0 <= a - b < 0.01 for a, b in itertools.pairwise(fading_away))
    assert fading_away[-1] == 0.0


def test_a_breath_that_is_missed_brings_nothing_back_but_a_lost_rhythm_does() -> None:
    fading = Fading(without=True)
    pass_by(fading, SURE_S + AWAY_S + 1)
    pass_by(fading, MISSED_S - 1, in_rhythm=False)
    assert fading.away
    pass_by(fading, 1)
    assert pass_by(fading, MISSED_S + FADE_S, in_rhythm=False)[-1] == 1.0
    assert not fading.away
    assert set(pass_by(fading, SURE_S - 1)) == {1.0}  # and it is there for a while


def test_it_is_there_until_the_pace_is_found() -> None:
    fading = Fading(without=True)
    assert set(pass_by(fading, 600, holding=False)) == {1.0}
