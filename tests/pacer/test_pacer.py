"""The controller: meets, leads while followed, searches, holds, goes back when it has lost them; always gently."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.events import Cue
from biosync.pacer.lead import MET
from biosync.pacer.pacer import Pacer
from biosync.pacer.settings import Settings
from tests.pacer.following import Heart, at, breathe, live, reading, resonant, until, with_the_cue, without

MEET = Settings(program="settle")


def jumps(cues: list[Cue]) -> np.ndarray:
    """Return how far each phase lies off what the plan before it says, in cycles."""
    return np.array([abs((b.phase - a.phase_at(b.t) + 0.5) % 1 - 0.5) for a, b in itertools.pairwise(cues)])


def changes(cues: list[Cue]) -> list[tuple[Cue, Cue]]:
    return [(a, b) for a, b in itertools.pairwise(cues) if a.rate_bpm != b.rate_bpm]


def stages(cues: list[Cue]) -> list[str]:
    return [stage for stage, _ in itertools.groupby(cue.stage for cue in cues)]


def test_begins_at_twelve_and_meets_the_measured_breath() -> None:
    cues = breathe(Pacer(("Ana",), 0.0), 0, 70, at(16), breath_bpm=16.0)
    assert cues[0].rate_bpm == 12.0
    assert max(cue.rate_bpm for cue in cues) == pytest.approx(16.0, abs=0.3)
    assert {cue.stage for cue in cues[:35]} == {"meet"}


def test_meets_a_fast_breath_up_to_twenty_and_no_further() -> None:
    assert breathe(Pacer(("Ana",), 0.0), 0, 120, at(26), breath_bpm=26.0)[-1].rate_bpm == pytest.approx(20.0)


def test_leads_who_follows_searches_and_holds_where_the_heart_swings_most() -> None:
    pacer = Pacer(("Ana",), 0.0)
    cues = live(pacer, 0, 900, Heart(swing=resonant(5.3)))
    assert stages(cues) == ["meet", "lead", "search", "hold"]
    assert cues[-1].rate_bpm == pytest.approx(5.3, abs=0.3)
    assert "swings most" in cues[-1].why
    assert cues[-1].resonance_bpm == pytest.approx(cues[-1].rate_bpm, abs=0.1)
    assert min(cue.rate_bpm for cue in cues) >= 4.5


def test_children_are_searched_between_six_and_ten() -> None:
    settings = Settings(search_slowest_bpm=6.0, search_fastest_bpm=10.0)
    cues = live(Pacer(("Ana",), 0.0, settings), 0, 900, Heart(swing=resonant(8.0)))
    assert cues[-1].stage == "hold"
    assert cues[-1].rate_bpm == pytest.approx(8.0, abs=0.4)
    assert min(cue.rate_bpm for cue in cues) >= 6.0


def test_settle_leads_to_six_and_holds_there() -> None:
    cues = breathe(Pacer(("Ana",), 0.0, MEET), 0, 500, with_the_cue)
    assert stages(cues) == ["meet", "lead", "hold"]
    assert cues[-1].rate_bpm == pytest.approx(6.0)


def test_settle_leads_to_the_persons_own_resonance_where_it_is_known() -> None:
    pacer = Pacer(("Ana",), 0.0, Settings(start_bpm=9.0, resonance_bpm=5.2, program="settle"))
    assert breathe(pacer, 0, 500, with_the_cue)[-1].rate_bpm == pytest.approx(5.2, rel=0.002)  # nearer it does not go


@pytest.mark.parametrize(("quiet_bpm", "noise_bpm", "waits_s"), [(8.0, 0.7, 0), (8.0, 1.2, 20), (9.0, 1.8, 0)])
def test_a_heart_that_hardly_swings_at_some_paces_is_led_past_them(
    quiet_bpm: float, noise_bpm: float, waits_s: int
) -> None:
    """One that swings by 6 bpm at most paces, and by 1 near one; it may be waited for, but not gone back for."""
    flat = Heart(swing=lambda pace: 1.0 + 5.0 * np.minimum(1.0, np.abs(pace - quiet_bpm) / 2.0), noise_bpm=noise_bpm)
    cues = live(Pacer(("Ana",), 0.0, MEET), 0, 420, flat)
    lead = next(cue.t for cue in cues if cue.stage == "lead")
    assert [b for a, b in changes(cues) if b.t > lead and b.rate_bpm > a.rate_bpm] == []
    assert sum(cue.why.startswith("lost") for cue in cues) <= waits_s
    assert cues[-1].rate_bpm == pytest.approx(6.0, abs=0.1)


def test_nobody_is_led_without_a_measured_lock() -> None:
    """Whoever it is: where a lead makes the cue slower, the heart is with the cue (or was, ten seconds ago)."""
    for heart in (Heart(at(14), breath_bpm=14.0), Heart(swing=0.0), Heart(until(200, with_the_cue, at(9)))):
        pacer, before, with_t = Pacer(("Ana",), 0.0), 12.0, -1e9
        for t in range(1, 400):
            cue = pacer.update(float(t), {"Ana": heart.reading(pacer, t)})
            with_t = t if pacer.is_with("Ana") else with_t
            if cue.stage in ("lead", "search") and cue.rate_bpm < before:
                assert t - with_t <= 10
            before = cue.rate_bpm


def test_a_first_trial_is_part_of_meeting() -> None:
    pacer, slowest = Pacer(("Ana",), 0.0), 12.0
    for t in range(1, 300):
        cue = pacer.update(float(t), {"Ana": Heart().reading(pacer, t)})
        if cue.stage == "lead":
            break
        assert not pacer._lead.proven
        assert cue.stage == "meet" and not cue.why.startswith(("lost", "slowing"))
        slowest = min(slowest, cue.rate_bpm)
    assert cue.stage == "lead" and slowest < 11.5


def test_who_says_too_slow_in_a_first_trial_is_held_where_they_wished() -> None:
    pacer = Pacer(("Ana",), 0.0, MEET)
    trying = live(pacer, 0, 52, Heart())[-1]
    assert trying.stage == "meet" and trying.rate_bpm < 11.6
    pacer.say("too_slow")
    cues = live(pacer, 52, 300, Heart())
    assert cues[-1].stage == "hold"
    assert cues[-1].rate_bpm == pytest.approx(1.05 * trying.rate_bpm, rel=0.03)


@pytest.mark.parametrize("left_t", [50.0, 60.0])
def test_who_leaves_in_a_first_trial_was_never_led_and_is_not_lost(left_t: float) -> None:
    cues = breathe(Pacer(("Ana",), 0.0), 0, 240, until(left_t, with_the_cue, at(15)), breath_bpm=15.0)
    assert {cue.stage for cue in cues} == {"meet"}
    assert any(cue.why.startswith("a little slower") for cue in cues)
    assert not any(cue.why.startswith("lost") for cue in cues)
    assert cues[-1].rate_bpm == pytest.approx(15.0, abs=1.0)


@pytest.mark.parametrize("own", [9.0, 14.0, 18.0])
def test_who_breathes_on_alone_is_never_led_far_below_it(own: float) -> None:
    cues = breathe(Pacer(("Ana",), 0.0), 0, 600, at(own), breath_bpm=own)
    assert min(cue.rate_bpm for cue in cues[80:]) >= own - 1.0
    assert np.mean([cue.rate_bpm for cue in cues[-60:]]) == pytest.approx(own, abs=1.0)


@pytest.mark.parametrize("own", [11.0, 15.0])
@pytest.mark.parametrize("left_t", [240.0, 330.0])
def test_stops_leading_soon_when_lost_and_goes_back_to_meet(left_t: float, own: float) -> None:
    pacer = Pacer(("Ana",), 0.0, MEET)
    heart = Heart(until(left_t, with_the_cue, at(own)), breath_bpm=own)
    led = live(pacer, 0, left_t, heart)
    assert led[-1].stage in ("lead", "hold")
    left_at = led[-1].rate_bpm
    patience = max(20.0, 2.5 * 60 / left_at)
    cues = live(pacer, left_t, left_t + 200, heart)
    lost = next(cue for cue in cues if cue.why.startswith("lost"))
    assert lost.stage == "meet"
    assert lost.t - left_t <= (40 if led[-1].stage == "lead" else patience + 1)
    slower = [b.t for a, b in changes(cues) if b.rate_bpm < a.rate_bpm and b.t <= lost.t]
    assert all(t - left_t <= patience + 1 for t in slower)
    back = next(cue for cue in cues if cue.rate_bpm >= own - MET.below_bpm - 0.1)
    going = [cue for cue in cues if lost.t <= cue.t <= back.t]
    steps = [b.rate_bpm / a.rate_bpm for a, b in changes(going)]
    assert min(steps[:-1]) >= 1.04  # as fast as 5 % a breath goes, all the way
    assert back.t - left_t <= patience + 60 or min(steps[:-1]) == pytest.approx(1 / 0.95, abs=0.001)
    assert all(cue.rate_bpm >= own - 1.0 for cue in cues if cue.t > back.t)


def test_why_begins_with_lost_until_they_are_back() -> None:
    pacer = Pacer(("Ana",), 0.0, MEET)
    heart = Heart(until(200, with_the_cue, at(15)), breath_bpm=15.0)
    cues = live(pacer, 0, 260, heart)
    met = [cue for cue in cues if cue.t > 205 and cue.stage == "meet"]
    assert met
    assert all(cue.why.startswith("lost") for cue in met)


def test_who_comes_back_is_led_again() -> None:
    pacer = Pacer(("Ana",), 0.0, MEET)
    heart = Heart(until(300, until(240, with_the_cue, at(15)), with_the_cue), breath_bpm=15.0)
    cues = live(pacer, 0, 1000, heart)
    assert "lost" in {cue.why.split(":")[0] for cue in cues if 240 < cue.t < 300}
    again = next(cue for cue in cues if cue.t > 300 and cue.stage in ("lead", "hold"))
    assert again.t - 300 <= 60
    assert cues[-1].stage == "hold"
    assert cues[-1].rate_bpm == pytest.approx(6.0, abs=0.1)


def test_early_beats_move_the_pace_of_nobody() -> None:
    early = tuple(np.cumsum(np.random.default_rng(5).exponential(30.0, 40)))
    clean = live(Pacer(("Ana",), 0.0, MEET), 0, 800, Heart())
    spoilt = live(Pacer(("Ana",), 0.0, MEET), 0, 800, Heart(early=early))
    assert not any(cue.why.startswith("lost") for cue in spoilt)
    assert spoilt[-1].rate_bpm == clean[-1].rate_bpm
    held = [cue.rate_bpm for cue in spoilt if cue.stage == "hold"]
    assert max(held) == min(held)


def test_a_gap_moves_nothing_and_a_long_one_rests_the_cue() -> None:
    pacer = Pacer(("Ana",), 0.0, MEET)
    rate = breathe(pacer, 0, 100, with_the_cue)[-1].rate_bpm
    cues = breathe(pacer, 100, 130, at(15), quality="none")
    assert cues[-1].stage == "rest"
    assert "poor" in cues[-1].why
    assert {cue.rate_bpm for cue in cues if cue.stage != "lead"} == {cues[-1].rate_bpm}
    assert cues[-1].rate_bpm == pytest.approx(rate, rel=0.06)
    after = breathe(pacer, 130, 400, with_the_cue)
    assert stages(after)[:2] == ["meet", "lead"]
    assert not any(cue.why.startswith("lost") for cue in after)


@pytest.mark.parametrize("begin", [150.0, 205.0, 500.0])
def test_ten_seconds_without_beats_lose_nobody_and_move_nothing(begin: float) -> None:
    pacer, whole = Pacer(("Ana",), 0.0, MEET), Heart(noise_bpm=1.5)
    cues = live(pacer, 0, begin, whole)
    for t in np.arange(begin + 1, begin + 60):
        cues.append(pacer.update(float(t), {"Ana": without(whole.reading(pacer, float(t)), begin, begin + 10)}))
    during = [cue for cue in cues if begin + 7 < cue.t < begin + 16]
    assert {cue.rate_bpm for cue in during} == {during[0].rate_bpm}
    assert not any(cue.why.startswith(("lost", "waiting")) for cue in cues if cue.t > begin)
    assert during[0].stage == "hold" or any(cue.why.startswith("some beats were missed") for cue in during)


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


@pytest.mark.parametrize("start", [7.0, 12.0])
def test_too_slow_is_remembered_as_a_floor(start: float) -> None:
    pacer = Pacer(("Ana",), 0.0, Settings(start_bpm=start))
    breathe(pacer, 0, 20, with_the_cue)
    pacer.say("too_slow")
    cues = breathe(pacer, 20, 600, with_the_cue)
    assert min(cue.rate_bpm for cue in cues[12:]) > 1.04 * start


@pytest.mark.parametrize("heart", [Heart(), Heart(at(12.5), breath_bpm=12.5)], ids=["with", "alone"])
def test_too_slow_is_remembered_whoever_it_is(heart: Heart) -> None:
    pacer = Pacer(("Ana",), 0.0)
    live(pacer, 0, 30, heart)
    said_at = pacer.wave.rate_bpm
    pacer.say("too_slow")
    assert min(cue.rate_bpm for cue in live(pacer, 30, 300, heart)[8:]) > 1.04 * said_at


def test_too_fast_is_remembered_while_they_are_met() -> None:
    pacer = Pacer(("Ana",), 0.0)
    heart = Heart(swing=0.0)
    live(pacer, 0, 30, heart)
    pacer.say("too_fast")
    assert max(cue.rate_bpm for cue in live(pacer, 30, 120, heart)[8:]) < 0.96 * 12


def test_a_search_whose_find_was_called_too_fast_ends_below_it_and_goes_there_before_it_holds() -> None:
    """Slower than where the heart swings most, at 6.3, somebody says that even this is too fast."""
    heart = Heart(swing=resonant(6.3, damping=0.15))
    pacer = Pacer(("Ana",), 0.0, Settings(start_bpm=8.0))
    seconds = (live(pacer, t, t + 1, heart)[0] for t in range(900))
    (*_, low) = itertools.takewhile(lambda cue: cue.rate_bpm > 5.9, seconds)
    pacer.say("too_fast")
    cues = live(pacer, pacer.wave.t, 1200, heart)
    assert low.stage == "search"
    assert cues[-1].stage == "hold"
    assert cues[-1].rate_bpm < 5.9


def test_the_search_goes_to_what_it_found_before_it_holds() -> None:
    cues = live(Pacer(("Ana",), 0.0), 0, 900, Heart(swing=resonant(6.3, damping=0.15)))
    (first, *_) = [cue for cue in cues if cue.stage == "hold"]
    assert first.resonance_bpm == pytest.approx(first.rate_bpm, rel=0.03)


def test_too_fast_is_remembered_where_the_pace_is_held_until_they_are_lost() -> None:
    pacer = Pacer(("Ana",), 0.0, MEET)
    heart = Heart(until(700, with_the_cue, at(13)), breath_bpm=13.0)
    live(pacer, 0, 500, heart)
    pacer.say("too_fast")
    cues = live(pacer, 500, 700, heart)
    assert {cue.stage for cue in cues} == {"hold"}
    assert max(cue.rate_bpm for cue in cues[12:]) < 0.96 * 6
    assert max(cue.rate_bpm for cue in live(pacer, 700, 900, heart)) > 12


def test_too_slow_in_the_search_is_not_gone_below_and_leaves_the_rest_in_doubt() -> None:
    pacer, cues = Pacer(("Ana",), 0.0), []
    for t in range(1, 1200):
        if cues and cues[-1].rate_bpm < 6.0 and all(cue.why != "faster, as you asked" for cue in cues):
            pacer.say("too_slow")
        cues.append(pacer.update(float(t), {"Ana": Heart(swing=resonant(4.9)).reading(pacer, t)}))
    asked = next(k for k, cue in enumerate(cues) if cue.why == "faster, as you asked")
    assert cues[asked].stage == "search"
    assert min(cue.rate_bpm for cue in cues[asked:]) >= 1.04 * 5.9
    assert cues[-1].stage == "hold"
    assert cues[-1].resonance_sd_bpm is not None
    assert cues[-1].resonance_sd_bpm > 0.3


def test_stop_fades_the_cue_and_go_brings_it_back() -> None:
    pacer = Pacer(("Ana",), 0.0)
    breathe(pacer, 0, 30, with_the_cue)
    pacer.say("stop")
    stopped = breathe(pacer, 30, 50, with_the_cue)
    assert (stopped[-1].stage, stopped[-1].strength) == ("rest", 0.0)
    assert 0 < stopped[2].strength < 1
    assert {cue.stage for cue in breathe(pacer, 50, 110, with_the_cue)} == {"rest"}  # however well they follow
    pacer.say("go")
    after = breathe(pacer, 110, 130, with_the_cue)
    assert after[0].stage == "meet"
    assert after[-1].strength == 1.0


def test_nonsense_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="too_slow, too_fast, stop, go, settle"):
        Pacer(("Ana",), 0.0).say("louder")


def test_the_same_readings_give_the_same_cue() -> None:
    first, second = (live(Pacer(("Ana",), 0.0), 0, 400, Heart(swing=resonant(5.5))) for _ in range(2))
    assert first == second


Look = tuple[float, str, float | None, str | None]


@given(
    st.lists(
        st.tuples(
            st.floats(0.01, 4.0), st.sampled_from(["with", "own", "none"]),
            st.sampled_from([None, 5.0, 7.0, 15.0, 30.0]),
            st.sampled_from([*[None] * 8, "too_slow", "too_fast", "stop", "go"]),
        ),
        min_size=5, max_size=80,
    ),
    st.sampled_from([
        Settings(), Settings(start_bpm=19.5, fastest_bpm=20.0), Settings(start_bpm=4.5, slowest_bpm=4.0),
        Settings(program="settle", resonance_bpm=4.2), Settings(program="without", start_bpm=6.0),
        Settings(mode="one_leads", leader="Ana"), Settings(mode="turns"),
        Settings(search_slowest_bpm=6.0, search_fastest_bpm=6.0, slowest_bpm=5.5, fastest_bpm=9.0),
    ]),
)  # fmt: skip
def test_whatever_happens_phase_is_continuous_and_changes_are_small_and_at_the_in_breath(
    looks: list[Look], settings: Settings
) -> None:
    pacer, t, cues = Pacer(("Ana",), 0.0, settings), 0.0, []
    for step, heart, breath, said in looks:
        t += step
        if said is not None:
            pacer.say(said)
        phase = with_the_cue if heart == "with" else at(13)
        cues.append(pacer.update(t, {"Ana": reading(pacer, t, phase, breath, "none" if heart == "none" else "good")}))
    assert np.all(jumps(cues) < 1e-9)
    for a, b in changes(cues):
        assert a.phase + (b.t - a.t) * a.rate_bpm / 60 >= 1.0 - 1e-9
        most = 0.15 if "as you asked" in b.why else 0.05
        assert abs(a.rate_bpm / b.rate_bpm - 1) <= most + 1e-9
        assert b.why
    assert all(settings.slowest_bpm <= cue.rate_bpm <= settings.fastest_bpm for cue in cues)
    assert all(0.0 <= cue.strength <= 1.0 for cue in cues)
