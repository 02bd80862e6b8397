"""The next session of a person begins from what the earlier ones found, as it is told and shown."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest

from biosync.commands.playing import Playing, make
from biosync.commands.window_world import WindowWorld
from biosync.consent import Consent
from biosync.engine import Member
from biosync.events import Cue, Event, Tick
from biosync.gui.outside import Wearer
from tests.sessions.asking import Capsys, kept, said
from tests.store.ledger.live import demo, guest
from tests.store.ledger.measured import session

BEGINS = "finding your breath; from there to what was found last time, 5.6 a minute"
VIRTUAL, REAL = Member("Ana", "simulated", "virtual strap"), Member("Ana", "strap", "H10")


def cues(lines: list[str], person: str = "Ana") -> list[dict[str, Any]]:
    events = [json.loads(line) for line in lines]
    return [event for event in events if event["type"] == "cue" and event["people"] == [person]]


def shown(capsys: Capsys, id: str) -> dict[str, Any]:
    return dict(json.loads(said(capsys, "sessions", "show", id, "--json")[1][0])["resonance"])


def test_a_search_is_kept_and_shown_and_the_next_session_begins_from_it(capsys: Capsys) -> None:
    first = kept(capsys, seconds=500)
    found = shown(capsys, first)["Ana"]
    assert 4.5 <= found["resonance_bpm"] <= 7.0
    assert 0.1 < found["resonance_sd_bpm"] < 1.0
    assert 300 < found["t"] <= 500
    words = said(capsys, "sessions", "show", first)[1][-1]
    assert re.fullmatch(
        rf"largest swing at {found['resonance_bpm']:.1f} breaths a minute, give or take {found['resonance_sd_bpm']:.1f}"
        r" \(measured in the first \d+ min\)", words
    ), words  # fmt: skip
    _, live, _ = said(capsys, "demo", "--store", "--json", "--seconds", "20", "--speed", "max")
    begins = cues(live)[0]
    assert begins["why"] == BEGINS.replace("5.6", f"{found['resonance_bpm']:.1f}")
    assert begins["resonance_bpm"] == pytest.approx(found["resonance_bpm"], abs=1e-9)
    assert begins["resonance_sd_bpm"] == pytest.approx(found["resonance_sd_bpm"], abs=1e-9)
    assert shown(capsys, json.loads(live[-1])["stored"]) == {"Ana": None}, "the prior was taken for a measurement"


def test_a_replay_begins_as_its_session_did_whatever_was_found_or_deleted_since(capsys: Capsys, home: Path) -> None:
    session(home, "first", VIRTUAL, 5.6)
    demo = ("demo", "--store", "--json", "--seconds", "45", "--speed", "max")
    _, live, _ = said(capsys, *demo)
    id = json.loads(live[-1])["stored"]
    assert cues(live)[0]["why"] == BEGINS
    session(home, "later", VIRTUAL, 6.5, started="2026-12-31T00:00:00Z")
    said(capsys, "sessions", "delete", "first", "--yes")
    _, again, _ = said(capsys, "run", f"replay:{id}", "--json", "--speed", "max")
    assert [one for one in cues(again) if one["t"] < 45] == cues(live)
    _, anew, _ = said(capsys, *demo)
    assert cues(anew)[0]["resonance_bpm"] == 6.5


def test_with_each_everybody_begins_from_their_own(capsys: Capsys, home: Path) -> None:
    session(home, "anas", VIRTUAL, 5.6)
    session(home, "bens", Member("Ben", "simulated", "virtual strap"), 6.3, 0.4)
    demo = ("demo", "--store", "--json", "--seconds", "5", "--speed", "max", "--people", "3")
    _, alone, _ = said(capsys, *demo, "--each")
    assert [cues(alone, name)[0]["resonance_bpm"] for name in ("Ana", "Ben", "Mara")] == [5.6, 6.3, None]
    assert cues(alone, "Mara")[0]["why"] == "finding your breath"
    _, together, _ = said(capsys, *demo)
    cue = next(event for event in map(json.loads, together) if event["type"] == "cue")
    assert (cue["resonance_bpm"], cue["why"]) == (None, "finding your breath")


def test_a_demo_that_is_not_kept_is_the_same_each_time(capsys: Capsys, home: Path) -> None:
    demo = ("demo", "--json", "--seconds", "5", "--speed", "max")
    before = cues(said(capsys, *demo)[1])
    session(home, "first", VIRTUAL, 5.6)
    assert cues(said(capsys, *demo)[1]) == before


def test_it_is_forgotten_with_the_session(capsys: Capsys, home: Path) -> None:
    session(home, "first", VIRTUAL, 5.6)
    said(capsys, "sessions", "delete", "--person", "Ana", "--yes")
    _, live, _ = said(capsys, "demo", "--store", "--json", "--seconds", "5", "--speed", "max")
    assert cues(live)[0]["why"] == "finding your breath"


def test_a_real_person_with_a_strap_begins_from_theirs_also_where_nothing_is_kept(home: Path) -> None:
    session(home, "real", REAL, 5.6)
    session(home, "made up", VIRTUAL, 6.8)
    wearers = [Wearer("H9", f"A0:00:00:00:00:0{k}", Consent(name, "rhythm", "2026-11-23T10:15:00Z")) for k, name in
               enumerate(("Ana", "Ben"))]  # fmt: skip
    world = WindowWorld()
    known = [state.member.resonance_bpm for state in world.straps(wearers, False).engine.people.values()]
    assert known == [5.6, None]
    world.ledger.go_without()
    assert world.straps(wearers[:1], True).engine.people["Ana"].member.resonance_bpm == 5.6
    assert world.straps(wearers, True).engine.people["Ana"].member.resonance_bpm is None, "they share a cue"


def test_one_who_joins_with_a_cue_of_their_own_begins_from_theirs(home: Path) -> None:
    session(home, "bens", Member("Ben", "simulated", "virtual strap"), 5.6)
    session(home, "cleos", Member("Cleo", "simulated", "virtual strap"), 6.2)
    seen: list[Event] = []

    def follow(event: Event) -> None:
        seen.append(event)
        if isinstance(event, Tick) and event.t == 2.0:
            live.join(guest("Ben", 2))
            live.join(guest("Cleo", 3), ("Ana",))

    live = make(demo("demo:Ana"), Playing(5.0, None, True, True), [follow], snapshots=False)
    asyncio.run(live.run())
    begun = {event.people: event.resonance_bpm for event in reversed(seen) if isinstance(event, Cue)}
    assert begun == {("Ana",): None, ("Ben",): 5.6, ("Ana", "Cleo"): None}
