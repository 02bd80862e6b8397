"""A person's own breath, found in the beats alone: believed once it is sure, and never too slow."""

from __future__ import annotations

import numpy as np
import pytest

from biosync.pacer.own import LEAST_S, SLOWEST_BPM, OwnBreath
from biosync.pacer.pacer import Pacer
from biosync.pacer.reading import Reading
from tests.bench.cue.breathing import Cue
from tests.bench.cue.own import falling
from tests.bench.cue.people import FAMILIES, Family, Person, life
from tests.bench.cue.readings import of_beats, of_rates
from tests.pacer.following import Heart, at

NOBODY = Pacer(("Ana",), 0.0)


def read(heart: Heart, seconds: int, begin: int = 0, own: OwnBreath | None = None) -> OwnBreath:
    own = own or OwnBreath()
    for t in range(begin + 1, begin + seconds + 1):
        own.take(heart.reading(NOBODY, float(t)))
    return own


@pytest.mark.parametrize("bpm", [9.0, 10.0, 13.0, 17.0, 21.0, 26.0])
def test_is_known_within_a_minute_or_so_where_the_heart_shows_it(bpm: float) -> None:
    assert read(Heart(at(bpm), swing=2.0), 80).bpm == pytest.approx(bpm, abs=0.4)


@pytest.mark.parametrize("bpm", [10.0, 12.0, 14.0])
def test_a_breath_in_noise_that_falls_with_the_pace_is_not_told_too_fast(bpm: float) -> None:
    """Else a cue that meets it creeps up beside somebody who follows it."""
    off = []
    for seed in range(12):
        t_s = 0.85 * np.arange(140)
        noise = falling(np.random.default_rng(seed).normal(0.0, 1.5, len(t_s)))
        own = OwnBreath()
        for second in range(35, 118):
            known = t_s <= second
            own.take(of_rates(t_s[known], (70 + noise + np.cos(2 * np.pi * bpm / 60 * t_s))[known]))
        if own.bpm is not None:
            off.append(own.bpm - bpm)
    assert len(off) >= 6
    assert abs(float(np.median(off))) < 0.12


def test_one_look_is_no_knowledge() -> None:
    assert read(Heart(at(14.0)), int(LEAST_S) + 4).bpm is None


def test_the_same_beats_told_again_are_no_news() -> None:
    own, same = OwnBreath(), Heart(at(14.0)).reading(NOBODY, 60.0)
    for _ in range(100):
        own.take(same)
    assert own.bpm is None


def test_what_was_told_holds_until_something_else_is_seen() -> None:
    assert read(Heart(swing=0.0, noise_bpm=1.5), 60, own=OwnBreath(15.0)).bpm == pytest.approx(15.0, abs=0.5)
    assert read(Heart(at(11.0)), 90, own=OwnBreath(15.0)).bpm == pytest.approx(11.0, abs=0.4)


def test_a_breath_that_changes_is_followed() -> None:
    own = read(Heart(at(16.0)), 90)
    assert own.bpm == pytest.approx(16.0, abs=0.4)
    assert read(Heart(at(11.0)), 90, begin=90, own=own).bpm == pytest.approx(11.0, abs=0.5)


def test_a_restless_breath_is_known_roughly_rather_than_not_at_all() -> None:
    """It comes and goes between 16 and 20 in noise of as much: one in twelve of them would be sure within 1.25."""

    def restless(pacer: Pacer, t_s: np.ndarray) -> np.ndarray:
        return np.asarray(t_s * 18 / 60 + 2 / (2 * np.pi) * np.sin(2 * np.pi * t_s / 60))

    found = [read(Heart(restless, swing=1.2, noise_bpm=1.3), 150, begin=1000 * k).bpm for k in range(12)]
    known = [bpm for bpm in found if bpm is not None]
    assert len(known) >= 6
    assert np.median(np.abs(np.array(known) - 18)) <= 2.5


def test_no_breath_as_slow_as_a_wave_of_the_pressure_is_believed() -> None:
    slow = read(Heart(at(6.0), swing=8.0), 120).bpm
    assert slow is None or slow >= SLOWEST_BPM


def test_a_fast_breath_behind_a_stronger_slow_wave_is_seen() -> None:
    own = OwnBreath()
    for t in range(1, 121):
        one, other = (Heart(at(bpm), swing=swing).reading(NOBODY, float(t)) for bpm, swing in ((15.0, 2.0), (5.6, 6.0)))
        both = one.heart_rate_bpm + other.heart_rate_bpm - 66
        own.take(Reading(one.t_s, both, one.normal, one.quality, None, 0.0))
    assert own.bpm == pytest.approx(15.0, abs=0.5)


def test_noise_is_hardly_ever_taken_for_a_breath() -> None:
    found = [read(Heart(swing=0.0, noise_bpm=1.5), 60, begin=60 + 100 * k).bpm for k in range(20)]
    assert sum(bpm is not None for bpm in found) <= 3


def test_noise_of_a_fast_heart_is_seldom_taken_for_a_fast_breath() -> None:
    """Else the cue would stand at 20 for minutes beside somebody who breathes at 12. At 100 bpm noise reaches up to 30
    a minute; here are three minutes each of twenty."""
    fast_s = 0
    for seed in range(20):
        t_s = 0.6 * np.arange(300)
        rates, own = 100 + np.random.default_rng(seed).normal(0.0, 1.5, len(t_s)), OwnBreath()
        for second in range(30, 180):
            known = t_s <= second
            own.take(of_rates(t_s[known], rates[known]))
            fast_s += own.bpm is not None and own.bpm > 20
    assert fast_s < 0.025 * 20 * 150  # twice as long before this was minded


def test_nothing_is_told_of_what_can_not_be_read() -> None:
    assert read(Heart(at(14.0), quality="none"), 90).bpm is None


@pytest.mark.parametrize("family", FAMILIES)
def test_virtual_people_of_both_kinds_are_met_within_a_breath_or_so(family: Family) -> None:
    """Twelve who breathe as they like, unevenly: after a minute and a half most are known, to about what there is to
    know (their breath of the last half minute)."""
    off = []
    for number in range(12):
        person, own, beats, rates = Person(life("alone", family, 700 + number)), OwnBreath(), [], []
        person.cue = Cue()
        for second in range(1, 91):
            beats += person.live_until(float(second))
            rates.append(person.breath.rate_hz * 60)
            if beats:
                own.take(of_beats(beats))
        if own.bpm is not None:
            off.append(abs(own.bpm - float(np.mean(rates[-30:]))))
    assert len(off) >= 10
    assert np.median(off) < 0.8
