"""A stored session is a source like any other."""

from __future__ import annotations

import itertools
import json

import pytest

from tests.sessions.asking import Capsys, kept, listed, said


def figures(lines: list[str]) -> list[dict[str, object]]:
    events = [json.loads(line) for line in lines]
    return [event for event in events if event["type"] in ("beat", "metrics", "cue", "say", "marker")]


@pytest.mark.parametrize("speed", ["max", "300"])
def test_a_stored_session_lives_again_with_the_same_figures(capsys: Capsys, speed: str) -> None:
    demo = ("demo", "--people", "3", "--each", "--store", "--json", "--seconds", "75", "--speed", "max")
    _, live, _ = said(capsys, *demo)
    id = json.loads(live[-1])["stored"]
    code, again, err = said(capsys, "run", f"replay:{id[:17]}", "--json", "--speed", speed)
    assert (code, err) == (0, "")
    before, after = ([e for e in figures(lines) if e["t"] < 75] for lines in (live, again))  # type: ignore[operator]
    assert after == before
    assert json.loads(again[0])["simulated"] is True
    assert json.loads(again[-1])["beats"] == json.loads(live[-1])["beats"]
    assert json.loads(again[-1])["stored"] is None


def test_one_who_was_alone_may_have_another_name_and_company(capsys: Capsys) -> None:
    id = kept(capsys, seconds=20)
    _, out, _ = said(capsys, "run", f"Zoe=replay:{id}", f"replay:{id}", "demo:Ana", "--json", "--speed", "max",
                     "--seconds", "30")  # fmt: skip
    events = [json.loads(line) for line in out]
    assert events[0]["people"] == ["Zoe", "Ana", "Ana 2"]
    assert events[-1]["beats"]["Zoe"] == events[-1]["beats"]["Ana"] > 10
    assert {tuple(event["people"]) for event in events if event["type"] == "cue"} == {("Zoe", "Ana", "Ana 2")}
    assert all(a["t"] <= b["t"] for a, b in itertools.pairwise(events))


def test_a_source_that_is_neither_file_nor_session_is_told(capsys: Capsys) -> None:
    kept(capsys, "--people", "2", seconds=5)
    (session,) = listed(capsys)
    code, _, err = said(capsys, "run", "replay:nowhere", "--json")
    assert (code, err) == (1, "biosync: nowhere: there is no such file, and no stored session begins so.\n")
    code, _, err = said(capsys, "run", f"Zoe=replay:{session['id']}", "--json")
    assert code == 1 and "holds several people (Ana, Ben); leave out the name" in err
