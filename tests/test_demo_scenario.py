"""``biosync demo --scenario``: people whose truth is told, the same at any speed; anything else in one sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biosync.cli import main
from devices.coupling import SCENARIOS

NAMES = "strangers, calmer, mutual, repair, escalation, group_sit"


def told(capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, Any]]:
    """Return the stream of a demo."""
    assert main(["demo", "--json", *options]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_session_line_tells_the_truth(scenario: str, capsys: pytest.CaptureFixture[str]) -> None:
    events = told(capsys, "--scenario", scenario, "--seconds", "5", "--speed", "max")
    session, end = events[0], events[-1]
    assert len(session["people"]) == SCENARIOS[scenario].usual
    assert session["simulated"] is True
    assert session["truth"]["scenario"] == scenario
    assert set(session["truth"]["follows"]) == set(session["people"])
    assert next(event["people"] for event in events if event["type"] == "cue") == session["people"]
    assert all(beats >= 3 for beats in end["beats"].values())


def test_without_a_scenario_no_truth_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    session = told(capsys, "--people", "2", "--seconds", "2", "--speed", "max")[0]
    assert set(session) == {"type", "t", "id", "started", "people", "simulated"}


def test_a_scenario_is_the_same_at_any_speed(capsys: pytest.CaptureFixture[str]) -> None:
    runs = [
        told(capsys, "--scenario", "calmer", "--seed", "4", "--seconds", "20", "--speed", speed)
        for speed in ("max", "15")
    ]
    fast, slow = (
        [(e["person"], e["rr_ms"], e["beat_t"]) for e in events if e["type"] == "beat" and e["t"] < 19]
        for events in runs
    )
    assert len(fast) > 30
    assert fast == slow
    assert runs[0][0]["truth"] == runs[1][0]["truth"]


def test_a_rupture_is_seen_in_the_one_whom_it_befalls(capsys: pytest.CaptureFixture[str]) -> None:
    session, *events = told(capsys, "--scenario", "repair", "--seconds", "320", "--speed", "max")
    rupture = session["truth"]["ruptures"][0]
    raised = [(event["t"], event["person"]) for event in events if event.get("activation") == "raised"]
    assert {person for _, person in raised} == {rupture["person"]}
    assert rupture["t"] + 15 <= raised[0][0] <= rupture["repair_t"]


def test_an_escalation_is_seen_in_both_within_half_a_minute(capsys: pytest.CaptureFixture[str]) -> None:
    session, *events = told(capsys, "--scenario", "escalation", "--seconds", "320", "--speed", "max")
    escalation = session["truth"]["escalations"][0]
    begins_t = min(escalation["t"].values())
    raised = [event for event in events if event.get("activation") == "raised" and event["t"] > begins_t]
    first = {name: next(event["t"] for event in raised if event["person"] == name) for name in session["people"]}
    assert all(first[name] > escalation["t"][name] for name in first)
    assert max(first.values()) - min(first.values()) <= 30


def test_so_many_people_as_a_scenario_takes(capsys: pytest.CaptureFixture[str]) -> None:
    for scenario, people in (("strangers", 16), ("group_sit", 3), ("group_sit", 16)):
        options = ("--scenario", scenario, "--people", str(people), "--seconds", "2", "--speed", "max")
        assert len(told(capsys, *options)[0]["people"]) == people


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["feast"], f"there is no scenario 'feast'; there are: {NAMES}"),
        ([""], f"there is no scenario ''; there are: {NAMES}"),
        (["mutual", "--each"], "--scenario mutual is of people who share one cue: leave out --each"),
        (["calmer", "--people", "3"], "--scenario calmer takes 2 people, not 3"),
        (["strangers", "--people", "1"], "--scenario strangers takes 2 to 16 people, not 1"),
        (["group_sit", "--people", "2"], "--scenario group_sit takes 3 to 16 people, not 2"),
        (["group_sit", "--people", "0"], "--scenario group_sit takes 3 to 16 people, not 0"),
    ],
)
def test_what_does_not_fit_is_told_in_one_sentence(
    options: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--json", "--scenario", *options]) == 2
    assert capsys.readouterr() == ("", f"biosync: {sentence}\n")


@given(st.text(max_size=30).filter(lambda name: name not in SCENARIOS and not name.startswith("-")), st.integers())
def test_any_other_name_is_refused_in_one_line(name: str, people: int) -> None:
    assert main(["demo", f"--scenario={name}", f"--people={people}", "--json"]) == 2
