"""A person's own breath: believed once it is sure, and never too slow."""

from __future__ import annotations

import numpy as np
import pytest

from biosync.pacer.own import GUESSES, READINGS, SLOWEST_BPM, OwnBreath
from biosync.pacer.pacer import Pacer
from biosync.pacer.reading import Reading
from tests.pacer.following import Heart, at

NOBODY = Pacer(("Ana",), 0.0)


def told(bpm: float | None, confidence: float = 0.9) -> Reading:
    empty = np.zeros(0)
    return Reading(empty, empty, np.zeros(0, dtype=bool), "good", bpm, confidence)


def take(own: OwnBreath, bpm: list[float | None], confidence: float = 0.9) -> float | None:
    for each in bpm:
        own.take(told(each, confidence))
    return own.bpm


def test_counts_once_a_row_agrees() -> None:
    own = OwnBreath()
    assert take(own, [14.0] * (READINGS - 1)) is None
    assert take(own, [14.4]) == pytest.approx(14.0)


def test_a_row_that_is_broken_begins_anew() -> None:
    own = OwnBreath()
    assert take(own, [14.0] * (READINGS - 1) + [None] + [14.0] * (READINGS - 1)) is None


def test_what_scatters_does_not_count_and_what_was_known_stays() -> None:
    assert take(OwnBreath(), [12.0, 14.0] * 20) is None
    assert take(OwnBreath(15.0), [12.0, 14.0] * 20) == 15.0


def test_a_slow_breath_must_be_surer() -> None:
    assert take(OwnBreath(), [12.0] * 12, confidence=0.5) == 12.0
    assert take(OwnBreath(), [8.0] * 12, confidence=0.5) is None
    assert take(OwnBreath(), [8.0] * 12, confidence=0.8) == 8.0


def test_no_breath_like_a_pressure_wave_is_believed_but_of_a_leader() -> None:
    assert take(OwnBreath(), [6.0] * 12) == SLOWEST_BPM
    assert take(OwnBreath(slowest_bpm=4.0), [6.0] * 12) == 6.0


def test_where_no_reading_is_sure_the_pace_that_stands_out_in_minutes_is_taken() -> None:
    own = OwnBreath()
    for t in range(140, 140 + GUESSES):
        assert own.bpm is None, "one look is no knowledge"
        own.take(Heart(at(14.0), noise_bpm=1.5).reading(NOBODY, float(t)))
    assert own.bpm == pytest.approx(14.0, abs=0.5)


def test_nothing_stands_out_of_noise() -> None:
    own = OwnBreath()
    for t in range(140, 140 + 2 * GUESSES):
        own.take(Heart(swing=0.0, noise_bpm=1.5).reading(NOBODY, float(t)))
    assert own.bpm is None


@pytest.mark.parametrize(("t", "quality"), [(140.0, "none"), (40.0, "good")])
def test_nothing_is_guessed_from_little(t: float, quality: str) -> None:
    own = OwnBreath()
    for _ in range(GUESSES):
        own.take(Heart(at(14.0), quality=quality).reading(NOBODY, t))  # type: ignore[arg-type]
    assert own.bpm is None
