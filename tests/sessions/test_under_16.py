"""Under 16 there is never a score: not in what a shell tells of a stored session, nor where it is played again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from biosync.store.ledger.reader import Ledger
from tests.sessions.asking import Capsys, said
from tests.store.review.made import STARTED, keep

OF_THE_SCORE = ("coherence_ratio", "coherence_score", "coherence_early")


@pytest.fixture(params=["Kim", "Zed"])
def stored(request: pytest.FixtureRequest, home: Path) -> Iterator[tuple[str, str, bool]]:
    """A session's id, whose it is, and if they have a score: Kim is under 16, Zed is not."""
    home.mkdir()
    name, adult = request.param, request.param == "Zed"
    guardian = None if adult else "Eva"
    with Ledger.open(home) as ledger:
        yield keep(ledger, name, sharing={name: "rhythm"}, guardian=guardian, seconds=150.0, seed=6), name, adult


def shown(capsys: Capsys, *command: str) -> dict[str, Any]:
    code, (line,), err = said(capsys, "sessions", "show", *command, "--json")
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(line)["analysis"]
    return found


@pytest.mark.parametrize("own", [False, True])
def test_show_keeps_its_keys_and_tells_no_score(capsys: Capsys, stored: tuple[str, str, bool], own: bool) -> None:
    id, name, adult = stored
    command = [id, "--person", name] if own else [id]
    parts = shown(capsys, *command)[name]
    coherence = parts["coherence"]
    assert set(coherence) == {"ratio", "score", "peak_hz", "history"} and len(coherence["history"]) > 5
    told = [coherence[key] for key in ("ratio", "score", "peak_hz")]
    told += [entry[key] for entry in coherence["history"] for key in ("ratio", "score")]
    assert all((one is not None) == adult for one in told)
    assert all(entry["t"] > 0 for entry in coherence["history"])
    assert parts["time"]["rmssd_ms"] > 0
    words = "\n".join(said(capsys, "sessions", "show", *command)[1])
    assert ("coherence" in words) == ("score   " in words) == adult
    assert ("Under 16 there is no score." in words) != adult
    assert "rmssd_ms" in words and "respiration" in words


def test_the_list_of_one_person_tells_no_score(capsys: Capsys, stored: tuple[str, str, bool], home: Path) -> None:
    _, name, adult = stored
    with Ledger.open(home) as ledger:
        for week in (1, 2, 3):
            started = STARTED + timedelta(days=7 * week)
            keep(ledger, name, sharing={name: "rhythm"}, guardian=None if adult else "Eva", started=started, seed=6)
    lines = said(capsys, "sessions", "list", "--person", name)[1][1::2]
    assert len(lines) == 4 and all("RMSSD" in line and "your median" in line for line in lines)
    assert all(("coherence" in line) == adult for line in lines)


def test_a_score_from_before_does_not_come_back_with_later_sessions(capsys: Capsys, home: Path) -> None:
    home.mkdir()
    with Ledger.open(home) as ledger:
        keep(ledger, "Kim", sharing={"Kim": "rhythm"}, guardian="Eva", seconds=150.0, seed=6)
        keep(ledger, "Kim", sharing={"Kim": "rhythm"}, started=STARTED + timedelta(days=700), seconds=150.0, seed=6)
    young, grown = said(capsys, "sessions", "list", "--person", "Kim")[1][1::2]
    assert "coherence" not in young and "coherence" in grown


def test_beside_somebody_older_only_the_younger_one_has_none(capsys: Capsys, home: Path) -> None:
    home.mkdir()
    with Ledger.open(home) as ledger:
        id = keep(ledger, "Ana", "Kim", sharing={"Kim": "all"}, guardian="Eva", seconds=150.0, seed=6)
    parts = shown(capsys, id)
    assert parts["Ana"]["coherence"]["score"] is not None
    assert parts["Kim"]["coherence"]["score"] is None
    metrics = replayed(capsys, id)
    assert any(one["coherence_score"] is not None for one in metrics if one["person"] == "Ana")
    assert all(one[key] is None for one in metrics if one["person"] == "Kim" for key in OF_THE_SCORE)


def test_played_again_as_json_lines_there_is_no_score(capsys: Capsys, stored: tuple[str, str, bool]) -> None:
    id, _, adult = stored
    metrics = replayed(capsys, id)
    assert all(key in one for one in metrics for key in OF_THE_SCORE)
    for key in OF_THE_SCORE:
        assert any(one[key] is not None for one in metrics) == adult
    assert any(one["rmssd_ms"] is not None for one in metrics)
    renamed = replayed(capsys, id, name="Lou")
    assert {one["person"] for one in renamed} == {"Lou"}
    assert [one["coherence_score"] for one in renamed] == [one["coherence_score"] for one in metrics]


def replayed(capsys: Capsys, id: str, name: str = "") -> list[dict[str, Any]]:
    source = f"{name}=replay:{id}" if name else f"replay:{id}"
    code, out, _ = said(capsys, "run", source, "--json", "--speed", "max")
    assert code == 0
    return [one for one in map(json.loads, out) if one["type"] == "metrics"]
