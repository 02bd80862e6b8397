"""What came of a session of two, told afterwards: the same as live, as far as its people let it be told."""

from __future__ import annotations

import asyncio
import json
import shutil
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from biosync.cli import main
from biosync.commands.demo import scenario_scene, scene_cast
from biosync.consent import Consent, Sharing
from biosync.events import Marker
from biosync.heart.intervals import from_rr
from biosync.run import Cast, LiveSession
from biosync.store.ledger.reader import Ledger
from biosync.store.ledger.writer import LedgerStore
from biosync.store.recovery import recoveries
from biosync.store.shared_course import COURSES, KIND, as_json, shared_course
from biosync.store.summaries import Figures, trend
from tests.sessions.asking import Capsys, kept, said

SECONDS = 330


def play(home: Path, sharing: Sharing | None = None) -> str:
    """Keep a session in which the heart rates of two rise together, who agreed to ``sharing``; return its id."""
    people = scene_cast(scenario_scene("escalation", 2, 1))
    consents = tuple(Consent(one.name, sharing, "2026-05-01T10:00:00Z") for one in people.members if sharing)
    people, ids = replace(people, consents=consents), []

    def store(id: str, cast: Cast) -> LedgerStore:
        ids.append(id)
        return LedgerStore(home, id, cast.members, cast.groups, ids.append, cast.settings, cast.consents)

    asyncio.run(LiveSession(people, seconds=SECONDS, speed=None, open_store=store, snapshots=False).run())
    (id,) = ids  # and nothing that the ledger had to complain of
    return id


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    home = tmp_path_factory.mktemp("played")
    return home, play(home)


@pytest.fixture
def two(played: tuple[Path, str], home: Path) -> str:
    shutil.copytree(played[0], home)
    return played[1]


def shown(capsys: Capsys, *options: str) -> dict[str, Any]:
    code, (line,), _ = said(capsys, "sessions", "show", *options, "--json")
    assert code == 0
    together = json.loads(line)["together"]
    assert isinstance(together, dict)
    return together


def test_show_tells_the_same_as_the_stream_did_and_the_second_time_from_what_was_kept(
    capsys: Capsys, two: str, home: Path
) -> None:
    again = said(capsys, "run", f"replay:{two}", "--speed", "max", "--no-store", "--json")[1]
    events = [json.loads(line) for line in again]
    first = shown(capsys, two)
    (pair,) = first["pairs"]
    turns = [one for one in events if one["type"] == "turn"]
    assert [one["t"] for one in pair["ruptures"]] == [one["at_t"] for one in turns if one["turn"] == "apart"]
    assert [one["at_t"] for one in first["rising_together"]] == [
        one["at_t"] for one in turns if one["turn"] == "rising together"
    ]
    looks = [one for one in events if one["type"] == "synchrony"]
    assert pair["verdict"] == looks[-1]["verdict"]
    assert pair["in_step_s"] == 5.0 * sum(one["in_step"] in ("in step", "beyond the cue") for one in looks[:-1])
    with Ledger.open(home) as ledger:
        assert [key for version in _versions() for key in ledger.derived(KIND, version)] == [(two, None)]
    assert shown(capsys, two) == first


def _versions() -> list[str]:
    return [f"{metadata.version('biosync')}/{COURSES}"]


def test_text_tells_it_in_plain_words_and_one_alone_has_no_such_part(capsys: Capsys, two: str) -> None:
    text = "\n".join(said(capsys, "sessions", "show", two)[1])
    assert "Ana and Ben: in step" in text and "Hearts rose together" in text
    alone = kept(capsys)
    _, (line,), _ = said(capsys, "sessions", "show", alone, "--json")
    assert json.loads(line)["together"] is None


def test_what_was_kept_and_is_damaged_is_made_again(capsys: Capsys, two: str, home: Path) -> None:
    first = shown(capsys, two)
    with Ledger.open(home) as ledger:
        ledger.keep_derived(KIND, _versions()[0], {(two, None): {"pairs": [{"people": ["Ana"]}]}})
        session = ledger.session(two)
        made = shared_course(ledger, session)
    assert made is not None and json.loads(json.dumps(as_json(made))) == first


@pytest.mark.parametrize(("sharing", "named"), [("rhythm", False), ("all", True)])
def test_names_are_told_only_where_everybody_shows_all(
    capsys: Capsys, home: Path, sharing: Sharing, named: bool
) -> None:
    id = play(home, sharing)
    found, ana = shown(capsys, id), shown(capsys, id, "--person", "Ana")
    assert found["rising_together"] and bool(found["settled"]) == named
    assert all(bool(one["who"]) == named for one in found["rising_together"])
    assert {one["who"][0] for one in ana["settled"]} == ({"Ana", "Ben"} if named else {"Ana"})


# --- over weeks ---


def test_recovery_alone_is_read_from_the_beats() -> None:
    rates = [70.0] * 250 + [95.0] * 60 + [95 - 0.25 * k for k in range(100)] + [70.0] * 120
    x = from_rr(np.array([60000 / rate for rate in rates]))
    (from_peak,) = recoveries(x, [])
    rises_t = float(x.t_s[250])
    (from_mark,) = recoveries(x, [Marker(rises_t, None, "stress")])
    half_t = float(x.t_s[360])
    assert from_mark.took_s == pytest.approx(half_t - rises_t, abs=8)  # a mean over 10 s runs behind
    assert from_peak.took_s < from_mark.took_s
    assert from_mark.marked and not from_peak.marked
    assert recoveries(from_rr(np.full(400, 800.0)), []) == []


def test_the_trend_tells_recovery_alone_only_where_there_was_one() -> None:
    three = [Figures(20.0, 50.0, took_s) for took_s in (60.0, 50.0, 30.0)]
    words = trend([*three, Figures(20.0, 50.0)])
    assert words[2].endswith("alone half-way back after 30 s, below your median of 50")
    assert "half-way" not in words[3]


def test_the_list_of_a_person_ends_with_how_soon_they_come_back_alone(capsys: Capsys, tmp_path: Path) -> None:
    for day in range(1, 8):
        rates = [70.0 + k % 3 for k in range(250)] + [95.0] * 40
        rates += [max(70.0, 95 - day / 8 * k) for k in range(220)]  # sooner from day to day
        file = tmp_path / "ana.txt"
        file.write_text("\n".join(f"{60000 / rate:.2f}" for rate in rates), encoding="utf-8")
        asked = ["sessions", "import", str(file), "--person", "Ana", "--started", f"2026-05-{3 * day:02} 12:00"]
        assert main(asked) == 0
        if day == 1:
            (*_, first) = said(capsys, "sessions", "list", "--person", "Ana")[1]
            assert first.startswith("Alone, half-way back after the peak: cannot tell yet if that changes; 1 of")
    (*_, last) = said(capsys, "sessions", "list", "--person", "Ana")[1]
    assert "half-way back after the peak: sooner over 7 sessions, " in last
    assert "Alone" not in "".join(said(capsys, "sessions", "list")[1])
