"""What is learned of leaving: a wrong teacher is worse than none."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from tests.bench.cue.hearts import Heart
from tests.bench.cue.learn import learned, signs_of, written
from tests.bench.cue.people import FAMILIES, TEACHERS, life
from tests.bench.cue.swing import PACES, curve
from tests.bench.cue.transfer import Transfer


def test_the_curves_that_made_the_people_are_found() -> None:
    dice = np.random.default_rng(4)
    values = dice.uniform(-1, 1, (40_000, 2))
    odds = -1 + 3 * values[:, 0] + 4 * np.abs(values[:, 1])
    found, curves = learned(["straight", "bent"], values, dice.random(len(odds)) < 1 / (1 + np.exp(-odds)))
    places = np.linspace(-0.9, 0.9, 31)
    both = [np.interp(places, *curves[name]) for name in ("straight", "bent")]
    assert 2.5 <= np.polyfit(places, both[0], 1)[0] <= 3.5
    assert np.corrcoef(both[1], np.abs(places))[0, 1] > 0.95
    assert np.isfinite(found)


def test_what_is_written_is_read_back() -> None:
    curves = {"one": (np.array([0.0, 1.25]), np.array([-0.5, 2.0]))}
    module: dict[str, Any] = {}
    exec(written(-3.123, curves), module)
    assert module["LOG_ODDS"] == -3.12
    assert module["CURVES"] == {"one": ((0.0, 1.25), (-0.5, 2.0))}


def test_who_lapses_gives_both_kinds_of_looks_and_no_judge_teaches() -> None:
    left = [away for _, away in signs_of("lapses", "planning transfer", 4001)]
    assert 10 < sum(left) < 0.6 * len(left)
    assert "baroreflex" in FAMILIES
    assert "baroreflex" not in TEACHERS


def test_the_third_heart_swings_most_near_its_resonance_and_beats_at_its_rate() -> None:
    heart = Heart(rate_bpm=66, resonance_bpm=5.5, damping=0.15, rsa_bpm=8.0)
    swings = curve(Transfer, heart)
    assert abs(PACES[int(np.argmax(swings))] - 5.5) <= 0.7
    assert 2 < swings.max() < 12
    restless = Transfer(heart, random.Random(3))
    beats = [beat for k in range(1, 6001) for beat in restless.step(k * 0.05, 0.0, 0.1)]
    assert 62 <= 60 * len(beats) / 300 <= 70
    assert np.std([rr for _, rr in beats]) > 0.005


def test_teachers_are_whole_people() -> None:
    assert {life("tense", family, 4000).family for family in TEACHERS} == set(TEACHERS)
