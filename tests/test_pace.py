"""``biosync pace`` as a filter: the contract's lines, kept to the letter."""

from __future__ import annotations

import io
import itertools
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.pace import PaceFilter
from biosync.pacer.sentences import UNREAD
from biosync.streams import write_line
from devices.heart_rate import MEASUREMENT, decode
from devices.person import Person, born, with_traits
from devices.virtual import VirtualStrap

KEYS = [
    "t", "rate_bpm", "phase", "inhale_fraction", "stage", "strength", "why", "resonance_bpm", "resonance_sd_bpm",
]  # fmt: skip


def drive(seed: int, seconds: float, setup: dict[str, Any] | None = None, **traits: str) -> list[dict[str, Any]]:
    """Return what the filter answers to a virtual person who hears it."""
    strap = VirtualStrap(Person(with_traits(born(seed), traits)))
    pacer, answers = PaceFilter(), []
    if setup is not None:
        pacer.answer(json.dumps({"setup": setup}))
    while strap.next_t < seconds:
        for packet in strap.send():
            if packet.characteristic == MEASUREMENT:
                line = {"t": packet.t, "rr_ms": list(decode(packet.payload).rr_ms)}
                answer = pacer.answer(json.dumps(line))
                strap.person.hear(answer["t"], answer["phase"], answer["rate_bpm"], answer["strength"])
                answers.append(answer)
    return answers


def test_every_line_is_answered_with_the_contracts_keys() -> None:
    answers = drive(1, 30)
    assert all(list(answer) == KEYS for answer in answers)
    assert answers[0]["phase"] == 0.0
    assert answers[0]["stage"] == "meet"


@pytest.mark.parametrize("seed", [2, 4, 7])
def test_leads_a_person_who_follows_and_finds_their_resonance(seed: int) -> None:
    answers = drive(seed, 900)
    assert {"meet", "lead", "search", "hold"} == {answer["stage"] for answer in answers}
    assert (answers[0]["resonance_bpm"], answers[0]["resonance_sd_bpm"]) == (None, None)
    assert 4.5 <= answers[-1]["resonance_bpm"] <= 7
    assert 0 < answers[-1]["resonance_sd_bpm"] < 1.5
    assert answers[-1]["rate_bpm"] == pytest.approx(answers[-1]["resonance_bpm"], abs=0.3)


def test_what_was_found_before_is_told_from_the_first_beat_on_while_one_is_alone() -> None:
    pacer = PaceFilter()
    pacer.answer('{"setup": {"resonance_bpm": 5.4, "resonance_sd_bpm": 0.2}}')
    answer = pacer.answer('{"t": 0, "rr_ms": [800], "person": "a"}')
    assert (answer["resonance_bpm"], answer["resonance_sd_bpm"]) == (5.4, 0.2)
    answer = pacer.answer('{"t": 1, "rr_ms": [800], "person": "b"}')
    assert (answer["resonance_bpm"], answer["resonance_sd_bpm"]) == (None, None)


def test_a_program_without_search_never_searches() -> None:
    answers = drive(4, 400, {"program": "settle"})
    assert "search" not in {answer["stage"] for answer in answers}
    assert min(answer["rate_bpm"] for answer in answers) >= 6 - 1e-9


@pytest.mark.parametrize("mode", ["one_leads", "turns"])
def test_a_leader_is_waited_for_before_anybody_is_there(mode: str) -> None:
    pacer = PaceFilter()
    pacer.answer(json.dumps({"setup": {"mode": mode, "leader": "a"}}))
    assert [pacer.answer(json.dumps({"t": t}))["rate_bpm"] for t in range(0, 60, 7)] == [12.0] * 9
    pacer.answer('{"t": 60, "rr_ms": [800], "person": "a"}')
    assert pacer.answer('{"t": 66, "rr_ms": [800], "person": "a"}')["why"] == "a leads: finding their breath"


def test_phase_never_jumps_and_the_rate_changes_only_after_an_in_breath_has_begun() -> None:
    for a, b in itertools.pairwise(drive(3, 300)):
        moved = a["phase"] + (b["t"] - a["t"]) * a["rate_bpm"] / 60
        assert abs((moved - b["phase"] + 0.5) % 1 - 0.5) < 1e-9
        if a["rate_bpm"] != b["rate_bpm"]:
            assert moved >= 1 - 1e-9
            assert abs(a["rate_bpm"] / b["rate_bpm"] - 1) <= 0.05 + 1e-9
            assert b["why"]


def test_the_same_input_gives_the_same_output() -> None:
    assert drive(5, 120) == drive(5, 120)


def test_setup_is_obeyed_and_answered() -> None:
    pacer = PaceFilter()
    answer = pacer.answer('{"setup": {"start_bpm": 8, "inhale_fraction": 0.5}}')
    assert answer["t"] is None
    assert (answer["rate_bpm"], answer["inhale_fraction"]) == (8, 0.5)
    assert pacer.answer('{"t": 3, "rr_ms": [800]}')["rate_bpm"] == 8


def test_say_is_obeyed() -> None:
    pacer = PaceFilter()
    rates = [pacer.answer(json.dumps({"t": t, "rr_ms": [900]}))["rate_bpm"] for t in range(10)]
    assert "error" not in pacer.answer('{"t": 10, "say": "too_fast"}')
    later = [pacer.answer(json.dumps({"t": t, "rr_ms": [900]})) for t in range(11, 20)]
    assert later[-1]["rate_bpm"] < rates[-1]
    assert pacer.answer('{"t": 20, "say": "stop"}')["stage"] == "rest"


def test_people_may_join() -> None:
    pacer = PaceFilter()
    for t in range(5):
        for person in ("a", "b"):
            assert "error" not in pacer.answer(json.dumps({"t": t, "rr_ms": [800.0], "person": person}))


