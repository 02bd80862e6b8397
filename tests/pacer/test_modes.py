"""One cue for two or more: the middle of all, one who leads, or turns; and never faster because one rises."""

from __future__ import annotations

import itertools

import pytest

from biosync.events import Cue
from biosync.pacer.leader import SETTLED_S, TURN_S
from biosync.pacer.pacer import Pacer
from biosync.pacer.rising import MOST_SLOWER
from biosync.pacer.settings import Settings
from tests.pacer.following import Heart, at, breathe, live, until, with_the_cue

BOTH = ("Ana", "Ben")
SETTLE = Settings(program="settle")


def alone(breath_bpm: float) -> Heart:
    return Heart(at(breath_bpm), breath_bpm=breath_bpm)


def rises(cues: list[Cue]) -> list[float]:
    return [b.rate_bpm - a.rate_bpm for a, b in itertools.pairwise(cues) if b.rate_bpm > a.rate_bpm + 1e-9]


def test_the_middle_of_both_is_met() -> None:
    cues = live(Pacer(BOTH, 0.0), 0, 80, {"Ana": alone(11.0), "Ben": alone(17.0)})
    assert cues[-1].stage == "meet"
    assert cues[-1].rate_bpm == pytest.approx(14.0, abs=0.3)


def test_two_are_led_only_while_both_follow() -> None:
    assert breathe(Pacer(BOTH, 0.0, SETTLE), 0, 500, with_the_cue)[-1].rate_bpm == pytest.approx(6.0, abs=0.1)
    cues = live(Pacer(BOTH, 0.0, SETTLE), 0, 300, {"Ana": Heart(), "Ben": alone(14.7)})
    assert min(cue.rate_bpm for cue in cues) > 10.5


def test_one_who_is_lost_is_met_by_the_cue_of_both() -> None:
    pacer = Pacer(BOTH, 0.0, SETTLE)
    ben = Heart(until(300, with_the_cue, at(13)), breath_bpm=13.0)
    live(pacer, 0, 300, {"Ana": Heart(breath_bpm=11.0), "Ben": ben})
    cues = live(pacer, 300, 360, {"Ana": Heart(breath_bpm=11.0), "Ben": ben})
    assert cues[-1].stage == "meet"
    assert cues[-1].why.startswith("lost")
    assert cues[-1].rate_bpm > cues[0].rate_bpm


def test_no_resonance_is_told_of_several() -> None:
    cues = breathe(Pacer(BOTH, 0.0), 0, 700, with_the_cue)
    assert "search" in {cue.stage for cue in cues}
    assert {(cue.resonance_bpm, cue.resonance_sd_bpm) for cue in cues} == {(None, None)}


def test_when_hearts_rise_together_the_cue_slows_down_with_them_and_waits() -> None:
    pacer = Pacer(BOTH, 0.0, SETTLE)
    before = breathe(pacer, 0, 120, with_the_cue)[-1].rate_bpm
    cues = live(pacer, 120, 240, Heart(activation="raised"))
    assert cues[-1].why == "slowing down together"
    assert not rises(cues)
    assert before * (1 - MOST_SLOWER) * 0.98 <= cues[-1].rate_bpm < before
    after = live(pacer, 240, 300, Heart(activation="calm"))
    assert after[-1].why != "slowing down together"


def test_hearts_that_rise_while_their_breath_gets_faster_are_not_gone_along_with() -> None:
    pacer = Pacer(BOTH, 0.0, SETTLE)
    breathe(pacer, 0, 300, with_the_cue)
    faster = Heart(until(300, with_the_cue, at(18)), breath_bpm=18.0)
    assert not rises(live(pacer, 300, 420, {name: faster.but(activation="raised") for name in BOTH})[2:])


