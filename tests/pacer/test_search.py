"""The search for the pace of the largest swing: ends by itself, near it, with an honest spread; and it remembers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from statistics import median

import numpy as np
import pytest

from biosync.pacer.search import LEAST_BREATHS, MOST_BREATHS, MOST_STEP, Resonance, Search
from tests.pacer.following import resonant

PACES = np.arange(4.5, 7.001, 0.01)


@dataclass(frozen=True, slots=True)
class Searched:
    """How a search went: the truth, what it found, and every pace it was at."""

    truth_bpm: float
    found: Resonance
    paces: tuple[float, ...]

    @property
    def error_bpm(self) -> float:
        return abs(self.found.bpm - self.truth_bpm)

    @property
    def holds(self) -> bool:
        return self.found.low_bpm <= self.truth_bpm <= self.found.high_bpm


HELD = 40
"""So many breaths a session holds what it has found: they tell of it, too."""


def search(seed: int, known: Resonance | None = None, noise_bpm: float | None = None, off_bpm: float = 0.0,
           held: int = 0) -> Searched:  # fmt: skip
    """Search a made-up heart, and hold what was found for ``held`` breaths: ``seed`` tells its resonance, damping,
    swing, and (if not given) a breath's noise."""
    dice = np.random.default_rng(seed)
    best, damping, most = dice.uniform(4.6, 6.4), dice.uniform(0.15, 0.4), dice.uniform(2.0, 10.0)
    noise = dice.uniform(0.05, 0.25) * most if noise_bpm is None else noise_bpm
    swing = resonant(best + off_bpm, damping, most)
    dice, left = np.random.default_rng([seed, 0 if known is None else 1]), 0.0
    looking, pace, paces = Search(known, 4.5, 7.0), 7.0, []
    while not looking.done:
        assert len(paces) <= MOST_BREATHS
        left = 0.6 * left + 0.8 * dice.normal(0, noise)  # each measure looks back over more than a breath
        looking.note(pace, float(swing(np.array(pace))) + left, noise)
        paces.append(pace)
        pace = looking.next_bpm(pace, 0.05)
    for _ in range(held):
        left = 0.6 * left + 0.8 * dice.normal(0, noise)
        pace = found.bpm if (found := looking.found()) else pace
        looking.note(pace, float(swing(np.array(pace))) + left, noise)
    found = looking.found()
    assert found is not None
    return Searched(best + off_bpm, found, tuple(paces))


@cache
def searches() -> list[Searched]:
    return [search(seed) for seed in range(80)]


def test_it_ends_by_itself_near_the_truth() -> None:
    assert median(each.error_bpm for each in searches()) <= 0.3
    assert np.quantile([each.error_bpm for each in searches()], 0.9) <= 0.8


def test_its_spread_holds_the_truth_as_often_as_it_says_or_more() -> None:
    assert np.mean([each.holds for each in searches()]) >= 0.85


def test_what_is_held_is_known_better_and_better() -> None:
    before, after = searches(), [search(seed, held=HELD) for seed in range(80)]
    assert np.mean([each.error_bpm for each in after]) < np.mean([each.error_bpm for each in before])
    assert np.mean([each.holds for each in after]) >= 0.85


def test_its_spread_is_no_empty_word() -> None:
    """The middle 90 % leaves out some of what is searched, and less is left to doubt where less is noise."""
    width = [each.found.high_bpm - each.found.low_bpm for each in searches()]
    assert median(width) < 2.4
    clear, noisy = (median(search(seed, noise_bpm=noise).found.sd_bpm for seed in range(15)) for noise in (0.1, 2.0))
    assert clear < noisy


def test_it_goes_gently_and_never_too_slow() -> None:
    for each in searches():
        paces = np.array(each.paces)
        assert np.max(np.abs(paces[:-1] / paces[1:] - 1)) <= MOST_STEP + 1e-9 <= 0.05
        assert paces.min() >= 4.5
        assert paces.max() <= 7.0


def test_it_glides_down_first_and_ends_where_the_glide_has_shown_enough() -> None:
    fast = [each for each in searches() if each.truth_bpm > 6.1]
    assert all(np.all(np.diff(each.paces[:LEAST_BREATHS]) < 0) for each in fast)
    assert median(min(each.paces) for each in fast) > 4.6  # it turned: the top lay behind