def test_a_line_that_names_nobody_speaks_for_all_and_adds_nobody() -> None:
    plain, asked = PaceFilter(), PaceFilter()
    for t in range(60):
        for person in ("a", "b"):
            line = json.dumps({"t": t, "rr_ms": [800.0 + 40 * math.sin(t)], "person": person})
            answers = [pacer.answer(line) for pacer in (plain, asked)]
            assert answers[0] == answers[1]
        assert plain.answer(json.dumps({"t": t})) == asked.answer(json.dumps({"t": t, "say": None}))
    assert asked.answer('{"t": 60, "say": "stop"}')["stage"] == "rest"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("rubbish", "no JSON"),
        ("[1]", "a JSON object"),
        ("{}", "t is missing"),
        ('{"t": "1"}', "t is the time"),
        ('{"t": NaN}', "t is the time"),
        (f'{{"t": {"9" * 5000}}}', "thousands of digits"),
        ('{"t": 5}', "times must rise"),
        ('{"t": 20, "rr_ms": 800}', "a list of numbers"),
        ('{"t": 20, "rr_ms": [0]}', "above 0"),
        ('{"t": 20, "rr_ms": [-800]}', "above 0"),
        ('{"t": 20, "rr_ms": [1e9]}', "above 0"),
        ('{"t": 20, "rr_ms": [Infinity]}', "numbers"),
        ('{"t": 20, "say": "louder"}', "say is one of"),
        ('{"t": 20, "person": 3}', "a name"),
        ('{"setup": {}}', "comes first"),
        ("", "no JSON"),
    ],
)
def test_a_line_that_is_not_understood_changes_nothing(line: str, reason: str) -> None:
    pacer, untouched = PaceFilter(), PaceFilter()
    for each in (pacer, untouched):
        each.answer('{"t": 10, "rr_ms": [800]}')
    assert reason in pacer.answer(line)["error"]
    assert pacer.answer('{"t": 21, "rr_ms": [790]}') == untouched.answer('{"t": 21, "rr_ms": [790]}')


@given(st.lists(st.text(max_size=60), max_size=5))
def test_any_text_is_answered(lines: list[str]) -> None:
    pacer = PaceFilter()
    for line in lines:
        assert json.dumps(pacer.answer(line), allow_nan=False)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=6,
)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["t", "rr_ms", "say", "person", "setup"]), json_values, max_size=4), max_size=6
    )
)
def test_any_object_is_answered(objects: list[dict[str, Any]]) -> None:
    pacer, last = PaceFilter(), -math.inf
    for each in objects:
        answer = pacer.answer(json.dumps(each))
        assert json.dumps(answer, allow_nan=False)
        if answer.get("t") is not None:
            assert answer["t"] >= last
            last = answer["t"]


def test_a_wish_of_somebody_who_has_no_beats_is_heard_and_adds_nobody() -> None:
    named, plain = PaceFilter(), PaceFilter()
    for t in range(60):
        line = json.dumps({"t": t, "rr_ms": [800.0 + 40 * math.sin(t)]})
        assert named.answer(line) == plain.answer(line)
    assert named.answer('{"t": 60, "person": "b", "rr_ms": []}') == plain.answer('{"t": 60}')
    asked = named.answer('{"t": 61, "say": "too_slow", "person": "a"}')
    assert asked == plain.answer('{"t": 61, "say": "too_slow"}')
    for t in range(62, 90):
        line = json.dumps({"t": t, "rr_ms": [800.0]})
        assert named.answer(line) == plain.answer(line)


@pytest.mark.parametrize("half", ['{"t": 1, "rr_ms": [800], "person": "\\ud800"}', '{"setup": {"leader": "\\udfff"}}'])
def test_half_a_character_is_answered_in_what_every_output_holds(half: str) -> None:
    pacer, out = PaceFilter(), io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    for line in (half, '{"setup": {"mode": "\\ud800"}}', '{"t": 9, "rr_ms": [800], "person": "a"}'):
        write_line(out, pacer.answer(line))
    assert out.buffer.getvalue().count(b"\n") == 3  # type: ignore[attr-defined]


@pytest.mark.parametrize(("start_bpm", "step_s"), [(10, 1.0), (6, 1.0), (8, 1.0), (12, 0.1), (12, 0.7)])
def test_the_pace_changes_in_the_very_line_that_tells_of_the_in_breath(start_bpm: float, step_s: float) -> None:
    pacer = PaceFilter()
    answers = [pacer.answer(json.dumps({"setup": {"start_bpm": start_bpm}}))]
    answers += [pacer.answer(json.dumps({"t": k * step_s, "say": "too_fast" if k == 3 else None})) for k in range(200)]
    changed = next(k for k in range(2, 200) if answers[k]["rate_bpm"] != answers[k - 1]["rate_bpm"])
    begun = next(k for k in range(5, 200) if answers[k]["phase"] < answers[k - 1]["phase"])
    assert changed == begun


@pytest.mark.parametrize("rr_ms", [1300, 1150, 1020])
@pytest.mark.parametrize("every_second", [True, False])
def test_a_slow_heart_is_not_told_of_missed_beats(rr_ms: float, every_second: bool) -> None:
    """Beats near one a second and slower are held in doubt for some seconds: that is no gap."""
    pacer, heart_s, told = PaceFilter(), 0.0, set()
    for t in range(1, 301):
        beats = []
        while heart_s + (rr := rr_ms + 25 * math.sin(0.4 * math.pi * heart_s)) / 1000 <= t:
            heart_s += rr / 1000
            beats.append(rr)
        if beats or every_second:
            told.add(pacer.answer(json.dumps({"t": t, "rr_ms": beats}))["why"])
    assert told and UNREAD not in told