def test_one_of_two_who_rises_makes_the_cue_no_faster_but_alone_one_is_met() -> None:
    lost = Heart(until(300, with_the_cue, at(16)), breath_bpm=16.0, activation="raised")
    pair, single = Pacer(BOTH, 0.0, SETTLE), Pacer(("Ana",), 0.0, SETTLE)
    live(pair, 0, 300, Heart())
    live(single, 0, 300, Heart())
    cues = live(pair, 300, 400, {"Ana": lost, "Ben": Heart(breath_bpm=9.0)})
    assert any(cue.why.startswith("lost") for cue in cues)
    met_t = next(cue.t for cue in cues if cue.stage == "meet")
    assert not rises([cue for cue in cues if cue.t >= met_t])
    assert max(cue.rate_bpm for cue in live(single, 300, 600, lost)) == pytest.approx(16.0, abs=1.0)


def test_the_leaders_breath_is_followed_and_nobody_elses() -> None:
    pacer = Pacer(BOTH, 0.0, Settings(mode="one_leads", leader="Ben"))
    cues = live(pacer, 0, 240, {"Ana": alone(17.0), "Ben": alone(8.0)})
    assert {cue.stage for cue in cues[: int(SETTLED_S)]} == {"meet"}
    assert cues[10].why == "Ben leads: finding their breath"
    assert cues[-1].stage == "hold"
    assert cues[-1].rate_bpm == pytest.approx(8.0, abs=0.1)
    assert cues[-1].why == "Ben leads: with their breath, 8.0 a minute"


def test_a_leader_who_slows_is_followed_down_and_never_below_what_is_allowed() -> None:
    pacer = Pacer(BOTH, 0.0, Settings(mode="one_leads", leader="Ana", search_slowest_bpm=6.0))
    live(pacer, 0, 120, alone(9.0))
    cues = live(pacer, 120, 300, alone(4.5))
    assert cues[-1].rate_bpm == pytest.approx(6.0)


def test_the_cue_is_not_faster_because_the_leaders_heart_rises() -> None:
    pacer = Pacer(BOTH, 0.0, Settings(mode="one_leads", leader="Ana"))
    live(pacer, 0, 120, alone(9.0))
    cues = live(pacer, 120, 240, {"Ana": alone(15.0).but(activation="raised"), "Ben": alone(9.0)})
    assert not rises(cues)
    assert cues[-1].why == "Ana leads: the cue stays until their breath has settled"


def test_turns_are_taken_and_told() -> None:
    pacer = Pacer(BOTH, 0.0, Settings(mode="turns"))
    cues = live(pacer, 0, 2 * TURN_S - 5, {"Ana": alone(8.0), "Ben": alone(10.0)})
    first, second = cues[int(TURN_S) - 2], cues[-1]
    assert first.why.startswith("Ana leads")
    assert first.rate_bpm == pytest.approx(8.0, abs=0.1)
    assert second.why.startswith("Ben leads")
    assert second.rate_bpm == pytest.approx(10.0, abs=0.1)
    handed_over = [cue for cue in cues if TURN_S + 8 < cue.t < TURN_S + SETTLED_S]
    assert {cue.why for cue in handed_over} == {"Ben leads: finding their breath"}
    assert not rises(handed_over)


@pytest.mark.parametrize("mode", ["one_leads", "turns"])
def test_before_anybody_is_there_the_cue_goes_on(mode: str) -> None:
    pacer = Pacer((), 0.0, Settings(mode=mode, leader="Ana"))  # type: ignore[arg-type]
    assert [pacer.update(float(t), {}).rate_bpm for t in range(0, 60, 7)] == [12.0] * 9


def test_stop_stops_the_cue_of_a_leader_too() -> None:
    pacer = Pacer(BOTH, 0.0, Settings(mode="one_leads", leader="Ana"))
    live(pacer, 0, 60, alone(9.0))
    pacer.say("stop")
    cues = live(pacer, 60, 90, alone(12.0))
    assert (cues[-1].stage, cues[-1].strength) == ("rest", 0.0)
    assert not rises(cues)