def test_sessions_that_remember_narrow_it() -> None:
    before, after = [], []
    for seed in range(20):
        first = search(seed)
        known = first.found
        for again in range(3):
            number = 1000 * again + seed
            known = search(number, known, off_bpm=first.truth_bpm - search_truth(number)).found
        before.append(first)
        after.append(Searched(first.truth_bpm, known, ()))
    assert median(each.found.sd_bpm for each in after) < 0.8 * median(each.found.sd_bpm for each in before)
    assert median(each.error_bpm for each in after) <= 0.25
    assert np.mean([each.holds for each in after]) >= 0.85


def search_truth(seed: int) -> float:
    return float(np.random.default_rng(seed).uniform(4.6, 6.4))


@pytest.mark.parametrize("off_bpm", [-0.7, 0.7])
def test_one_that_drifted_is_found_again_within_three_sessions(off_bpm: float) -> None:
    first, third = [], []
    for seed in range(30):
        truth = search_truth(seed)
        if not 4.6 <= truth + off_bpm <= 6.8:
            continue
        known, errors = Resonance(truth, 0.3, truth - 0.5, truth + 0.5), []
        for again in range(3):
            number = 1000 * again + seed
            found = search(number, known, off_bpm=truth + off_bpm - search_truth(number), held=HELD)
            known = found.found
            errors.append(found.error_bpm)
        first.append(errors[0])
        third.append(errors[-1])
    assert median(first) < 0.6  # at once it is nearer than what was known
    assert median(third) <= 0.3


def test_what_is_known_counts_until_something_is_measured() -> None:
    known = Resonance(5.5, 0.3, 5.0, 6.0)
    looking = Search(known, 4.5, 7.0)
    assert looking.found() == known
    assert Search(None, 4.5, 7.0).found() is None


def test_the_same_swings_give_the_same_answer() -> None:
    assert search(7) == search(7)


def test_children_are_searched_from_six_to_ten() -> None:
    swing = resonant(8.2)
    looking, pace, paces = Search(None, 6.0, 10.0), 10.0, []
    while not looking.done:
        looking.note(pace, float(swing(np.array(pace))), 0.3)
        paces.append(pace)
        pace = looking.next_bpm(pace, 0.05)
    found = looking.found()
    assert found is not None
    assert found.bpm == pytest.approx(8.2, abs=0.4)
    assert min(paces) >= 6.0


def test_where_slower_became_too_slow_nothing_is_visited_and_the_doubt_stays() -> None:
    swing, looking, pace, paces = resonant(5.0), Search(None, 4.5, 7.0), 7.0, []
    while not looking.done:
        looking.note(pace, float(swing(np.array(pace))), 0.3)
        paces.append(pace)
        if len(paces) == 5:
            looking.slowest_bpm = 6.0
        pace = looking.next_bpm(pace, 0.05)
    found = looking.found()
    assert found is not None
    assert min(paces) >= 6.0
    assert pace >= 6.0
    assert found.low_bpm < 5.3  # never looked at, so never ruled out


@pytest.mark.parametrize(("slowest", "fastest"), [(6.0, 6.0), (6.0, 6.02), (4.0, 20.0)])
def test_any_range_can_be_searched(slowest: float, fastest: float) -> None:
    looking, pace, breaths = Search(None, slowest, fastest), fastest, 0
    while not looking.done:
        looking.note(pace, 5.0, 0.5)
        pace, breaths = looking.next_bpm(pace, 0.05), breaths + 1
        assert slowest - 1e-9 <= pace <= fastest + 1e-9
        assert breaths <= 100


def test_a_heart_that_swings_the_same_everywhere_leaves_it_open() -> None:
    looking, pace = Search(None, 4.5, 7.0), 7.0
    while not looking.done:
        looking.note(pace, 5.0, 0.5)
        pace = looking.next_bpm(pace, 0.05)
    found = looking.found()
    assert found is not None
    assert found.high_bpm - found.low_bpm > 1.5
