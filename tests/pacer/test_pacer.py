"""The controller: meets, leads while followed, holds, goes back when it has lost them; gently and continuously."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.events import Cue
from biosync.pacer.pacer import Pacer
from biosync.pacer.settings import Settings
from tests.pacer.following import at, breathe, reading, with_the_cue


def jumps(cues: list[Cue]) -> np.ndarray:
    """Return how far each phase lies off what the plan before it says, in cycles."""
    return np.array([abs((b.phase - a.phase_at(b.t) + 0.5) % 1 - 0.5) for a, b in itertools.pairwise(cues)])


def changes(cues: list[Cue]) -> list[tuple[Cue, Cue]]:
    return [(a, b) for a, b in itertools.pairwise(cues) if a.rate_bpm != b.rate_bpm]


def test_begins_at_twelve_and_meets_the_measured_breath() -> None:
    cues = breathe(Pacer(("Ana",), 0.0), 0, 40, at(16), breath_bpm=16.0)
    assert cues[0].rate_bpm == 12.0
    assert max(cue.rate_bpm for cue in cues) == pytest.approx(16.0, abs=0.1)
    assert {cue.stage for cue in cues[:35]} == {"meet"}


def test_meets_a_fast_breath_up_to_twenty_and_no_further() -> None:
    assert breathe(Pacer(("Ana",), 0.0), 0, 120, at(26), breath_bpm=26.0)[-1].rate_bpm == pytest.approx(20.0)


def test_leads_who_follows_down_to_the_target_and_holds() -> None:
    cues = breathe(Pacer(("Ana",), 0.0), 0, 300, with_the_cue)
    assert [stage for stage, _ in itertools.groupby(cue.stage for cue in cues)] == ["meet", "lead", "hold"]
    assert cues[-1].rate_bpm == pytest.approx(6.0)


def test_leads_to_the_persons_own_resonance_where_it_is_known() -> None:
    pacer = Pacer(("Ana",), 0.0, Settings(start_bpm=9.0, resonance_bpm=5.2))
    assert breathe(pacer, 0, 300, with_the_cue)[-1].rate_bpm == pytest.approx(5.2)


def test_who_does_not_follow_is_not_led() -> None:
    cues = breathe(Pacer(("Ana",), 0.0), 0, 300, at(14), breath_bpm=14.0)
    assert min(cue.rate_bpm for cue in cues[60:]) > 12.0  # tried, gently, and given up soon each time


def test_stops_leading_soon_when_lost_and_goes_back_to_meet() -> None:
    pacer = Pacer(("Ana",), 0.0)
    led = breathe(pacer, 0, 100, with_the_cue)
    assert led[-1].stage == "lead"
    left_at = led[-1].rate_bpm
    cues = breathe(pacer, 100, 220, at(15), breath_bpm=15.0)
    patience = max(20.0, 2.5 * 60 / left_at)
    assert all(b.rate_bpm >= a.rate_bpm - 1e-9 for a, b in itertools.pairwise(c for c in cues if c.t > 100 + patience))
    first_lost = next(cue for cue in cues if cue.stage == "meet")
    assert first_lost.why.startswith("lost")
    assert first_lost.t - 100 < 2 * patience + 10
    assert cues[-1].rate_bpm == pytest.approx(15.0, abs=1.0)


def test_a_poor_signal_rests_the_cue_and_moves_nothing() -> None:
    pacer = Pacer(("Ana",), 0.0)
    rate = breathe(pacer, 0, 100, with_the_cue, breath_bpm=12.0)[-1].rate_bpm
    cues = breathe(pacer, 100, 130, at(15), quality="none")
    assert cues[-1].stage == "rest"
    assert "poor" in cues[-1].why
    assert {cue.rate_bpm for cue in cues[3:]} == {cues[3].rate_bpm}
    assert cues[-1].rate_bpm == pytest.approx(rate, rel=0.06)


@pytest.mark.parametrize(("said", "slower"), [("too_fast", True), ("too_slow", False)])
def test_what_a_person_says_is_done_at_the_next_in_breath(said: str, slower: bool) -> None:
    pacer = Pacer(("Ana",), 0.0, Settings(start_bpm=8.0))
    before = breathe(pacer, 0, 20, with_the_cue)[-1].rate_bpm
    pacer.say(said)
    cues = breathe(pacer, 20, 30, with_the_cue)
    changed = next(cue for cue in cues if cue.rate_bpm != before)
    assert (changed.rate_bpm < before) == slower
    assert 0.05 < abs(before / changed.rate_bpm - 1) <= 0.15
    assert "as you asked" in changed.why


def test_too_slow_is_remembered_as_a_floor() -> None:
    pacer = Pacer(("Ana",), 0.0, Settings(start_bpm=7.0))
    breathe(pacer, 0, 20, with_the_cue)
    pacer.say("too_slow")
    assert min(cue.rate_bpm for cue in breathe(pacer, 30, 300, with_the_cue)) > 7.0


def test_stop_fades_the_cue_and_go_brings_it_back() -> None:
    pacer = Pacer(("Ana",), 0.0)
    breathe(pacer, 0, 30, with_the_cue)
    pacer.say("stop")
    stopped = breathe(pacer, 30, 50, with_the_cue)
    assert (stopped[-1].stage, stopped[-1].strength) == ("rest", 0.0)
    assert 0 < stopped[2].strength < 1
    pacer.say("go")
    assert breathe(pacer, 50, 70, with_the_cue)[-1].strength == 1.0


def test_nonsense_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="too_slow, too_fast, stop or go"):
        Pacer(("Ana",), 0.0).say("louder")


def test_two_are_led_only_while_both_follow() -> None:
    both = Pacer(("Ana", "Ben"), 0.0)
    assert breathe(both, 0, 250, with_the_cue)[-1].rate_bpm < 8
    one = Pacer(("Ana", "Ben"), 0.0)
    rates = []
    for t in range(1, 250):
        readings = {
            "Ana": reading(one, t, with_the_cue, None),
            "Ben": reading(one, t, at(14.7), 14.7),
        }
        rates.append(one.update(float(t), readings).rate_bpm)
    assert min(rates) > 10.5


@given(
    st.lists(
        st.tuples(st.floats(0.01, 4.0), st.sampled_from(["with", "own", "none"]), st.sampled_from([None, 7.0, 15.0])),
        min_size=5,
        max_size=80,
    ),
    st.lists(st.sampled_from(["too_slow", "too_fast", "stop", "go"]), max_size=3),
)
def test_whatever_happens_phase_is_continuous_and_changes_are_small_and_at_the_in_breath(
    looks: list[tuple[float, str, float | None]], said: list[str]
) -> None:
    pacer, t, cues = Pacer(("Ana",), 0.0), 0.0, []
    for k, (step, heart, breath) in enumerate(looks):
        t += step
        if k % 20 == 10 and said:
            pacer.say(said[k % len(said)])
        phase = with_the_cue if heart == "with" else at(13)
        cues.append(pacer.update(t, {"Ana": reading(pacer, t, phase, breath, "none" if heart == "none" else "good")}))
    assert np.all(jumps(cues) < 1e-9)
    for a, b in changes(cues):
        assert a.phase + (b.t - a.t) * a.rate_bpm / 60 >= 1.0 - 1e-9
        most = 0.15 if "as you asked" in b.why else 0.05
        assert abs(a.rate_bpm / b.rate_bpm - 1) <= most + 1e-9
        assert b.why
    assert all(4.0 <= cue.rate_bpm <= 20.0 for cue in cues)
    assert all(0.0 <= cue.strength <= 1.0 for cue in cues)
