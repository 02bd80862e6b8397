"""What the contract promises of ``biosync pace``, whatever comes in: phase, changes of rate, words for errors."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biosync.pace import PaceFilter

Beats = list[float]
Spoil = Callable[[int, float], Beats]
"""Given the number of a beat and the interval (ms) that it would have, what arrives instead."""


def untouched(number: int, rr_ms: float) -> Beats:
    return [rr_ms]


@dataclass
class Follower:
    """A heart that swings by 8 bpm with the cue, or at a pace of its own; it drives the filter and keeps answers."""

    setup: dict[str, Any] = field(default_factory=dict)
    own_bpm: float | None = None
    t: float = 0.0
    _beat_t: float = 0.0
    _beats_so_far: int = 0
    answers: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.filter = PaceFilter()
        self.last = self.filter.answer(json.dumps({"setup": self.setup}))
        self.last["t"] = 0.0

    def go_on(self, steps_s: Iterable[float], spoil: Spoil = untouched, say: str | None = None) -> list[dict[str, Any]]:
        """Live on by these steps; ``say`` is said with the first. Return the answers."""
        found = []
        for step in steps_s:
            line: dict[str, Any] = {"t": self.t + step, "rr_ms": self._beats(self.t + step, spoil)}
            if say is not None:
                line["say"], say = say, None
            self.t += step
            self.last = self.filter.answer(json.dumps(line))
            assert "error" not in self.last
            found.append(self.last)
        self.answers += found
        return found

    def seconds(self, seconds: int, spoil: Spoil = untouched) -> list[dict[str, Any]]:
        return self.go_on([1.0] * seconds, spoil)

    def _beats(self, until: float, spoil: Spoil) -> Beats:
        arrived: Beats = []
        while True:
            rr_ms = 60000 / (66 + 4 * math.cos(2 * math.pi * self._breath(self._beat_t)))
            if self._beat_t + rr_ms / 1000 > until:
                return arrived
            self._beat_t += rr_ms / 1000
            self._beats_so_far += 1
            arrived += spoil(self._beats_so_far, rr_ms)

    def _breath(self, t: float) -> float:
        if self.own_bpm is not None:
            return t * self.own_bpm / 60
        return float(self.last["phase"] + (t - self.last["t"]) * self.last["rate_bpm"] / 60)


def check(answers: list[dict[str, Any]], wishes: tuple[int, ...] = ()) -> int:
    """Assert what always holds from one answer to the next, ``wishes`` being the places of those that answer a wish;
    return how often the rate changed."""
    changes, turns_since_wish = 0, 99
    for place, (a, b) in enumerate(itertools.pairwise(answers), 1):
        moved = a["phase"] + (b["t"] - a["t"]) * a["rate_bpm"] / 60
        assert abs((moved - b["phase"] + 0.5) % 1 - 0.5) < 1e-9
        turned = moved >= 1 - 1e-9
        if place in wishes:
            turns_since_wish = 0
        turns_since_wish += turned
        if a["rate_bpm"] != b["rate_bpm"]:
            changes += 1
            assert turned, "the rate changes where an in-breath has begun"
            most = 0.15 if turns_since_wish <= 1 else 0.05
            assert abs(a["rate_bpm"] / b["rate_bpm"] - 1) <= most + 1e-9
        assert 4 <= b["rate_bpm"] <= 20
        assert b["why"]
    return changes


steps = st.lists(st.sampled_from([0.0, 0.1, 0.5, 1.0, 1.0, 1.0, 2.5, 7.0]), min_size=20, max_size=40)
deeds = st.lists(st.tuples(steps, st.sampled_from([None, None, "too_slow", "too_fast", "stop", "go"])), max_size=5)


@settings(max_examples=12)
@given(deeds, st.sampled_from([None, 9.0, 16.0]))
def test_phase_and_rate_keep_the_contract_whatever_the_steps_and_whatever_is_said(
    deeds: list[tuple[list[float], str | None]], own_bpm: float | None
) -> None:
    heart, wished = Follower(own_bpm=own_bpm), []
    heart.seconds(60)
    for steps_s, say in deeds:
        if say in ("too_slow", "too_fast"):
            wished.append(len(heart.answers))
        heart.go_on(steps_s, say=say)
    check(heart.answers, tuple(wished))


def test_a_wish_is_done_at_the_next_in_breath_and_no_other_step_is_so_large() -> None:
    heart = Follower({"program": "settle"})
    heart.seconds(240)
    slow = heart.last["rate_bpm"]
    told = heart.go_on([1.0] * 20, say="too_slow")
    fastest = max(answer["rate_bpm"] for answer in told)
    assert slow * 1.05 < fastest <= slow * 1.15 + 1e-9
    assert next(answer for answer in told if answer["rate_bpm"] > slow)["t"] <= 241 + 60 / slow
    assert check(heart.answers, (240,)) > 10


def at_hold() -> Follower:
    heart = Follower({"program": "settle"})
    heart.seconds(420)
    assert (heart.last["stage"], round(heart.last["rate_bpm"], 6)) == ("hold", 6.0)
    return heart


def ectopic(number: int, rr_ms: float) -> Beats:
    """One early beat, with its pause, about every half minute."""
    return [rr_ms * {0: 0.62, 1: 1.38}.get(number % 33, 1.0)]


def extra(number: int, rr_ms: float) -> Beats:
    return [rr_ms / 2, rr_ms / 2] if number % 41 == 0 else [rr_ms]


def noise(number: int, rr_ms: float) -> Beats:
    """A burst of four beats whose times are off, about once a minute; their sum is right."""
    return [rr_ms * {0: 0.7, 1: 1.25, 2: 0.75, 3: 1.3}.get(number % 67, 1.0)]


@pytest.mark.parametrize("spoil", [ectopic, extra, noise])
def test_artefacts_move_no_pace_that_is_held(spoil: Spoil) -> None:
    heart = at_hold()
    answers = heart.seconds(240, spoil)
    assert {round(answer["rate_bpm"], 6) for answer in answers} == {6.0}
    assert {answer["stage"] for answer in answers} == {"hold"}


def test_a_gap_moves_no_pace_that_is_held_and_ends_no_session() -> None:
    heart = at_hold()
    for _ in range(3):
        answers = heart.seconds(12, lambda number, rr_ms: [])
        answers += heart.seconds(60)
        assert {round(answer["rate_bpm"], 6) for answer in answers} == {6.0}


@pytest.mark.parametrize("begin_s", [40, 130, 180, 230])
def test_while_nothing_comes_the_cue_gets_no_slower(begin_s: int) -> None:
    heart = Follower()
    heart.seconds(begin_s)
    gap = heart.seconds(40, lambda number, rr_ms: [])
    late = [answer["rate_bpm"] for answer in gap[6:]]
    assert late == sorted(late)
    check(heart.answers)


def test_who_does_not_follow_is_neither_led_nor_chased() -> None:
    heart = Follower(own_bpm=14.0)
    answers = heart.seconds(600)
    assert min(answer["rate_bpm"] for answer in answers if answer["t"] > 90) >= 13.0
    assert {"search", "hold"}.isdisjoint(answer["stage"] for answer in answers)
    assert answers[-1]["rate_bpm"] == pytest.approx(14.0, abs=1.0)


def test_one_who_was_lost_is_told_so_whatever_they_wish() -> None:
    heart = at_hold()
    heart.own_bpm = 15.0
    while heart.last["stage"] != "meet":
        heart.seconds(1)
        assert heart.t < 480
    told = heart.go_on([1.0] * 12, say="too_fast")
    assert all(answer["stage"] == "meet" and answer["why"].startswith("lost") for answer in told)
    assert any("as you asked" in answer["why"] for answer in told)


def test_a_search_begins_near_what_was_found_before() -> None:
    begins = {}
    for known in (None, 5.4):
        heart = Follower({"resonance_bpm": known, "resonance_sd_bpm": 0.2})
        while heart.last["stage"] != "search":
            heart.seconds(1)
            assert heart.t < 500
        begins[known] = heart.last["rate_bpm"]
    assert begins[None] == pytest.approx(7.0, abs=0.1)
    assert 5.4 < begins[5.4] < 6.1


@pytest.mark.parametrize(
    ("setup", "words"),
    [
        ({"start_bpm": 21}, "start_bpm is a number between 4 and 20"),
        ({"slowest_bpm": 3.9}, "slowest_bpm is a number between 4 and 20"),
        ({"fastest_bpm": 1e9}, "fastest_bpm is a number between 4 and 20"),
        ({"search_slowest_bpm": 2}, "search_slowest_bpm is a number between 4 and 20"),
        ({"resonance_bpm": 0}, "resonance_bpm is a number between 4 and 20"),
        ({"resonance_sd_bpm": -0.1}, "resonance_sd_bpm is a number between 0 and 10"),
        ({"inhale_fraction": 0.29}, "inhale_fraction is a number between 0.3 and 0.6"),
        ({"mode": "follow"}, "mode is one of meet_in_the_middle, one_leads, turns"),
        ({"leader": 3}, "leader is a person's name"),
        ({"pace": 6}, "setup has no key 'pace'"),
        ([], "setup is an object"),
    ],
)
def test_a_setup_out_of_range_is_answered_in_words_and_sets_up_nothing(setup: object, words: str) -> None:
    refused, plain = PaceFilter(), PaceFilter()
    answer = refused.answer(json.dumps({"setup": setup}))
    assert list(answer) == ["error"]
    assert words in answer["error"]
    assert refused.answer('{"t": 1, "rr_ms": [800]}') == plain.answer('{"t": 1, "rr_ms": [800]}')
