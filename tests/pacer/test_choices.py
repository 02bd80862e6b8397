"""What is chosen while a session runs, a program or a leader: pace and phase go on from where they are."""

from __future__ import annotations

import itertools
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biosync.events import SAYINGS, Cue, Mode, Program
from biosync.pacer.pacer import MOST_CHANGE, Pacer
from biosync.pacer.settings import Settings, chosen
from tests.pacer.following import Heart, at, breathe, live, resonant, with_the_cue

BOTH = ("Ana", "Ben")


def alone(breath_bpm: float) -> Heart:
    return Heart(at(breath_bpm), breath_bpm=breath_bpm)


def test_a_saying_chooses_what_it_names() -> None:
    told = Settings(slowest_bpm=5.0, mode="one_leads", leader="Ben", program="settle")
    assert [chosen(told, program, None).program for program in get_args(Program)] == list(get_args(Program))
    led = chosen(told, "lead", "Ana")
    assert (led.mode, led.leader, led.program, led.slowest_bpm) == ("one_leads", "Ana", "settle", 5.0)
    assert (chosen(led, "turns", "Ben").mode, chosen(led, "meet_in_the_middle", None).leader) == ("turns", None)
    with pytest.raises(ValueError, match="a person may say"):
        chosen(told, "faster", None)


def test_find_goes_on_from_a_settled_pace_and_settle_stays_where_the_search_got_to() -> None:
    pacer = Pacer(("Ana",), 0.0, Settings(program="settle"))
    heart = Heart(swing=resonant(5.4))
    settled = live(pacer, 0, 500, heart)[-1]
    assert (settled.stage, settled.rate_bpm) == ("hold", pytest.approx(6.0, abs=0.1))
    pacer.say("find", "Ana")
    cues = live(pacer, 500, 1300, heart)
    assert cues[0].why.startswith("finding your rhythm")
    assert "search" in {cue.stage for cue in cues}
    assert cues[-1].resonance_bpm == pytest.approx(5.4, abs=0.4)
    pacer.say("settle")
    after = live(pacer, 1300, 1500, heart)
    assert after[-1].stage == "hold"
    assert after[-1].rate_bpm == pytest.approx(cues[-1].resonance_bpm, abs=0.2)


def test_settle_ends_a_search_that_is_on() -> None:
    pacer = Pacer(("Ana",), 0.0)
    cues = live(pacer, 0, 330, Heart(swing=resonant(5.4)))
    assert cues[-1].stage == "search"
    pacer.say("settle")
    after = live(pacer, 330, 600, Heart(swing=resonant(5.4)))
    assert "search" not in {cue.stage for cue in after}
    assert after[-1].stage == "hold"


def test_the_cue_fades_once_without_is_chosen_and_comes_back_with_another_program() -> None:
    pacer = Pacer(("Ana",), 0.0, Settings(program="settle"))
    assert breathe(pacer, 0, 500, with_the_cue)[-1].strength == 1.0
    pacer.say("without")
    faded = breathe(pacer, 500, 760, with_the_cue)
    assert faded[-1].strength < 0.2
    pacer.say("settle")
    assert breathe(pacer, 760, 780, with_the_cue)[-1].strength == 1.0


def test_one_of_two_leads_from_when_they_say_so_until_all_meet_again() -> None:
    pacer = Pacer(BOTH, 0.0)
    hearts = {"Ana": alone(8.0), "Ben": alone(14.0)}
    assert live(pacer, 0, 90, hearts)[-1].rate_bpm == pytest.approx(11.0, abs=0.2)
    pacer.say("lead", "Ana")
    assert pacer.leads == "Ana"
    led = live(pacer, 90, 240, hearts)
    assert led[-1].why.startswith("Ana leads")
    assert led[-1].rate_bpm == pytest.approx(8.0, abs=0.2)
    pacer.say("turns")
    assert live(pacer, 240, 250, hearts)[-1].why.startswith("Ana leads: finding")
    pacer.say("meet_in_the_middle")
    assert pacer.leads is None
    assert live(pacer, 250, 420, hearts)[-1].rate_bpm == pytest.approx(11.0, abs=0.2)


def test_a_choice_wakes_no_cue_that_was_stopped() -> None:
    pacer = Pacer(BOTH, 0.0)
    breathe(pacer, 0, 60, with_the_cue)
    pacer.say("stop")
    for at_t, said in enumerate(("settle", "lead", "without", "turns", "meet_in_the_middle", "find"), start=4):
        pacer.say(said, "Ben")
        cue = breathe(pacer, 15 * at_t, 15 * at_t + 15, with_the_cue)[-1]
        assert (cue.stage, cue.strength) == ("rest", 0.0)


@settings(max_examples=40)  # each lives almost four minutes, twice
@given(st.lists(st.tuples(st.integers(0, 200), st.sampled_from(SAYINGS), st.sampled_from([None, *BOTH])), max_size=12))
def test_whatever_is_chosen_no_phase_jumps_and_no_pace_leaps(said: list[tuple[int, str, str | None]]) -> None:
    pacer, cues = Pacer(BOTH, 0.0), list[Cue]()
    wishes = sorted(said, key=lambda one: one[0])
    for t in range(1, 221):
        for _, text, person in [one for one in wishes if one[0] == t]:
            pacer.say(text, person)
        cues += live(pacer, t - 1, t, {"Ana": Heart(), "Ben": alone(13.0)})
    for a, b in itertools.pairwise(cues):
        off = (b.phase - a.phase_at(b.t) + 0.5) % 1.0 - 0.5
        turned = int(b.phase < a.phase)
        assert abs(off) < 1e-9 or turned
        assert abs(a.rate_bpm / b.rate_bpm - 1) <= (0.16 if turned else 1e-12)
    assert MOST_CHANGE < 0.16
    assert pacer.settings.mode in get_args(Mode)
