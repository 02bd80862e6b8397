"""Where a heart swings most is kept a person and session, from the search alone, and goes with them."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from biosync.casting import remembering
from biosync.engine import Member
from biosync.events import Event, Join, ResonanceMeasured
from biosync.home import ledger_file
from biosync.store.ledger.kinds import Measured
from biosync.store.ledger.reader import Ledger
from biosync.store.ledger.salvage import mark_damaged
from biosync.store.memory import Known, Memory
from tests.store.ledger.live import demo, derived, keep, keep_with_guests, lived_again, stored
from tests.store.ledger.measured import session, store
from tests.store.ledger.test_damage import GOLDEN

ANA, BEN = Member("Ana", "strap", "H10"), Member("Ben", "strap", "H10")


def resonances(home: Path, id: str) -> dict[str, Measured]:
    with Ledger.open(home) as ledger:
        return ledger.resonances(id)


def test_the_newest_of_the_search_is_kept(tmp_path: Path) -> None:
    session(tmp_path, "first", ANA, 5.4, 0.2)
    assert resonances(tmp_path, "first") == {"Ana": Measured(5.4, 0.2, 400.0)}


def test_who_comes_back_is_searched_anew_and_that_counts_once_it_is_surer(tmp_path: Path) -> None:
    def measured(t: float, bpm: float, sd_bpm: float) -> ResonanceMeasured:
        return ResonanceMeasured(t, "Ana", bpm, sd_bpm)

    back = Join(300.0, "Ana", "strap", "H10")
    events: list[Event | Member] = [measured(200.0, 5.4, 0.4), measured(210.0, 5.5, 0.3), back]
    store(tmp_path, "unsure", [ANA, BEN], [("Ana",), ("Ben",)], [*events, measured(400.0, 6.2, 0.5)])
    assert resonances(tmp_path, "unsure")["Ana"] == Measured(5.5, 0.3, 210.0)
    store(tmp_path, "surer", [ANA, BEN], [("Ana",), ("Ben",)], [*events, measured(400.0, 6.2, 0.25)])
    assert resonances(tmp_path, "surer") == {"Ana": Measured(6.2, 0.25, 400.0)}


def test_of_a_recording_that_was_fed_nothing_counts(tmp_path: Path) -> None:
    kinds = (("Ana", "replay", "recording"), ("Ben", "simulated", "recording"), ("Cleo", "replay", "H10"))
    fed = [Member(*kind) for kind in kinds]
    found: list[Event | Member] = [ResonanceMeasured(400.0, one.name, 5.4, 0.2) for one in fed]
    store(tmp_path, "first", fed, [(one.name,) for one in fed], found)
    assert resonances(tmp_path, "first") == {}
    assert Memory.of(tmp_path) == Memory()


@pytest.mark.parametrize("column, value", [("bpm", -3.0), ("bpm", 1e300), ("sd_bpm", 0.0), ("sd_bpm", 1e9)])
def test_a_row_that_makes_no_sense_is_no_measurement(tmp_path: Path, column: str, value: float) -> None:
    session(tmp_path, "first", ANA, 5.4)
    with closing(apsw.Connection(str(ledger_file(tmp_path)))) as connection:
        connection.execute(f"UPDATE resonance SET {column} = ?", (value,))
    assert resonances(tmp_path, "first") == {}
    assert Memory.of(tmp_path) == Memory()


def test_deleting_a_session_or_a_person_takes_it_along(tmp_path: Path) -> None:
    session(tmp_path, "first", ANA, 5.4)
    session(tmp_path, "second", ANA, 5.5)
    both: list[Event | Member] = [ResonanceMeasured(400.0, one.name, 5.7, 0.2) for one in (ANA, BEN)]
    store(tmp_path, "shared", [ANA, BEN], [("Ana",), ("Ben",)], both)
    with Ledger.open(tmp_path) as ledger:
        ledger.delete_session("first")
        assert [one.resonance_bpm for one in ledger.all_resonances()["Ana", False]] == [5.5, 5.7]
        ledger.delete_person("Ana")
        assert ledger.all_resonances() == {("Ben", False): [Measured(5.7, 0.2, 400.0)]}
    with closing(apsw.Connection(str(ledger_file(tmp_path)))) as connection:
        assert connection.execute("SELECT count(*) FROM resonance").get == 1


def test_salvage_saves_it_and_a_first_version_has_none_to_lose(tmp_path: Path) -> None:
    session(tmp_path, "first", replace(ANA, resonance_bpm=5.6, resonance_sd_bpm=0.3), 5.4)
    mark_damaged(tmp_path)
    told: list[str] = []
    with Ledger.open(tmp_path, tell=told.append) as ledger:
        assert ledger.resonances("first") == {"Ana": Measured(5.4, 0.25, 400.0)}
        assert ledger.members("first")[0].resonance_bpm == 5.6
    assert "Everything in it could be saved" in told[0]
    old = tmp_path / "old"
    old.mkdir()
    ledger_file(old).write_bytes(GOLDEN.read_bytes())
    mark_damaged(old)
    with Ledger.open(old, tell=told.append) as ledger:
        assert ledger.all_resonances() == {}
    assert "Everything in it could be saved" in told[1]


def test_a_session_of_people_who_were_known_is_lived_again_to_the_bit(tmp_path: Path) -> None:
    known = Memory({("Ana", True): Known(4.9, 0.25), ("Ben", True): Known(5.3, 0.4), ("Ben", False): Known(9.0, 0.1)})
    who = remembering(demo("demo:Ana?seed=1", "demo:Ben?seed=2", groups=(("Ana",), ("Ben",))), known)
    events = keep(tmp_path, who, seconds=540)
    cues = [event for event in derived(events) if hasattr(event, "resonance_bpm")]
    first = {cue.people[0]: (cue.resonance_bpm, cue.resonance_sd_bpm, cue.why) for cue in reversed(cues)}
    assert first == {
        "Ana": (4.9, 0.25, "finding your breath; from there to what was found last time, 4.9 a minute"),
        "Ben": (5.3, 0.4, "finding your breath; from there to what was found last time, 5.3 a minute"),
    }
    again = lived_again(tmp_path, stored(events))
    assert derived(again) == derived(events)
    measured = [[one for one in some if isinstance(one, ResonanceMeasured)] for some in (events, again)]
    assert measured[0] == measured[1] != [], "the search has to begin, or this shows little"


def test_people_with_one_cue_start_from_nothing(tmp_path: Path) -> None:
    known = Memory({("Ana", True): Known(4.9, 0.25)})
    people = remembering(demo("demo:Ana?seed=1", "demo:Ben?seed=2"), known).members
    assert [one.resonance_bpm for one in people] == [None, None]


def test_one_who_joins_alone_starts_from_what_is_known_and_does_so_again_when_replayed(tmp_path: Path) -> None:
    events = keep_with_guests(tmp_path)
    with Ledger.open(tmp_path) as ledger:
        joined = {one.person: one.resonance_bpm for one in ledger.raw_events(stored(events)) if isinstance(one, Join)}
    assert joined == {"Cleo": None, "Dan": 5.7, "Ben": None}
    assert derived(lived_again(tmp_path, stored(events))) == derived(events)
