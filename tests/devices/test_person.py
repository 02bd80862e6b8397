"""Virtual people: the truth about them is known, and it is what their traits say."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from devices.person import STEP_S, STILL, Person, Sway, Traits, TrueBeat, born, with_traits


def live(traits: Traits, seconds: float, cue_bpm: float | None = None) -> tuple[list[TrueBeat], Person]:
    person = Person(traits)
    if cue_bpm is not None:
        person.hear(0.0, 0.0, cue_bpm, 1.0)
    return person.live_until(seconds), person


def swing(beats: list[TrueBeat], since: float, period_s: float) -> float:
    """Return the median swing of the heart rate (bpm) over windows of one breath."""
    t, rate = np.array([b.t for b in beats]), np.array([60 / b.rr_s for b in beats])
    edges = np.arange(since, t[-1] - period_s, period_s)
    return float(np.median([np.ptp(rate[(t >= a) & (t < a + period_s)]) for a in edges]))


def test_same_seed_same_life() -> None:
    assert live(born(7), 120)[0] == live(born(7), 120)[0]
    assert live(born(7), 120)[0] != live(born(8), 120)[0]


def test_a_life_does_not_depend_on_how_it_is_cut_up() -> None:
    whole = Person(born(3)).live_until(100.0)
    person = Person(born(3))
    parts = [person.live_until(t) for t in np.arange(0.7, 100.01, 0.7)] + [person.live_until(100.0)]
    assert list(itertools.chain(*parts)) == whole


def test_a_life_stays_what_it_was_when_the_model_grows() -> None:
    """The docs show such lives, and others compare with them; what is new must be off where nobody asked for it."""
    beats, _ = live(born(1), 200, 9.0)
    last = [beats[-3].t, beats[-2].t, beats[-1].t]
    assert last == pytest.approx([198.255209, 199.070227, 199.858064], abs=1e-6)


def test_what_sways_a_person_moves_heart_and_breath() -> None:
    beats, paces = [0, 0], [0.0, 0.0]
    for seed in range(6):
        for k, sway in enumerate((STILL, Sway(10.0, 0.2))):
            person = Person(born(seed))
            for _ in range(round(300 / STEP_S)):
                beats[k] += len(person.step(sway))
                paces[k] += person.breath_bpm
    assert (beats[1] - beats[0]) / 30 == pytest.approx(10.0, abs=2)  # in 30 minutes altogether
    assert paces[1] / paces[0] == pytest.approx(1.2, abs=0.05)


def test_beats_follow_each_other_without_a_hole() -> None:
    beats, _ = live(born(1), 200)
    for before, beat in itertools.pairwise(beats):
        assert beat.t - before.t == pytest.approx(beat.rr_s, abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_mean_heart_rate_is_the_trait(seed: int) -> None:
    beats, _ = live(born(seed), 600)
    rate = 60 * len(beats) / beats[-1].t
    assert rate == pytest.approx(born(seed).heart_rate_bpm, abs=4)


@pytest.mark.parametrize("seed", range(5))
def test_who_follows_breathes_with_the_cue(seed: int) -> None:
    traits = born(seed)
    _, person = live(traits, 90, traits.breath_bpm - 2)
    assert person.breath_bpm == pytest.approx(traits.breath_bpm - 2, rel=0.1)


def test_who_does_not_follow_keeps_to_their_own_breath() -> None:
    traits = with_traits(born(2), {"follows": "false"})
    alone, _ = live(traits, 200)
    led, _ = live(traits, 200, 6.0)
    assert alone == led


def test_a_cue_out_of_reach_is_not_followed() -> None:
    traits = with_traits(born(2), {"reach_bpm": "2"})
    _, person = live(traits, 120, 6.0)
    assert person.breath_bpm > 9


@pytest.mark.parametrize("resonance", [5.0, 6.0])
def test_the_swing_is_largest_near_the_resonance_frequency(resonance: float) -> None:
    traits = with_traits(Traits(seed=4, breath_bpm=6), {"resonance_bpm": str(resonance), "ectopics_per_min": "0"})
    swings = {pace: swing(live(traits, 400, pace)[0], 60, 60 / pace) for pace in (resonance, 9.0)}
    assert swings[resonance] > 1.5 * swings[9.0]
    assert swings[resonance] == pytest.approx(traits.rsa_bpm, rel=0.5)


def test_ectopics_are_early_and_followed_by_a_pause() -> None:
    beats, _ = live(with_traits(born(5), {"ectopics_per_min": "4"}), 300)
    early = [k for k, beat in enumerate(beats) if beat.kind == "ectopic"]
    assert 8 <= len(early) <= 35
    apart = [k for k in early[:-1] if not {k - 1, k - 2} & set(early)]  # not in the pause after another one
    assert len(apart) >= 5
    for k in apart:
        usual = beats[k - 1].rr_s
        assert beats[k].rr_s < 0.75 * usual
        assert beats[k].rr_s + beats[k + 1].rr_s == pytest.approx(2 * usual, rel=0.15)


@pytest.mark.parametrize(
    ("wishes", "reason"),
    [
        ({"height": "180"}, "no trait 'height'"),
        ({"resonance_bpm": "fast"}, "a number"),
        ({"resonance_bpm": "99"}, "lies between"),
        ({"heart_rate_bpm": "nan"}, "lies between"),
        ({"follows": "perhaps"}, "true or false"),
        ({"seed": "1.5"}, "a number"),
    ],
)
def test_a_wrong_trait_is_refused_in_words(wishes: dict[str, str], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        with_traits(born(0), wishes)
